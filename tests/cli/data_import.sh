# Importing: all or nothing, every bad row told, foreign tables, and nothing lost when it is refused.
. "$TESTS/cli/try"
header=subject,quantity,low,central,high,value_text,unit,valid_date,known_from,source_id,basis,note
cat >sources.csv <<'END'
source_id,title,publisher,published,url
fleet,Fleet report,City transit agency,2025-03,https://example.org/fleet-report
maker,Price list,,,
END
cat >buses.csv <<END
$header
bus.electric,price,650000,750000,850000,,USD,2025,2025-03-14,fleet,stated,"twelve metres, with charger"
bus.electric,price,,690000,,,USD,2026,2026-02,maker,stated,
bus.electric,first_shipping,,2024-06,2024-09,,date,2024-09,2025-03-14,fleet,secondary,
bus.electric,battery,,,,"lithium iron phosphate",text,2025,2025-03-14,fleet,stated,
END
echo '--- with its sources, in any order'
try crux data import --db mine.db buses.csv sources.csv
try crux data import --db mine.db buses.csv
try crux data list bus --db mine.db --as-of 2026-10
try crux data list bus --as-of 2026-10
echo '--- bad rows: all are told, nothing is imported'
cat >bad.csv <<END
$header
bus.diesel,price,,480000,,,USD,2025,2025-03-14,fleet,stated,this one is right
Bus Diesel,price,500000,480000,,,dollar/bus,2025-13,soon,flet,sure,
bus.diesel,price,,"480,000",,,USD,2025,2025-03-14,fleet,stated
bus.electric,price,,690000,,,kg,2026,2026-03,maker,stated,
bus.electric,price,,691000,,,USD,2026,2026-02,maker,stated,
bus.diesel,price,,480000,,,USD,2025,2025-03-14,fleet,stated,"unclosed
END
try crux data import --db mine.db bad.csv
try crux data list bus.diesel --db mine.db --as-of 2026-10
echo '--- no tables'
printf 'name;value\nx;1\n' >semicolons.csv
printf 'subject,quantity,central,unit,valid_date,known_form,source_id,basis\n' >form.csv
printf '\377\376s\0u\0b\0' >utf16.csv
: >empty.csv
mkdir folder
try crux data import --db mine.db semicolons.csv form.csv utf16.csv empty.csv folder missing.csv
echo '--- where to'
try crux data import buses.csv
try crux data import --db mine.db
try crux data import --db nowhere/mine.db buses.csv
try crux data import --db buses.csv sources.csv
head -c 7 buses.csv && echo
echo '--- a first import that is refused makes no file'
try crux data import --db refused.db buses.csv
try crux data import --db refused.db missing.csv
ls | grep '^refused'
echo '--- many mistakes'
{ echo "$header"; yes 'x,y,,1,,,waffer,2025,2025,fleet,stated,' | head -n 200; } >many.csv
crux data import --db mine.db many.csv 2>&1 | sed -n '1,3p;$p'
echo '--- marks of Windows and Excel'
{ printf '\357\273\277'; sed 's/$/\r/' buses.csv; } >windows.csv
try crux data import --db mine.db windows.csv
echo '--- quietly, and from standard input'
sed 's/bus[.]/tram./' buses.csv | crux data import --quiet --db mine.db - && crux data list tram --db mine.db --as-of 2026-10
echo '--- members with names that are no words'
{ echo "$header"; for name in if 910b plain x_y; do echo "odd.$name,price,,2,,,USD,2025,2025-03,fleet,stated,"; done; } >odd.csv
try crux data import --quiet --db mine.db odd.csv
cat >odd.crux <<'END_OF_FILE'
index odd = data "odd.*"
input price[o in odd] = data "odd.{o}.price"
claim all_two : price[if_] + price[_910b] + price[plain] + price[x_y] = 8 USD
END_OF_FILE
try crux check --db mine.db --as-of 2026-10 odd.crux
echo '--- another store: one message, not one for each name'
try crux check --db none.db odd.crux
try crux eval --db none.db -u odd.crux 'price[plain]'
