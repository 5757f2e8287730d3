# Every counterexample of the shipped claims, pasted behind its claim, turns the central future round; of the founding claims under supply too.
cp -r "$TESTS/../claims" .
paste() {
    python3 "$TESTS/support/paste_counterexamples.py" "$(command -v crux)" . "$@" | awk '/ counterexamples$/ { $1 = $1 >= 10 ? "ten or more" : $1 } 1'
}
paste claims/*.crux claims/*/*.crux
OPTIONS='--forecast supply' paste claims/founding.crux
