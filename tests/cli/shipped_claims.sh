# Every shipped claim file is as its claims expect: nothing to print but the summary.
cd "$TESTS/.." || exit 9
crux check --quiet claims/ docs/tutorial/buses-2.crux | sed 's/^[0-9]* verdicts:.*· all as expected/all as expected/; s/ · seed.*//'
