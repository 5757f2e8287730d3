# The 64 claims of the thread are as they expect, and docs/thread.md says what comes out at both vintages and under AI 2027.
export CRUX="$(command -v crux)"
cd "$TESTS/.." || exit 9
crux check --quiet claims/thread.crux >"$OLDPWD/report" || cat "$OLDPWD/report"
docs/transcripts --check docs/thread.md
