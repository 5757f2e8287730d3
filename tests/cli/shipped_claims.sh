# Every shipped claim is as it expects. Nothing is printed then.
report=$PWD/report
cd "$TESTS/.." || exit 9
crux check --quiet claims/ docs/tutorial/buses-1.crux docs/tutorial/buses-2.crux >"$report"
status=$?
[ $status = 0 ] || cat "$report"
exit $status
