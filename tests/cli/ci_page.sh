# docs/ci.md, step by step on a real repository: new data turn a verdict. The page shows what this prints.
python=$(for p in python3 /usr/bin/python3; do $p -c 'import yaml' 2>/dev/null && echo $p && break; done)
if [ -z "$python" ] || ! command -v git >/dev/null; then
    echo "NOT TESTED, because there is no python3-yaml or git: the page on CI" >&2
    exit 1
fi
pieces=$PWD/pieces
mkdir "$pieces" fleet
cd fleet || exit 1
git init -q . && git config user.name tester && git config user.email tester@example.org
# step NAME COMMAND: a piece of the page: the command and what it prints.
step() {
    name=$1
    shift
    printf '$ %s\n' "$*" >"$pieces/$name"
    eval "$@" >>"$pieces/$name" 2>&1
    code=$?
    [ $code = 0 ] || echo "exit code $code" >>"$pieces/$name"
}
mkdir claims data
cat >claims/buses.crux <<'FILE'
source agency "Fleet report"
  by "City transit agency" on 2025-03
  <https://example.org/fleet-report>

input battery.price : USD = data "bus.battery_price" "A new battery for one bus"
input fuel.saved : USD = 90k to 120k to 150k
  "What a bus saves on diesel in its life"
  cite agency basis derived

claim battery_pays
  "A new battery pays for itself"
  : fuel.saved > battery.price
  expect supported

claim saves_something
  "Every electric bus saves more than a car costs"
  : fuel.saved > 40k USD
  expect supported
FILE
cat >data/sources.csv <<'FILE'
source_id,title,publisher,published,url
maker_2025,Price list 2025,Battery works,2025-02-01,https://example.org/prices-2025
maker_2026,Price list 2026,Battery works,2026-02-01,https://example.org/prices-2026
FILE
cat >data/prices.csv <<'FILE'
subject,quantity,low,central,high,value_text,unit,valid_date,known_from,source_id,basis,note
bus,battery_price,70000,80000,90000,,USD,2027,2025-02-01,maker_2025,stated,
FILE
crux fmt --check claims/buses.crux || exit 1
cp claims/buses.crux "$pieces/claims"
cp data/prices.csv "$pieces/data"
cp data/sources.csv "$pieces/sources"
step import 'crux data import --db crux.db data/*.csv'
step baseline 'crux check --quiet --db crux.db --as-of 2025-12 --write-baseline claims.baseline claims/'
cp claims.baseline "$pieces/baseline-file"
echo crux.db >.gitignore
git add . && git commit -qm 'The argument'
echo 'bus,battery_price,110000,125000,140000,,USD,2027,2026-02-01,maker_2026,stated,' >>data/prices.csv
step update 'git diff --unified=0 data/ | grep ^[+]bus'
rm crux.db && crux data import --quiet --db crux.db data/*.csv
git commit -qam 'Prices of 2026'
check='crux check --db crux.db --as-of 2026-03 --baseline claims.baseline'
step changed "$check --format github --out markdown=comment.md --out junit=crux.xml --out sarif=crux.sarif claims/"
cp comment.md "$pieces/comment"
step tap "$check --format tap claims/"
step diff 'crux diff --db crux.db --from 2025-12 --to 2026-03 claims/ | sed -n "/^battery_pays/,/^  turned/p"'
cat >waivers.csv <<'FILE'
claim,owner,reason,until
battery_pays,mara,the agency renegotiates the price,2099-12
FILE
cp waivers.csv "$pieces/waivers-file"
step waived "$check --quiet --waivers waivers.csv --format github claims/"
sed -i '/: fuel.saved > battery.price/{n;s/supported/sensitive/}' claims/buses.crux
step accepted "$check --quiet --write-baseline claims.baseline claims/"
step accepted-diff 'git diff --unified=0 claims.baseline | grep "^[-+]claim" | cut -c 1-72'
echo '--- the action'
git checkout -q claims claims.baseline
"$python" "$TESTS/support/run_action.py" "$TESTS/.." baseline=claims.baseline fail-on=changed data='data/*.csv' sarif=crux.sarif
echo "exit $?"
"$python" "$TESTS/support/run_action.py" "$TESTS/.." data=data/sources.csv paths='claims/none.crux $(touch injected)' 2>/dev/null
echo "exit $?"
ls injected 2>/dev/null
echo '--- the hooks'
"$python" - "$TESTS/.." <<'END_OF_PYTHON'
import subprocess, sys, yaml
for hook in yaml.safe_load(open(sys.argv[1] + "/.pre-commit-hooks.yaml")):
    words = hook["entry"].split() + (["claims/buses.crux"] if hook.get("pass_filenames", True) else ["--db", "crux.db", "claims/"])
    print(hook["id"], subprocess.run(words, capture_output=True).returncode)
END_OF_PYTHON
echo '--- the page'
"$python" "$TESTS/support/page_blocks.py" "$TESTS/../docs/ci.md" "$pieces"
