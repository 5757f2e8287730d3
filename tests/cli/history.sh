# Verdicts over time: the table, what changed and why, goalposts, resolution and scores. Dates of recording are given.
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
input fee : USD = 10k to 20k USD
claim cheap "Electric buses get cheap" by "D" on 2025-06 : price < 700k USD at 2027
claim later by "E" : price < 800k USD at 2030
claim with_fee : price + fee < 800k USD at 2027
claim free : fee < 15k USD at 2027
claim spoken "No formula" by "F"
END
crux data import --db mine.db price.csv sources.csv
at() { # the second of recording, the vintage
    seconds=$1 vintage=$2
    shift 2
    SOURCE_DATE_EPOCH=$seconds crux check --record --samples 4096 -q --db mine.db --as-of "$vintage" "$@" bus.crux 2>&1 | grep -v '^      \|= help'
}
echo '--- before any run'
try crux history --db mine.db
try crux history --db mine.db cheap
try crux history --db mine.db --scores
echo '--- three vintages'
at 1745000000 2025-04
at 1777000000 2026-04 --note 'after the price list'
at 1777000001 2026-04
at 1777000002 2026-04
at 1840000000 2028-04
try crux history --db mine.db
try crux history --db mine.db cheap
try crux history --db mine.db later
try crux history --db mine.db free
try crux history --db mine.db --scores
echo '--- docs/history.md says the same'
for what in '' cheap --scores; do crux history --db mine.db $what; done | while IFS= read -r line; do
    grep -qxF -e "$line" "$TESTS/../docs/history.md" || echo "the page does not say: $line"
done
echo '--- a backtest: an early vintage, recorded when the outcome was known'
at 1840000001 2026-05
try crux history --db mine.db --scores
echo '--- reworded: scores stay those of the first words'
sed -i 's/700k/740k/' bus.crux
at 1840000002 2028-05
try crux history --db mine.db cheap
try crux history --db mine.db --scores
echo '--- what is asked for in the wrong way'
try crux history
try crux history --db mine.db cheep
try crux history --db mine.db cheap later
try crux history --db none.db
try crux history --db price.csv
try crux history --db mine.db --format sarif
crux history --db mine.db --format json cheap | grep -c '"run":'
echo '--- and every answer for programs follows its schema'
crux history --db mine.db --format json >all.json
crux history --db mine.db --format json cheap >cheap.json
python=$(for p in python3 /usr/bin/python3; do $p -c 'import jsonschema' 2>/dev/null && echo $p && break; done)
if [ -z "$python" ]; then
    echo "python3-jsonschema is not installed: answers are not validated" >&2
    echo valid
    exit 0
fi
"$python" - "$TESTS/../docs/crux-history.schema.json" all.json cheap.json <<'END' && echo valid
import json, sys
import jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
for name in sys.argv[2:]:
    jsonschema.validate(json.load(open(name)), schema, cls=jsonschema.Draft202012Validator)
END
