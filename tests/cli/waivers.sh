# Failures that somebody answers for.
. "$TESTS/cli/try"
export SOURCE_DATE_EPOCH=1767225600 # 2026-01-01
cat >a.crux <<'CRUX'
input x = 1 to 3
scenario high { set x = 5 }
claim low under baseline, high : x < 4
  expect supported
claim above : x > 2.5
  expect supported
claim fine : x > 0.1
CRUX
cat >w.csv <<'CSV'
claim,scenario,owner,reason,until
above,,Ann Lee,"waits for the survey, see the minutes",2026-06
low,high,Bob,the scenario is far off,2026-01-01
fine,,Cid,no longer sure why,2030
gone,,Dot,it was renamed,2030
CSV
try crux check --quiet a.crux
try crux check --quiet --waivers w.csv a.crux
crux check --format json --waivers w.csv a.crux 2>/dev/null | grep -A5 '"waiver": {'
echo 'On the next day:'
SOURCE_DATE_EPOCH=1767312000 try crux check --quiet --waivers w.csv a.crux
