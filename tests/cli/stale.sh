# Old figures: which, since when, by whom, and who rests on them. The vintage decides, not the day of the run.
. "$TESTS/cli/try"
cat >sources.csv <<'CSV'
source_id,title,publisher,published,url
survey,The survey,The office,1996,https://example.org/survey
minutes,Minutes,The committee,1998-06-02,https://example.org/minutes
CSV
cat >mill.csv <<'CSV'
subject,quantity,low,central,high,value_text,unit,valid_date,known_from,source_id,basis,note
mill,yield,0.3,0.4,0.5,,fraction,1996,1996-02,survey,stated,
mill,output,1000,1200,1500,,wafer/month,1996,1996-02,survey,stated,
mill,output,1100,1300,1500,,wafer/month,1996,1998-06-02,minutes,stated,
CSV
crux data import --db mine.db mill.csv sources.csv >/dev/null
cat >a.crux <<'CRUX'
input yield : fraction = data "mill.yield"
input output : wafer/month = data "mill.output"
input other = 1 to 3
claim enough : yield > 20% expect supported
claim good : yield * output > 300 wafer/month expect supported
claim busy : output > 1000 wafer/month
claim apart : other > 0.5
CRUX
sed -i 's/ expect/\n  expect/' a.crux
check() {
    try crux check --quiet --samples 1024 --db mine.db "$@" a.crux
}
check --as-of 1998-07 --stale-after '2 years'
check --as-of 1998-07 --stale-after '3 years'
check --as-of 2001 --stale-after '18 months' --fail-on stale
check --as-of 1998-07 --stale-after '1 quarter' --lint W733=off --fail-on stale
check --as-of 1998-07 --stale-after '100 weeks' --lint W733=error
check --as-of 1998-07 --fail-on stale
for age in soon 18 '0 days' '2 moons' '-1 year' ' 30  months '; do
    check --as-of 1998-07 --stale-after "$age" 2>&1 | grep -E 'age|W733|exit'
done
