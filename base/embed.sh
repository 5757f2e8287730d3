#!/bin/sh
# embed.sh forecasts|explanations FILE...: prints a C file that holds the given files as bytes (engine/forecast/shipped.h,
# api/explanations.h).
set -eu
kind=$1
shift
case $kind in
forecasts) header=engine/forecast/shipped.h table=shipped_files struct=shipped_file count=shipped_file_count ;;
explanations) header=api/explanations.h table=explanations struct=explanation count=explanation_count ;;
esac
echo "// Made by base/embed.sh."
echo "#include \"$header\""
number=0
rows=
for file in "$@"; do
    echo "static const unsigned char file_$number[] = {"
    od -An -v -tu1 "$file" | sed 's/[0-9][0-9]*/&,/g'
    echo '0};'
    relative=${file#engine/forecast/}
    case $kind in
    forecasts) keys="\"${relative%%/*}\", \"forecast:$relative\"" ;;
    explanations) keys="\"$(basename "$file" .md)\"" ;;
    esac
    rows="$rows    {$keys, file_$number, sizeof file_$number - 1},
"
    number=$((number + 1))
done
# The last row is never counted: C has no empty arrays.
printf 'const struct %s %s[] = {\n%s    {0},\n};\n' "$struct" "$table" "$rows"
echo "const size_t $count = $number;"
