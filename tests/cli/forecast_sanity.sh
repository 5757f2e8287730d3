# Every shipped forecast has sanity claims, they come out as they expect, each says what, and nothing is said besides.
cd "$TESTS/.." || exit 9
for folder in engine/forecast/*/; do
    name=$(basename "$folder")
    grep -q "^use $name\$" "claims/sanity/$name.crux" || echo "$name: claims/sanity/$name.crux should say: use $name"
done
for claims in claims/sanity/*.crux; do
    stated=$(grep -c '^claim ' "$claims") expected=$(grep -c '^  expect ' "$claims")
    [ "$expected" -ge "$stated" ] || echo "$claims: $stated claims, and $expected say what to expect"
    crux check --quiet "$claims" >"$OLDPWD/said" 2>&1 && [ "$(grep -c 'warning\[' "$OLDPWD/said")" = 0 ] || cat "$OLDPWD/said"
done
