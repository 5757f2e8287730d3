# Every JSON report follows docs/crux-report.schema.json.
python=$(for p in python3 /usr/bin/python3; do $p -c 'import jsonschema' 2>/dev/null && echo $p && break; done)
if [ -z "$python" ]; then
    echo "python3-jsonschema is not installed: reports are not validated" >&2
    printf 'valid\ncomparisons valid\n'
    exit 0
fi
cat >validate.py <<'END'
import glob, json, sys
import jsonschema
for schema_name, pattern, words in (("crux-report", "*.json", "valid"), ("crux-compare", "sides/*.json", "comparisons valid")):
    with open(f"{sys.argv[1]}/{schema_name}.schema.json", encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    names = sorted(glob.glob(pattern))
    if not names:
        print("there is no", pattern)
    for name in names:
        with open(name, encoding="utf-8") as file:
            report = json.load(file)
        for error in validator.iter_errors(report):
            print(name, list(error.absolute_path), error.message)
    print(words)
END
echo 'claim a : (' >broken.crux
crux check --format json broken.crux >broken.json 2>/dev/null
crux eval --format json '3 GW' >eval.json
crux eval --format json '2 +' >badeval.json 2>/dev/null
for name in premise_fails excepted branch assumed; do
    crux explain --samples 300 --format json $name "$TESTS/cases/explain/premise.crux" >"explain-$name.json"
done
crux explain --samples 300 --format json late "$TESTS/cases/explain/chain.crux" >explain-late.json
for name in price 'fees[abroad]' fees total; do
    crux explain --samples 300 --format json "$name" "$TESTS/cases/explain/input.crux" >"explain-input-$name.json"
done
for file in "$TESTS"/cases/check/*.crux "$TESTS"/cases/json/*.crux "$TESTS"/../claims/*.crux "$TESTS"/../claims/*/*.crux; do
    case $file in # of those that take long a few claims, which have the same shape
    */claims/thread.crux) few='s1[0-3]' ;;
    */claims/founding.crux) few='memory*' ;;
    */sanity/supply.crux) few='hu*' ;;
    */sanity/supply-world.crux) few='world*' ;;
    */sanity/ai2027.crux) few='u*' ;;
    */ai2027/quantiles.crux) few='made*' ;;
    */plan_a/uncertainty.crux) few='*_low' ;;
    */sanity/race.crux) few='gap*' ;;
    */sanity/capability.crux) few='bandwidth*' ;;
    *) few= ;;
    esac
    [ -e "$file" ] && crux check --samples 500 ${few:+--filter "$few"} --format json "$file" >"report-$(basename "$(dirname "$file")")-$(basename "$file" .crux).json" 2>/dev/null
done
# Every comparison follows docs/crux-compare.schema.json.
mkdir sides
cat >worlds.crux <<'END'
input x = 1 to 2
input free = 0 .. 1
input day : date = 2027
let y = 3 * x
scenario a { set x = 2 }
scenario b { set x = 1 set y = x assume free < 0.5 set day = 2028 }
claim above : y > 2.5
claim premised : free > 0.7 implies y > 2.5
claim late : day > 2027
claim said
claim hole : x > ?much
END
printf 'input x = 1\nclaim c : x > 1\n' >one.crux
printf 'input x = 2\nclaim c : x >= 1\n' >two.crux
crux compare --samples 500 --format json a b worlds.crux >sides/scenarios.json
crux compare --samples 500 --format json one.crux two.crux 2>/dev/null >sides/files.json
crux compare --format json a nothing worlds.crux 2>/dev/null >sides/nothing.json
"$python" validate.py "$TESTS/../docs"
