# Expressions: one, from a file, from lines.
. "$TESTS/cli/try"
cat >a.crux <<'END'
timeline 2025 .. 2028 by year
input wafers : wafer/month = 10k to 20k to 40k
input sure : truth = choice(yes: 25%, no: 75%)
let yearly = wafers * 12 month
let grows = 5 * 2 ^ ((now - 2025-01-01) / year)
END
try crux eval '2 + 2'
try crux eval '3 GW / 700 W'
try crux eval '0.1 + 0.2 = 0.3'
try crux eval '2027-04'
try crux eval -u a.crux wafers
try crux eval -u a.crux yearly
try crux eval -u a.crux sure
try crux eval -u a.crux 'wafers > 20k wafer/month'
try crux eval -u a.crux 'wafers > 20k'
try crux eval -u a.crux grows
try crux eval -u a.crux --set 'wafers = 30k' wafers
try crux eval -u a.crux --set 'wafer = 30k' wafers
try crux eval -u a.crux wafer
try crux eval '2 m + 3 s'
try crux eval '1 / 0'
try crux eval ''
try crux eval '2 +'
printf '2 * 3\n\n# nothing\n4 m + 1 s\n1 km\n' | try crux eval
try crux eval --forecast race --format json '3 GW'
echo 'input share = 0 .. 1' >>a.crux
try crux eval -u a.crux 'wafers * (1 + share)'
