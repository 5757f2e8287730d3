#!/bin/sh
# embed.sh FILE...: prints a C file that holds the given forecast files as bytes (engine/forecast/shipped.h).
set -eu
echo '// Made by engine/forecast/embed.sh from engine/forecast/*/*.crux.'
echo '#include "engine/forecast/shipped.h"'
number=0
rows=
for file in "$@"; do
    echo "static const unsigned char file_$number[] = {"
    od -An -v -tu1 "$file" | sed 's/[0-9][0-9]*/&,/g'
    echo '0};'
    relative=${file#engine/forecast/}
    rows="$rows    {\"${relative%%/*}\", \"forecast:$relative\", file_$number, sizeof file_$number - 1},
"
    number=$((number + 1))
done
# The last row is never counted: C has no empty arrays.
printf 'const struct shipped_file shipped_files[] = {\n%s    {0},\n};\n' "$rows"
echo "const size_t shipped_file_count = $number;"
