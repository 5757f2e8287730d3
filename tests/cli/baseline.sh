# Verdicts compared with those of an earlier run.
. "$TESTS/cli/try"
cat >a.crux <<'CRUX'
input x = 1 to 3
input y = 2 to 6
claim up : x > 0.5
claim below : y < 3
claim maybe : x > 1.7
  expect sensitive
claim talk "nobody knows"
claim member[i in side] : x < limit[i]
index side = near, far
let limit[i in side] = (near: 2, far: 9)
CRUX

try crux check --quiet --write-baseline base a.crux
sed 's/0\.[0-9]*/P/g; s/ [0-9a-f]\{32\} / FINGERPRINT /' base
try crux check --quiet --baseline base a.crux
# The order of statements, comments and places do not count; a file's name only where it has to.
{ echo '# moved'; echo; cat a.crux; } >b.crux
try crux check --quiet --baseline base b.crux
sed 's/y < 3/y < 5.5/; s/claim up/claim upper/' a.crux >c.crux
try crux check --quiet --baseline base c.crux
try crux check --quiet --baseline base --fail-on changed c.crux
try crux check --quiet --baseline base --filter below c.crux
try crux check --quiet --baseline base --lint W730=error c.crux
crux check --format json --baseline base c.crux 2>/dev/null | grep -A5 -E '"(baseline|before|failure|new|changed)"' | grep -vE 'lower|upper|estimate|ci|fingerprint' | head -60
# Written in place of the one that was compared with, and not at all when the run cannot be trusted.
cp base kept
try crux check --quiet --baseline kept --write-baseline kept c.crux
try crux check --quiet --baseline kept c.crux
echo 'claim broken : nothing > 1' >>c.crux
try crux check --quiet --write-baseline kept c.crux
try crux check --quiet --fail-on refuted,sensitive a.crux
try crux check --quiet --fail-on changed a.crux
try crux check --quiet --fail-on loud a.crux
# Two files with a claim of one name.
mkdir two
echo 'claim same : 1 < 2' >two/one.crux
echo 'claim same : 2 < 1' >two/other.crux
crux check --quiet --write-baseline both two >/dev/null
try crux check --quiet --baseline both two
try crux check --quiet --baseline both two/other.crux
