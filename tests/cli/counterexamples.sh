# Every counterexample, pasted behind its claim, turns the central future round: inputs of every kind, and the shipped examples (the other
# shipped claims: tests/slow/counterexamples.sh).
cat >kinds.crux <<'END'
index actor = us, china
index node = n7, n5
timeline 2025Q1 .. 2030Q4 by quarter, present 2025Q2
input made[a in actor] : chip/year = (
    us: interpolate(2025: 3k to 5k, 2026Q2: 4k to 6k to 9k, 2027-08: 9k, hold),
    china: 1k to 2k
  )
input demand = uniform(1, 2) varies by year
input ready : date = 2026-06 to 2028 to 2035
input yield : fraction = 20% to 40%
input stopped : truth = choice(yes: 10%, no: 90%)
input used : node = choice(n7: 60%, n5: 40%)
input bought : chip/year =
    interpolate(2025: 0, 2026: 3k to 5k, 2028: 4k to 9k, hold)
input sent : chip/year = interpolate(2025: 0 to 4k, 2027: 1k to 3k, hold)
input area : 1/cm^2 = 0.1 .. 0.2
input slope = -3 to 4
input power = 2 to 5 within 2 .. 5
input small : USD = 1e-7 to 3e-7
scenario loose "more may be sold" {
  set made[china] = 2k to 4k chip/year
  set area = 0.3 /cm^2
  assume rule: yield > 22%
}

claim path : made[us] < 6.5k chip/year at 2026

claim whole_path : made[us] < 12k chip/year throughout 2026 .. 2029

claim straight : bought < 4.2k chip/year at 2027

claim straight_to_zero : sent < 3k chip/year throughout 2026 .. 2029

claim fresh : demand < 1.7 throughout 2025 .. 2027

claim date : ready > 2026

claim share : yield < 35%

claim truth : not stopped

claim member : used is n7 implies yield < 50%

claim member_alone : used is n7

claim members[a in actor] : made[a] > 1.2k chip/year throughout 2026 .. 2027

claim bounds : area > 0.11 /cm^2

claim negative : slope > -2

claim many
  under baseline, loose
  : made[china] * power * area * yield < 1k chip/year/cm^2 at 2027

claim premise : yield > 33% implies power < 4.5

claim irrelevant : yield > 38% implies power < 2.1

claim own
  with yield = 30% to 50%
  : yield * power < 2.2

claim tiny : small < 2e-7 USD
END
cp -r "$TESTS/../claims" .
python3 "$TESTS/support/paste_counterexamples.py" "$(command -v crux)" . kinds.crux claims/examples/*.crux claims/founding.crux
