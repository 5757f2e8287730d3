# Every code of a diagnostic or a remark is given somewhere, has a case that shows it, and a page under its own title.
cd "$TESTS/.."
rows() { sed -n "s/^$1(\([A-Z_]*\), \"\([EW][0-9]*\)\".*, \"\(.*\)\")\$/$1_\1 \2 \3/p" "$2"; }
{ rows DIAG dsl/diag.def; rows REMARK judge/remark.def; } | while read -r id code title; do
    grep -rqw "$id" --include='*.[cyl]' dsl grammar engine judge api || echo "$code: nothing gives $id"
    grep -rqE "\[$code\]|\"$code\"" --include='*.expected' --include='*.stdout' tests || echo "$code: no case in tests/ shows it"
    head -n 1 "docs/diagnostics/$code.md" | grep -qxF "# $code: $title" || echo "$code: docs/diagnostics/$code.md does not begin with \"# $code: $title\""
    crux explain "$code" | head -n 1 | grep -qF "$code" || echo "$code: crux explain does not know it"
done
for page in docs/diagnostics/*.md; do
    code=${page##*/}
    grep -q "\"${code%.md}\"" dsl/diag.def judge/remark.def || echo "$page: no row has this code"
done
echo "that is all"
