# What the vintage decides: whether inputs count still, where the present is, what is known. --as-of chooses it.
cat >market.crux <<'CRUX'
input market : USD/year = 20B to 30B USD/year expires 2026-06-30
claim large : market > 10B USD/year
CRUX
for vintage in 2026-03 2026-05 2026-06-30 2026-07; do
    echo "== market at $vintage"
    crux check --samples 4096 --as-of "$vintage" market.crux 2>&1; echo "exit $?"
done
cat >present.crux <<'CRUX'
timeline 2024Q1 .. 2026Q2 by quarter, present data
input x = 1 to 3
let y = if now < present then 0 else x
claim at_present : y > 0.5 at present
claim before_present : y = 0 during 2025Q1 .. 2025Q1
CRUX
for vintage in 2025-06 2027-01; do
    echo "== present at $vintage"
    crux check --samples 4096 --as-of "$vintage" present.crux 2>&1; echo "exit $?"
done
cat >yield.crux <<'CRUX'
input yield : fraction = data "fab.smic.yield_910c" from ft_feb25
claim low : yield < 50%
CRUX
for vintage in 2025-01 2025-03; do
    echo "== yield at $vintage"
    crux check --samples 4096 --as-of "$vintage" yield.crux 2>&1; echo "exit $?"
done
