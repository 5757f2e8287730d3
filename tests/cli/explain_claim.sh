# crux explain NAME: names and near misses, files, depth, width, and models that are large or deep.
. "$TESTS/cli/try"
claims="$TESTS/../claims"
cat >a.crux <<'CRUX'
timeline 2025 .. 2028 by year, present 2026
input wafers : wafer/year = 10k to 20k to 40k
let made : wafer/year = wafers * 2
let stock : wafer = previous(stock, 5k wafer) + made * 1 year
index place = home, abroad
claim enough : stock > 100k wafer at 2028
claim split[p in place] : (if p is home then made else wafers) > 25k wafer/year
CRUX
crux explain --samples 500 enough a.crux | sed -n "/^derivation/,/^$/p"
crux explain --samples 500 enough a.crux | sed -n "/^cruxes/,/half-widths/p"
try crux explain --samples 500 enogh a.crux
try crux explain --samples 500 e a.crux
try crux explain --samples 500 'split[hom]' a.crux
try crux explain --samples 500 "$(printf 'a\033[31mb')" a.crux
try crux explain made a.crux
try crux explain 'stock at 2027 - made * 1 year' a.crux
try crux explain 'stock at' a.crux
try crux explain enough
try crux explain --depth 0 enough a.crux
try crux explain --depth x enough a.crux
try crux explain enough missing.crux
try crux explain --scenario nowhere --samples 500 enough a.crux
mkdir -p claims && cp a.crux claims/
crux explain --samples 500 enough >default.out && crux explain --samples 500 enough claims/a.crux | cmp - default.out && echo "without a file: the folder claims/"
crux explain --samples 500 enough - <a.crux | sed -n '/^derivation/,/stock  /p'
crux explain --samples 500 'split[abroad]' a.crux >abroad && grep -c '^split' abroad

# Every line of every claim fits a terminal, but for addresses.
for claim in s3 s27 s31 s49 s50 s52; do
    crux explain --samples 500 $claim "$claims/thread.crux" >out || echo "$claim: exit $?"
    grep -v 'https\?://' out | awk -v claim=$claim '{ gsub(/[\200-\277]/, ""); if (length($0) > 80) print claim ": " $0 }'
done
# The same bytes on one thread.
crux explain --samples 500 --threads 1 s31 "$claims/thread.crux" >one && crux explain --samples 500 --threads 4 s31 "$claims/thread.crux" | cmp - one && echo "the same on any number of threads"

# A chain of two thousand definitions, and a sum of a thousand members: what is printed stays bounded.
awk 'BEGIN { print "input x0 = 1 .. 2"; for (i = 1; i <= 2000; i++) print "let x" i " = x" i-1 " + 1"; print "claim deep : x2000 > 3" }' >deep.crux
crux explain --samples 50 deep deep.crux | grep -c '│'
crux explain --samples 50 --depth 200 deep deep.crux | awk '{ gsub(/[\200-\277]/, ""); if (length($0) > 80) print }' | head -n 1
awk 'BEGIN { printf "index many = m0"; for (i = 1; i < 1000; i++) printf ", m%d", i; print ""; print "input v[m in many] = 1 .. 2\nlet total = sum(v[m] over m in many)\nclaim wide : total > 3" }' >wide.crux
crux explain --samples 50 wide wide.crux | sed -n '/^derivation/,$p'
