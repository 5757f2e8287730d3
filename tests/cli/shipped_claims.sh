# Every shipped claim is as it expects. Nothing is printed then.
report=$PWD/report
cd "$TESTS/.." || exit 9
crux check --quiet claims/ docs/tutorial/buses-[12].crux docs/tutorial/controls.crux docs/tutorial/own-claim.crux >"$report"
status=$?
[ $status = 0 ] || cat "$report"
exit $status
