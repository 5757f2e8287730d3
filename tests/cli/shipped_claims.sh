# Every shipped claim is as it expects (those of claims/sanity: forecast_sanity.sh; the thread: tests/slow/thread.sh). Nothing is
# printed then.
report=$PWD/report
cd "$TESTS/.." || exit 9
crux check --quiet $(ls claims/*.crux | grep -v thread) $(ls -d claims/*/ | grep -v sanity) docs/tutorial/buses-[12].crux docs/tutorial/controls.crux docs/tutorial/own-claim.crux >"$report"
status=$?
[ $status = 0 ] || cat "$report"
exit $status
