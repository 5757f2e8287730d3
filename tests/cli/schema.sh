# Every JSON report follows docs/crux-report.schema.json.
python=$(for p in python3 /usr/bin/python3; do $p -c 'import jsonschema' 2>/dev/null && echo $p && break; done)
if [ -z "$python" ]; then
    echo "python3-jsonschema is not installed: reports are not validated" >&2
    echo valid
    exit 0
fi
cat >validate.py <<'END'
import json, sys
import jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
for name in sys.argv[2:]:
    try:
        jsonschema.validate(json.load(open(name)), schema, cls=jsonschema.Draft202012Validator)
    except jsonschema.ValidationError as error:
        print(name, list(error.absolute_path), error.message)
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
    few=
    case $file in */claims/thread.crux) few='--filter s1*' ;; esac # the rest of it takes long, and has the same shape
    [ -e "$file" ] && crux check --samples 500 $few --format json "$file" >"report-$(basename "$file" .crux).json" 2>/dev/null
done
"$python" validate.py "$TESTS/../docs/crux-report.schema.json" ./*.json && echo valid
