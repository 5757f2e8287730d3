# --set, --scenario, --level from the command line, and what can be wrong with them.
. "$TESTS/cli/try"
cat >a.crux <<'END'
input wafers : wafer/month = 10k to 20k to 40k
index node = n7, n5
input d0[n in node] : 1/cm^2 = 0.1 to 0.2 to 0.4
scenario dry { set wafers = 1k wafer/month }
claim many : wafers > 5k wafer/month
claim clean : d0[n7] < 0.3 /cm^2
END
try crux check --quiet a.crux
try crux check --filter many --set 'wafers = 2k wafer/month' a.crux
try crux check --filter clean --set 'd0[n7]=0.35/cm^2' a.crux
try crux check --filter many --scenario dry a.crux
try crux check --filter clean --level 99.9% a.crux
try crux check --set 'wafer = 2k' a.crux
try crux check --set 'wafers = 2 GW' a.crux
try crux check --set 'wafers' a.crux
try crux check --set 'wafers = ' a.crux
try crux check --set '' a.crux
try crux check --set 'd0[n3]=0.3/cm^2' a.crux
try crux check --scenario wet a.crux
