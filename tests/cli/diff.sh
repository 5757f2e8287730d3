# crux diff on tables whose answer is known by hand; two data stores; two revisions of a git repository; nothing to compare; bad folders.
. "$TESTS/cli/try"
mkdir old new
columns=subject,quantity,low,central,high,value_text,unit,valid_date,known_from,source_id,basis,note
cat >old/sources.csv <<'END'
source_id,title,publisher,published,url
survey,The survey,The office,2025-02,https://example.org/survey
audit,The audit,The court,2025-06,https://example.org/audit
END
cat >old/mill.csv <<END
$columns
mill.a,size,,3,,,1,2024,2025-02,survey,stated,
mill.b,size,,4,,,1,2024,2025-02,survey,stated,
mill.c,size,2,3,4,,1,2024,2025-02,survey,stated,
mill.d,size,,4,,,1,2024,2025-02,survey,stated,
mill.e,size,,4,,,1,2024,2025-02,survey,stated,
END
cp old/sources.csv new
cat old/mill.csv - >new/mill.csv <<'END'
mill.a,size,,6,,,1,2024,2025-06,audit,stated,
mill.b,size,,7,,,1,2024,2025-06,audit,stated,
mill.c,size,2,3,4,,1,2024,2025-06,audit,stated,
mill.d,size,,9,,,1,2024,2025-06,audit,stated,
mill.late,size,,9,,,km,2024,2025-06,audit,stated,
END
cat >mill.crux <<'END'
input a = data "mill.a.size"
input b = data "mill.b.size"
input c = data "mill.c.size"
input e = data "mill.e.size" expires 2025-04
input late : km = data "mill.late.size"
input luck : truth = choice(yes: 25%, no: 75%)

# a + b is 7, 10 with either of them changed, 13 with both: half of the change is of each.
claim both "Both have to grow" : a + b > 10
claim either : a + b > 10 or luck
# Nothing, a quarter with a, all with b: a adds a quarter first and nothing last, so an eighth.
claim uneven : (a > 5 and luck) or b > 5
claim less : a + b < 10
claim small : c > 1
claim old : e > 1
claim known : late > 1 km
END
echo '--- two folders'
try crux diff --from-data old --to-data new mill.crux
echo '--- the other way round'
crux diff --from-data new --to-data old mill.crux >back; echo "exit $?"; sed -n '1,10p; /^uneven/,/^$/p' back
echo '--- two dates of one data store, and a later date of another'
crux data import -q --db new.db new/*.csv; crux data import -q --db old.db old/*.csv
for sides in '--db new.db --from 2025-03 --to 2025-07' '--from-db old.db --to-db new.db --from 2025-03 --to 2025-07'; do
    crux diff $sides mill.crux | sed -n '/^either/,/^$/p; $p'
done
crux diff --db new.db --from 2025-07 --to 2025-03 --filter uneven mill.crux | sed 's/: .* quantit.*//'
echo '--- nothing changed'
try crux diff --from-data new --to-data new mill.crux
crux diff --db new.db --from 2025-03 --to 2025-03 mill.crux | tail -n 1
try crux diff --db new.db --from 2025-03 --filter nothing mill.crux
printf 'claim c : 1 < 2\n' >free.crux
crux diff --from-data old --to-data new free.crux
echo '--- as a gate'
for list in changed blocked refuted,blocked solved; do
    crux diff --from-data old --to-data new --filter uneven --fail-on $list mill.crux >/dev/null; echo "uneven, $list: $?"
    crux diff --from-data old --to-data new --filter less --fail-on $list mill.crux >/dev/null; echo "less, $list: $?"
done
crux diff --from-data old --to-data old --fail-on changed mill.crux | tail -n 1
echo '--- two revisions'
if git --version >/dev/null 2>&1; then
    git init -q data-of-mill && cp old/*.csv data-of-mill && cd data-of-mill || exit 1
    git config user.name test && git config user.email test@example.org
    git add . && git commit -qm before && cp ../new/*.csv . && git commit -qam after
    git worktree add -q ../before HEAD~1 && cd .. || exit 1
    crux diff --from-data before --to-data data-of-mill mill.crux | sed 1,2d >revisions
    crux diff --from-data old --to-data new mill.crux | sed 1,2d | cmp - revisions && echo 'the same'
else
    echo 'git is missing: two revisions were not compared' >&2
    exit 1
fi
echo '--- each side is what crux check says; A to B mirrors B to A'
python=$(for p in python3 /usr/bin/python3; do $p -c 'import json' 2>/dev/null && echo "$p" && break; done)
crux diff --db new.db --from 2025-03 --to 2025-07 --format json -o ab.json mill.crux
crux diff --db new.db --from 2025-07 --to 2025-03 --format json -o ba.json mill.crux
crux check --db new.db --as-of 2025-03 --format json -o a.json mill.crux; echo "exit $?"
crux check --db new.db --as-of 2025-07 --format json -o b.json mill.crux; echo "exit $?"
cat >mirror.py <<'END'
import json
ab, ba, a, b = (json.load(open(name + ".json")) for name in ("ab", "ba", "a", "b"))
for diff, sides in ((ab, (a, b)), (ba, (b, a))):
    for side, check in zip(("from", "to"), sides):
        said = [(c["name"], c[side]["verdict"], c[side]["probability"] and c[side]["probability"]["estimate"]) for p in diff["parts"] for c in p["claims"]]
        found = [(c["name"], c["verdict"], c["probability"] and c["probability"]["estimate"]) for c in check["claims"]]
        scored = {"supported", "refuted", "sensitive"}
        assert said == [(n, v, p if v in scored else None) for n, v, p in found], (said, found)
for one, other in zip(ab["parts"][0]["claims"], ba["parts"][0]["claims"]):
    shares = [{i["name"]: i["share"] for i in c["items"]} for c in (one, other)]
    assert one["change"] is None or abs(one["change"] + other["change"]) < 1e-12
    assert one["change"] is None or abs(sum(shares[0].values()) - one["change"]) < 1e-12
    for name, share in shares[0].items():
        assert share is None or abs(share + shares[1][name]) < 1e-12, (one["name"], name)
print("mirrored")
END
"$python" mirror.py
"$python" -c 'import jsonschema' 2>/dev/null || python=
cat >validate.py <<'END'
import json, sys
import jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
for name in sys.argv[2:]:
    jsonschema.validate(json.load(open(name)), schema, cls=jsonschema.Draft202012Validator)
print("valid")
END
[ -n "$python" ] && "$python" validate.py "$TESTS/../docs/crux-diff.schema.json" ab.json ba.json || echo 'python3-jsonschema is missing: the report was not validated' >&2
crux diff --db new.db --from 2025-03 --to 2025-07 --threads 1 --format json mill.crux | cmp - ab.json && echo 'the same on one thread'
echo '--- everything that changed, and less'
crux diff --from-data old --to-data new -v mill.crux | sed -n '/^Read by/,/^$/p'
crux diff --from-data old --to-data new -q mill.crux | grep effect || echo 'nothing without effect'
