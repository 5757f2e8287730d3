# Every format for CI is well-formed, follows its schema, and says what the exit code says; also of hostile texts and paths.
missing=
python=$(for p in python3 /usr/bin/python3; do $p -c 'import jsonschema, yaml' 2>/dev/null && echo $p && break; done)
[ -n "$python" ] || missing="python3-jsonschema python3-yaml"
for tool in xmllint prove; do command -v $tool >/dev/null || missing="$missing $tool"; done
if [ -n "$missing" ]; then
    echo "NOT TESTED, because there is no $missing: formats" >&2
    exit 1
fi
# formats BASE OPTION...: one run in every format.
formats() {
    base=$1
    shift
    crux check --samples 300 --out junit=$base.xml --out sarif=$base.sarif --out tap=$base.tap --out github=$base.github \
        --out markdown=$base.md --format json -o $base.json "$@" 2>$base.err
    "$python" "$TESTS/support/check_formats.py" "$TESTS/schemas" $? $base
}
echo '--- passing, failing, blocked, broken, nothing selected'
echo 'claim small : 2 < 3 expect supported  claim large : 2 > 3 expect refuted  claim said "only words"' >pass.crux
formats pass pass.crux
cat >fail.crux <<'FILE'
input x : 1 = 1 to 2 to 3 basis guess
claim bad "a | b" : x > 2 expect supported
claim open : x > 2
FILE
formats fail fail.crux
echo 'input x : GW = data "no.such"  claim a : x > 1 GW' >blocked.crux
formats blocked blocked.crux
echo 'use forecast  input x : 1 = data "no.such"  claim a under forecast race : x > 1' >beside.crux
formats beside --filter a beside.crux
grep 'ok ' beside.tap # the data is missing under either: no reason to skip one
echo 'claim a : ( claim b : 1 +' >broken.crux
formats broken broken.crux
formats none --filter 'zzz*' pass.crux
mkdir -p 'a, b:c %41 "é"'
cp fail.crux 'a, b:c %41 "é"/x#y@z.crux'
formats path 'a, b:c %41 "é"/x#y@z.crux'
echo '--- changed, new, gone, waived'
echo 'claim gone : 1 < 2  claim bad : 1 < 2  claim open : 2 > 3' >old.crux
crux check --quiet --write-baseline old.baseline old.crux >old.txt
formats compared --baseline old.baseline --fail-on changed fail.crux
printf 'claim,owner,reason,until\nbad,"a | b, @user <c>","]]> # why",2099-12\nopen,me,"because",2099-12\nnone,me,unused,2099-12\n' >waivers.csv
formats waived --baseline old.baseline --fail-on changed --waivers waivers.csv fail.crux
"$python" - <<'END_OF_PYTHON'
import json
for result in json.load(open("waived.sarif"))["runs"][0]["results"]:
    print(result["ruleId"], result["level"], result["baselineState"], [it["justification"] for it in result.get("suppressions", [])])
END_OF_PYTHON
cat waived.md
echo '--- what they say'
cat fail.github broken.github
sed -n '/<failure/p' fail.xml
cat fail.md
cat fail.tap
"$python" - <<'END_OF_PYTHON'
import json
for result in json.load(open("fail.sarif"))["runs"][0]["results"]:
    print(result["ruleId"], result["level"], result["partialFingerprints"], result["message"]["text"])
END_OF_PYTHON
echo '--- the ending of a name'
for name in r.xml r.sarif r.sarif.json r.tap r.json r.txt; do crux check -o $name pass.crux && head -c 24 $name | head -n 1; done
crux check -o r.md pass.crux 2>&1
crux check --format markdown -o r.md pass.crux && head -n 1 r.md
crux eval --format junit '2 + 2' 2>&1
echo '--- random texts'
seed=${SEED:-$(date +%s)}
echo "formats.sh: SEED=$seed" >&2
"$python" - "$seed" <<'END_OF_PYTHON'
import random, sys
pick = random.Random(int(sys.argv[1]))
bits = ["]]>", "<b>", "&amp;", "|", "`", "``", "@user", "#12", "https://x.org", "www.x.org", "[a](b)", "::error::", "%0A", "\\", "'", "# SKIP", "# TODO", "1..0", "Bail out!",
        "not ok", "---", "...", "{0}", "é", "\u202e", "\u0085", "\ufffe", "\U0001f600", "\u200b", "\t", "<!-- -->", "</details>", "$x$", "~~", "*", "_", ":", ",", "=", " "]
with open("random.crux", "w", encoding="utf-8") as file:
    file.write("input x : 1 = 1 to 2 to 3 basis guess\n")
    for i in range(40):
        text = "".join(pick.choice(bits) for _ in range(pick.randint(0, 12)))
        text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
        expect = pick.choice(["supported", "refuted", "sensitive"])
        file.write(f'claim c{i} "{text}" by "{text}" : x > {pick.randint(0, 4)} expect {expect}\n')
END_OF_PYTHON
formats random random.crux
