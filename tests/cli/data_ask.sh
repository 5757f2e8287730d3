# Asking: what is listed, what counts and why, how a figure moved, what is wrong; at a vintage when nothing shipped was known.
. "$TESTS/cli/try"
cat >sources.csv <<'END'
source_id,title,publisher,published,url
post,A post,,1995-03,
survey,"The survey, with a title that is long enough not to fit into one line of a terminal",The office,1996,https://example.org/survey
minutes,Minutes,The committee,1997-06-02,https://example.org/minutes
never,Never used,,,https://example.org/never
END
cat >mill.csv <<'END'
subject,quantity,low,central,high,value_text,unit,valid_date,known_from,source_id,basis,note
mill.old,yield,,0.2,,,fraction,1994,1995-03,post,recalled,from memory
mill.old,yield,0.3,0.4,0.5,,fraction,1994,1996-02,survey,stated,
mill.old,yield,0.3,0.35,0.5,,fraction,1994,1997,survey,stated,"corrected, with a note that is long enough to need a second line"
mill.old,yield,,0.36,,,fraction,1994,1997,minutes,secondary,
mill.old,yield,0.4,,0.6,,fraction,1996,1995-06,survey,derived,a forecast
mill.old,output,,1250,,,wafer/month,1995Q3,1996-02,survey,stated,
mill.old,output,,1200,,,wafer/month,1995Q3,1996-02,minutes,derived,
mill.new,opening,1998-03,1998-06,,,date,1998,1997-06-02,minutes,stated,
mill.new,state,,,,not yet built,text,1997-06-02,1997-06-02,minutes,guess,
END
printf 'mill.new,colour,,,,"red \033[31mor\033[0m \302\233 not",text,1997,1997-06-02,minutes,guess,"\033]0;title\007"\n' >>mill.csv
crux data import --db mine.db mill.csv sources.csv
for year in 1999 1996-01 1996; do
    try crux data list mill --db mine.db --as-of $year
done
try crux data show mill.old.yield --db mine.db --as-of 1999
try crux data show mill.old.yield --db mine.db --as-of 1996-12
try crux data show mill.old.output --db mine.db --as-of 1999
try crux data show mill.new.opening --db mine.db --as-of 1999
try crux data history mill.old.yield --db mine.db --as-of 1999
try crux data history mill.old.yield --db mine.db --as-of 1996
echo '--- what is wrong; sources that come with Crux left out'
crux data check --db mine.db --as-of 1999 >said; echo "exit $?"
sed '/^Unused/,/^$/{/^  \(never\)/!d;}' said | sed 's/from [0-9]* sources/from N sources/; s/[0-9]* unused/N unused/'
echo '--- nothing of the data reaches the terminal as it is'
crux data show mill.new.colour --db mine.db --as-of 1999
crux data show --color always mill.new.colour --db mine.db --as-of 1999 | tr -d '\033' | grep -c '\[31mor'
for question in 'list mill' 'history mill.new.colour' check; do
    crux data $question --db mine.db --as-of 1999 | LC_ALL=C grep -c "$(printf '[\001-\011\013-\037\177]')"
done
echo '--- what is not there'
try crux data show mill.old.yeild --db mine.db --as-of 1999
try crux data show mill.old.yield --db mine.db --as-of 1994
try crux data show mill.old --db mine.db --as-of 1999
try crux data history mill --db mine.db --as-of 1999
try crux data list 'mill.*.[xyz]*' --db mine.db --as-of 1999
try crux data list 'mill.*.[c]*' --db mine.db --as-of 1999
try crux data show mill.old.yield --db mine.db --as-of May
try crux data list --db none.db
try crux data lits
try crux data show
try crux data check now
try crux data check --map 'x = 1'
try crux data list --format yaml
try crux data
echo '--- for programs'
crux data show mill.old.yield --db mine.db --as-of 1999 --format json
crux data list mill.new --db mine.db --as-of 1999 --format json
python=$(for p in python3 /usr/bin/python3; do $p -c 'import jsonschema' 2>/dev/null && echo $p && break; done)
[ -n "$python" ] || { echo valid; exit 0; }
crux data check --format json >check.json
crux data list --format json >list.json
crux data show fab.smic.yield_7nm --format json >show.json
crux data history mill.old.yield --db mine.db --as-of 1999 --format json >history.json
cat >validate.py <<'END'
import json, sys
import jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
for name in sys.argv[2:]:
    jsonschema.validate(json.load(open(name)), schema, cls=jsonschema.Draft202012Validator)
END
"$python" validate.py "$TESTS/../docs/crux-data.schema.json" ./*.json && echo valid
