# Every input of a shipped forecast cites a source.
for file in "$TESTS"/../engine/forecast/*/*.crux; do
    awk -v file="${file##*/forecast/}" '
        function done() { if (name != "" && !cited) print file ": " name " cites nothing" }
        /^(input|let|index|source|def|timeline|set|scenario|claim|unit|use)( |$)/ { done(); name = "" }
        /^input / { name = $2; cited = 0 }
        /(^| )cite / { cited = 1 }
        END { done() }' "$file"
done
