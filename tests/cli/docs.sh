# The transcripts and tables in the documentation are what the program prints.
export CRUX="$(command -v crux)"
"$TESTS/../docs/transcripts" --check README.md docs/ai2027.md docs/forecasts.md docs/cli.md docs/data.md docs/diff.md
