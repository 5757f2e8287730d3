# An import that is killed or locked out leaves the data store as it was. A pipe holds the import where it is wanted.
. "$TESTS/cli/try"
header=subject,quantity,central,unit,valid_date,known_from,source_id,basis
printf 'source_id,title,publisher,published,url\ns,A source,,,\n' >sources.csv
crux data import --db mine.db sources.csv
rows() {
    awk -v from="$1" -v count="$2" 'BEGIN { for (i = from; i < from + count; i++) print "many.n" i ",size," i ",chip/year,2025,2025-03,s,guess" }'
}
crux data list --db mine.db --as-of 2026-10 >before
mkfifo pipe
echo '--- killed half-way through 60 000 rows'
crux data import --db mine.db pipe &
import=$!
exec 3>pipe
{ echo "$header"; rows 0 60000; } >&3
echo '--- while it holds the data store, another cannot add, but all can read'
echo "$header" >more.csv
rows 0 3 >>more.csv
try crux data import --db mine.db more.csv
crux data list --db mine.db --as-of 2026-10 | cmp - before && echo 'as before'
kill -9 $import
wait $import 2>/dev/null
exec 3>&-
crux data list --db mine.db --as-of 2026-10 | cmp - before && echo 'as before'
echo '--- and afterwards it can be added to'
try crux data import --db mine.db more.csv
crux data list many --db mine.db --as-of 2026-10
echo '--- interrupted'
crux data list --db mine.db --as-of 2026-10 >before
crux data import --db mine.db pipe &
import=$!
exec 3>pipe
{ echo "$header"; rows 100 5000; } >&3
kill -TERM $import
{ rows 6000 60000 >&3; } 2>/dev/null
exec 3>&-
wait $import
echo "exit $?"
crux data list --db mine.db --as-of 2026-10 | cmp - before && echo 'as before'
