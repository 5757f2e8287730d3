# crux diff: sides that do not fit, stores that cannot be read, folders from anybody.
. "$TESTS/cli/try"
mkdir good empty
cat >good/sources.csv <<'END'
source_id,title,publisher,published,url
survey,The survey,The office,2025-02,https://example.org/survey
END
cat >good/mill.csv <<'END'
subject,quantity,low,central,high,value_text,unit,valid_date,known_from,source_id,basis,note
mill.a,size,,3,,,1,2024,2025-02,survey,stated,
wheel.east,speed,,3,,,1,2024,2025-02,survey,stated,
END
printf 'input a = data "mill.a.size"\nclaim big : a > 1\n' >mill.crux
echo '--- which sides'
try crux diff mill.crux
try crux diff --to 2025 mill.crux
try crux diff --from yesterday mill.crux
try crux diff --from 2025 --to 2025-13 mill.crux
try crux diff --from-db a.db --from-data good mill.crux
try crux diff --from-data good --to-db a.db --to-data good mill.crux
try crux diff --from-db a.db --to-db b.db --db c.db mill.crux
try crux diff --from-data good --to-data good --format junit mill.crux
try crux diff --from 2025
try crux diff --as-of 2025 mill.crux
echo '--- stores'
try crux diff --from-db none.db mill.crux
try crux diff --from-db mill.crux mill.crux
try crux diff --from-db good --from 2025 mill.crux
echo '--- folders'
try crux diff --from-data nowhere mill.crux
try crux diff --from-data empty mill.crux
try crux diff --from-data good/mill.csv mill.crux
mkdir bad && cp good/* bad && printf 'mill.a,size,,many,,,1,2025-13,2025-02,survey,stated,\n' >>bad/mill.csv
try crux diff --from-data good --to-data bad mill.crux
mkdir binary && cp good/sources.csv binary && head -c 3000 /dev/zero >binary/zero.csv && printf '\377\376\000a,b\n' >binary/wide.csv
try crux diff --from-data binary --to-data good mill.crux
mkdir links && cp good/* links && ln -s round.csv links/round.csv && ln -s nothing links/gone.csv && ln -s . links/self
try crux diff --from-data links --to-data good mill.crux
mkdir pipes && cp good/* pipes && mkfifo pipes/pipe.csv
try crux diff --from-data pipes --to-data good mill.crux
mkdir huge && cp good/* huge && truncate -s 1T huge/huge.csv
try crux diff --from-data huge --to-data good mill.crux
mkdir alone && cp good/mill.csv alone
try crux diff --from-data alone --to-data good mill.crux
echo '--- files'
printf 'input a = data "mill.a.size"\nclaim big : a > \n' >slip.crux
try crux diff --from-data good --to-data good slip.crux
cat >wheel.crux <<'END'
index wheel = data "wheel.*"
input speed[w in wheel] = data "wheel.{w}.speed"
claim fast : speed[west] > 1
END
cp -r good west && printf 'wheel.west,speed,,3,,,1,2024,2025-02,survey,stated,\n' >>west/mill.csv
try crux diff --from-data good --to-data west wheel.crux
try crux diff --from-data good --to-data good none.crux
