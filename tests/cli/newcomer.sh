# What a newcomer tries: values over time and in another unit, leaving, codes in small letters, clauses in the wrong place.
. "$TESTS/cli/try"
cat >a.crux <<'END'
timeline 2025 .. 2030 by year, present 2026
input growth : 1/year = 5% to 10%
input base : GW = 3 to 5
let power : GW = interpolate(2027: 5, 2028: 6)
let demand : GW = if now < 2028 then base else 2 * base
scenario slow { set growth = 1% / year }
scenario fast { set growth = 20% / year }
END
try crux eval -u a.crux power
try crux eval -u a.crux demand
try crux eval '3 GW * 1 year'
try crux eval '0 TWh + 3 GW * 1 year'
printf '2 + 2\nquit\n3 +\n' | try crux eval
try crux explain e302
try crux explain w720 E103
try crux explain e999999999
cat a.crux - >late.crux <<'END'
claim late
  : power > 5 GW at 2028
  under slow, fast
END
try crux check late.crux
printf 'claim small : 1 < 2\nclaim large : 1e308 * 10 > 1\n' >plain.crux
try crux check plain.crux
awk 'BEGIN { for (i = 0; i < 300; i++) print "let a" i " = a" (i + 1) % 300 " + 1"; print "claim a : a0 > 1" }' >circle.crux
try crux check circle.crux
printf 'timeline 1700 .. 2030 by year\nclaim a : 1 < 2\n' >old.crux
try crux check old.crux
