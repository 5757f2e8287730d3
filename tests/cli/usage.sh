# Wrong usage: what is wrong, what is near, exit 2.
. "$TESTS/cli/try"
try crux --version | sed 's/ [0-9][0-9.]*$/ VERSION/'
try crux chek
try crux zzzzzz
try crux thread.crux
try crux check --samlpes 3
try crux check --zzzzzz
try crux check -x
try crux check --samples
try crux check --quiet=yes
try crux check --samples many
try crux check --samples -3
try crux check --level 30%
try crux check --level 100%
try crux check --budget never
try crux check --seed 1.5
try crux check --threads 0
try crux check --format yaml
try crux check --out report.json
try crux check --out yaml=report.yaml
try crux check --color blue
try crux check
try crux check --as-of 2025-13
try crux eval 1 2
try crux explain E999
try crux fmt --chek
