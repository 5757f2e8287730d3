# A signal ends a long run, keeps what is finished and is not mistaken for success. The slow claim holds exactly as often as its
# level asks, so that no number of futures decides it.
cat >a.crux <<'END'
input u : 1 = uniform(0, 1)
claim quick : 2 + 2 < 5
claim slow : u ^ 2 < 0.81
END
crux check --samples 1000000M --threads 1 a.crux >said 2>errors &
run=$!
sleep 1
kill -TERM $run 2>/dev/null
wait $run
echo "exit $?"
grep -c 'quick' said
grep -o 'stopped before the end' said

echo '--- before anything is finished'
cat >b.crux <<'EOF'
input u : 1 = uniform(0, 1)
claim slow : u ^ 2 < 0.81
EOF
crux check --samples 1000000M --threads 1 b.crux >said 2>errors &
run=$!
sleep 1
kill -TERM $run 2>/dev/null
wait $run
echo "exit $?"
cat said
