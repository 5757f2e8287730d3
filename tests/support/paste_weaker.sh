# paste_weaker.sh FILE LEAST: checks FILE, pastes every weaker claim that is offered back into a copy of it, and checks those: whether
# LEAST or more are offered, and each that is not supported or not in canonical layout.
python=$(for p in python3 /usr/bin/python3; do $p -c 'import json' 2>/dev/null && echo $p && break; done)
place=$(dirname "$1") name=$(basename "$1" .crux)
crux check --format json "$1" >weaker.json 2>/dev/null
"$python" - weaker.json >weaker.txt <<'END'
import json, sys
seen = {}
for claim in json.load(open(sys.argv[1]))["claims"]:
    if not claim["weakening"]:
        continue
    text = claim["weakening"]["claim"]
    old = text.split()[1]
    seen[old] = seen.get(old, 0) + 1 # under several scenarios
    new = old if seen[old] == 1 else old + str(seen[old])
    print(("" if len(seen) == 1 and seen[old] == 1 else "\n") + text.replace("claim " + old, "claim " + new, 1))
END
offered=$(grep -c '^claim ' weaker.txt)
[ "$offered" -ge "$2" ] && echo "$name: $2 or more offered" || echo "$name: $offered offered, not $2"
crux fmt - <weaker.txt | diff - weaker.txt | head -20
cp "$place"/*.crux .
{ echo; cat weaker.txt; } >>"$name.crux"
crux check --budget 20 --filter '*_weaker*' --format json "$name.crux" >pasted.json || echo "exit $?"
"$python" - pasted.json weaker.json <<'END'
import json, sys
for claim in json.load(open(sys.argv[1]))["claims"]:
    if claim["verdict"] != "supported":
        print(claim["name"], claim["verdict"], claim["probability"])
        print(claim["reading"])
END
