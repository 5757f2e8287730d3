# The worked example of docs/data.md, and the rows of its tables.
. "$TESTS/cli/try"
page=$TESTS/../docs/data.md
cp "$TESTS"/../docs/tutorial/buses.csv "$TESTS"/../docs/tutorial/buses-sources.csv .
said=$(crux data import --db mine.db buses.csv buses-sources.csv)
echo "$said"
grep -qxF "$said" "$page" && echo 'as the page says'
try crux data show bus.electric.price --db mine.db --as-of 2026-03
# The claim on them: every line that is said stands in the page.
cp "$TESTS"/../docs/tutorial/bus-prices.crux .
crux fmt --check bus-prices.crux
crux check --db mine.db --as-of 2026-03 bus-prices.crux >verdict
grep -c . verdict
while IFS= read -r line; do
    grep -qxF -e "$line" "$page" || echo "the page does not say: $line"
done <verdict
sed -i '3s/2026,/2025-13,/' buses.csv
crux data import --db mine.db buses.csv >wrong 2>&1
grep -v '^crux:' wrong | while IFS= read -r line; do
    grep -qxF -e "$line" "$page" || echo "the page does not say: $line"
done
cat >chips.csv <<'END'
Chip manufacturer,Chip type,Start date,End date,H100e (5th percentile),H100e (median),H100e (95th percentile),Notes
Huawei,Ascend 910C,2025-01-01,2025-03-31,"41,000","61,250","90,000",
END
printf 'source_id,title\nepoch_2026,AI chip sales\n' >sources.csv
command=$(awk '/^crux data import --db mine.db chips.csv/ { on = 1 } on && /^```/ { exit } on' "$page")
eval "$command"
# Each column has its row in the page.
sed -n 's/^COLUMN([A-Z_]*, "\([a-z_]*\)".*/\1/p; s/^SOURCE_COLUMN([A-Z_]*, "\([a-z_]*\)".*/\1/p' "$TESTS/../store/column.def" | while read -r column; do
    grep -q "\`$column\`\|[\`,]$column[,\`]" "$page" || echo "the page says nothing of $column"
done
