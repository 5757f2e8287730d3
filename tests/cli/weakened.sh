# Every weaker claim that is offered is supported when it is pasted back.
mkdir hand
cat >hand/hand.crux <<'CRUX'
timeline 2024 .. 2034 by year, present 2025
input growth : 1/year = 0.2 to 0.6
input start = 90 to 140
input yield : fraction = 30% to 50%
input loose = 0 .. 1
input power = 4M to 9M
let gap = previous(gap, start) * exp(growth * dt)
let ready = gap > 400
scenario slow { set growth = 0.1 to 0.3 /year }

claim figure : gap > 400 at 2028
claim below : gap < 200 at 2028
claim figures_or_dates : gap > 400 by 2027
claim date : ready by 2027
claim start_date : ready from 2026
claim both : yield < 35% and gap > 400 at 2028
claim premised : yield > 38% implies gap / 100 within 20% of 4 at 2028
claim chain : 35% < yield < 60%
claim range : yield in 32% .. 48% level 95%
claim bounds : yield + loose / 10 < 35%
claim letter : power > 8M
claim apart under baseline, slow : gap > 400 at 2028
claim even_so : gap > 300 at 2028 even if growth >= 0.15 /year
claim excepted : gap > 400 at 2028 unless yield > 45%
claim never : ready and not ready
CRUX
sh "$TESTS"/support/paste_weaker.sh hand/hand.crux 15
crux check --format json hand/hand.crux | sed -n '/"weakening"/,/"change"/p' | grep '"change"'
crux explain apart hand/hand.crux | grep -A5 'weaker claim'
sh "$TESTS"/support/paste_weaker.sh "$TESTS"/../claims/founding.crux 3
