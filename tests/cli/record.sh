# Recording runs: all of one or nothing, the words that are said, goalposts that were moved.
. "$TESTS/cli/try"
cat >price.csv <<'END'
subject,quantity,low,central,high,unit,valid_date,known_from,source_id,basis
bus.electric,price,650000,750000,850000,USD,2025,2025-03-14,fleet,stated
bus.electric,price,600000,690000,780000,USD,2026,2026-02,maker,stated
bus.electric,price,720000,730000,740000,USD,2027,2028-02,maker,stated
END
printf 'source_id,title,publisher,published,url\nfleet,Fleet report,,,https://example.org\nmaker,Price list,,,https://example.org\n' >sources.csv
cat >bus.crux <<'END'
timeline 2025 .. 2030 by year, present 2025
input price : USD = data "bus.electric.price" hold
claim cheap by "D" on 2025-06 : price < 700k USD at 2027
END
crux data import --db mine.db price.csv sources.csv
run() { try crux check --record --samples 4096 -q --db mine.db "$@" bus.crux; }
echo '--- recorded; nothing else is said'
try crux check --record --samples 4096 --db mine.db --as-of 2025-04 bus.crux
run --as-of 2026-04 --note 'after the price list'
run --as-of 2028-04
echo '--- other words for the same claim, after the data changed'
sed -i 's/700k/740k/' bus.crux
echo '--- as an error: it is not recorded, so that it is said again'
run --as-of 2028-05 --lint W739=error
run --as-of 2028-05
echo '--- new words for the same data, and another layout: nothing is moved'
sed -i 's/740k/735k/' bus.crux
run --as-of 2028-06
sed -i 's/: price </:   price</' bus.crux
run --as-of 2028-07
echo '--- what cannot be recorded'
try crux check --record bus.crux
run --set 'price = 3 USD'
echo 'claim broken : price <' >broken.crux
try crux check --record --db mine.db broken.crux
try crux check --record --db none.db broken.crux
[ -e none.db ] || echo 'no file'
mkdir folder
try crux check --record --db folder -q bus.crux
try crux check --record --db no/such/folder.db -q bus.crux
