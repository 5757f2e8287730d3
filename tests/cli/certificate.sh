# Certificates of real proofs: verified as they are written, refused when a number or a line is another.
cat >a.crux <<'END'
index side = us, cn
timeline 2025Q1 .. 2027Q4 by quarter
input d[s in side] : 1 = 0.1 .. 0.3 "defects"
input g : 1 = uniform(0.02, 0.05) "growth"
input n : 1 = normal(10, 1) "start"
input k : 1 = choice(1: 40%, 2: 60%) "kind"
input p : 1 = interpolate(2025: 1 to 2, 2027: 2 to 4, hold) "path"
let y[s in side] = (1 - exp(-d[s])) / d[s]
let x : 1 = previous(x, n) * (1 + g * k)
claim yields[s in side] : y[s] > 0.85
claim grows : x > 5 throughout 2026
claim premised : d[us] > 0.2 implies y[us] < 0.93
claim never : d[us] > 0.4 implies x > 100 at 2027Q4
claim fails : x > 100 at 2027Q4
claim lowest : p > 0.1 at 2026Q2
claim open : x > 14 at 2027Q4
END
crux check --samples 1000 --certificate c.txt a.crux >report
grep -E '^(claim|outcome|axis)' c.txt
crux verify c.txt | sed 's/; .*//'; echo "exit $?"
echo 'The last leaf of each proof is gone:'
awk '/^leaf/ { if (held != "") print held; held = $0; next } { if ($0 != "") held = ""; print }' c.txt >d.txt
crux verify d.txt | tail -n 1
echo 'Every outcome is another:'
sed 's/^outcome holds/outcome was/; s/^outcome fails/outcome holds/; s/^outcome was/outcome fails/; s/^outcome irrelevant/outcome fails/' c.txt >d.txt
crux verify d.txt | tail -n 1
echo 'The file says something else now:'
sed -i 's/0.1 .. 0.3/0.1 .. 0.4/; s/uniform(0.02, 0.05)/uniform(-0.9, 0.05)/' a.crux
crux verify c.txt | sed 's/; .*//'
