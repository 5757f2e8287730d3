# Where reports go: files that are complete or not there, several formats, full disks.
. "$TESTS/cli/try"
echo 'claim small "two and two" : 2 + 2 < 5 expect supported' >a.crux
try crux check a.crux
try crux check -o report.txt a.crux
cat report.txt
try crux check -oreport.json a.crux
head -c 30 report.json; echo
try crux check --quiet --out json=one.json --out human=two.txt a.crux
cmp report.json one.json && cmp report.txt two.txt && echo same
try crux check -o /dev/full a.crux
try crux check --out json=/dev/full a.crux
try crux check -o nowhere/report.txt a.crux
mkdir folder
try crux check -o folder a.crux
echo '$ crux check a.crux >/dev/full'
crux check a.crux >/dev/full 2>said
echo "exit $?"
cat said
crux --help >/dev/full 2>said
echo "exit $?"
cat said
echo '--- an existing file keeps its rights, a link its place'
echo old >kept.txt
chmod 640 kept.txt
ln -s kept.txt link.txt
crux check -o link.txt a.crux
cmp kept.txt report.txt && stat -c '%a %F' kept.txt && stat -c %F link.txt
crux check -o /dev/stdout a.crux | cmp - report.txt && echo 'a device is written directly'
ls
echo '--- a name that promises a page'
crux check -o page.html a.crux 2>&1
echo "exit $?"
ls page.html 2>&1 || true
