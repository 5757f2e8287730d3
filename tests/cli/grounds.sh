# What a verdict rests on: guesses that turn it by name, figures from memory, sources without an address, and sources that disagree.
cat >rests.crux <<'CRUX'
index actor = us, china
source forum "A thread"
source paper "A paper" by "A journal" on 2025-02-25 <https://example.org/paper>
input demand = 1 to 2 basis guess
input growth = 0.5 to 6 basis guess
input share[a in actor] = (us: 3, china: 4) basis recalled cite forum
input price = 5 to 6 basis stated cite paper
input unused = 1 to 2 basis guess
let spend[a in actor] = demand * growth * share[a] * price
claim large : spend[us] > 30
claim priced : price > 4
claim known : share[china] > 3
claim replaced with share[china] = 5 : share[china] > 3
claim both : sum(share[a] over a in actor) > 6
CRUX
crux check --samples 4096 rests.crux
crux check --samples 4096 --format json --filter large rests.crux | sed -n '/"inputs_used"/,/^    }/p'
cat >disagree.crux <<'CRUX'
timeline 2024Q1 .. 2027Q4 by quarter
input units : chip/year = data "output.ascend.units" hold
input picked : chip/year = data "output.ascend.units" from semi_ascend hold
claim first : units > 1 chip/year at 2026
claim again : units > 2 chip/year at 2026
claim other : picked > 2 chip/year at 2026
CRUX
echo "== disagreements"
crux check --samples 4096 --format json disagree.crux | grep -E '"name": "(first|again|other)"|"code"'
