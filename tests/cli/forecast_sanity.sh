# The sanity claims of every shipped forecast come out as they expect, each says what, and the forecast is taken in without a word.
cd "$TESTS/.." || exit 9
for folder in engine/forecast/*/; do
    name=$(basename "$folder")
    claims=claims/sanity/$name.crux
    [ -f "$claims" ] || continue
    crux eval --forecast "$name" '1 + 1' 2>&1 | grep -v '^2$'
    grep -q "^use $name\$" "$claims" || echo "$claims: does not say: use $name"
    stated=$(grep -c '^claim ' "$claims") expected=$(grep -c '^  expect ' "$claims")
    [ "$expected" -ge "$stated" ] || echo "$claims: $stated claims, and $expected say what to expect"
    crux check --quiet "$claims" >"$OLDPWD/said" 2>&1 || cat "$OLDPWD/said"
done
