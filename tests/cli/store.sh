# A data store that cannot be used, and dates that are none: what to do, exit 2, and no verdict.
. "$TESTS/cli/try"
echo 'claim small : 2 + 2 < 5' >small.crux
mkdir folder
head -c 5000 /dev/zero >zeros.db
: >empty.db
try crux check --db missing.db small.crux
try crux check --db folder small.crux
try crux check --db small.crux small.crux
try crux check --db zeros.db small.crux
try crux check --db empty.db small.crux
try crux check --db missing.db --format json small.crux
try crux eval --db missing.db '1 + 1'
try crux check --as-of someday small.crux
try crux eval --as-of 2025-02-30 '1 + 1'
try crux check --as-of 2025Q2 small.crux
crux check --as-of today small.crux | grep -c "vintage $(date +%F)"
crux check --as-of 2025-04-03 --format json small.crux | grep '"vintage"'
