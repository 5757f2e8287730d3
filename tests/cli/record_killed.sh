# Runs that are recorded at once into one file, that nobody made yet; and runs that are killed at any moment.
cat >small.crux <<'END'
timeline 2025 .. 2028 by year, present 2025
input x = 1 to 3
claim one : x > 1 at 2027
claim two : x > 2 at 2027
END
record() { crux check --record --samples 512 -q --db mine.db small.crux >"$1.out" 2>&1; echo $? >"$1.exit"; }
runs() { crux history --db mine.db --format json | grep -c '"recorded_on"'; }
echo '--- eight at once'
for i in 1 2 3 4 5 6 7 8; do record "$i" & done
wait
cat ./*.exit | sort | uniq -c | sed 's/^ *//'
runs
echo '--- killed'
for pause in 0.00 0.01 0.02 0.03 0.04 0.05 0.06 0.07 0.08 0.1; do
    crux check --record --samples 512 -q --db mine.db small.crux >/dev/null 2>&1 &
    sleep $pause
    kill -9 $! 2>/dev/null
    wait $! 2>/dev/null
    crux history --db mine.db --format json >history.json || echo 'cannot be read'
    # Both claims are in every run that is there.
    awk '/"recorded_on"/ { runs++ } /"wording"/ { verdicts++ } END { if (verdicts != 2 * runs) print "a half run: " runs " runs, " verdicts " verdicts" }' history.json
done
before=$(runs)
record last
cat last.exit
[ "$(runs)" = $((before + 1)) ] && echo 'the next one goes on'
