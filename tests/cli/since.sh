# --since takes over what follows from the same as in the baseline; the rest is found out anew.
cat >a.crux <<'CRUX'
input yield : 1 = 0.2 to 0.6 "7nm yield"
input stacks : 1 = 10 to 30 "stacks"
input dies : 1 = 100 .. 200 "dies"
claim narrow : yield < 0.7
  expect supported
claim wide : yield > 0.35
  expect sensitive to yield
claim many : stacks > 12
claim chips : dies * yield > 20
claim often : probability(stacks > 15) > 60%
claim first "said, not counted"
CRUX
run() {
    echo "== $*"
    crux check --samples 4096 "$@" a.crux 2>err
    echo "exit $?"
    cat err
}
counts() {
    run "$@" | grep -E '^==|since|changed|exit|✗|^ +[a-z]+.* → '
}
crux check --samples 4096 --write-baseline b.txt a.crux >/dev/null
run --since b.txt
echo '# another figure of one input'
sed -i 's/10 to 30/10 to 12/' a.crux
counts --since b.txt
counts --since b.txt --fail-on changed
counts --baseline b.txt --fail-on changed
echo '# another expectation: nothing is found out anew for it'
sed -i 's/expect supported/expect refuted/' a.crux
counts --since b.txt
echo '# other settings, a remark as an error, a baseline of nothing: everything is'
counts --since b.txt --seed 2
counts --since b.txt --lint W708=error
printf 'crux baseline 1\nend\n' >empty.txt
counts --since empty.txt
echo '# how many the JSON report says were taken over'
crux check --samples 4096 --since b.txt --format json a.crux >out.json
grep -cE '"reused": true' out.json
echo '# the next baseline is the one of a full run'
crux check --samples 4096 --since b.txt --write-baseline c.txt a.crux >/dev/null
crux check --samples 4096 --write-baseline d.txt a.crux >/dev/null
cmp c.txt d.txt && echo same
run --since missing.txt
echo '# arguments are run in full where only some of the claims are taken over: the standings are those of a full run'
cat >b.crux <<'CRUX'
index place = rim, centre
input cost[p in place] : USD = (rim: 1 USD to 3 USD, centre: 4 USD to 6 USD)
scenario dear { set cost[rim] = 5 USD }
claim cheap : cost[rim] < 2 USD
claim high[p in place] : cost[p] > 2 USD rebuts cheap
claim both under dear, baseline : cost[rim] > cost[centre] supports high
CRUX
standings() {
    crux check --samples 4096 --format json "$@" b.crux | grep -E '"(standing|finding|why)": "'
}
crux check --samples 4096 --filter high --write-baseline e.txt b.crux >/dev/null
standings --baseline e.txt >full.txt
standings --since e.txt >since.txt
cmp full.txt since.txt && grep -c '"standing"' since.txt
crux check --samples 4096 --write-baseline f.txt b.crux >/dev/null
mv f.txt e.txt
standings --baseline e.txt --scenario dear >full.txt
standings --since e.txt --scenario dear >since.txt
cmp full.txt since.txt && grep -c '"standing"' since.txt
echo '# --filter leaves the baseline of all claims alone'
crux check --filter high --write-baseline e.txt b.crux 2>&1
echo "exit $?"
grep -c '^claim' e.txt
