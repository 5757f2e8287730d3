# Files that cannot be read, or hold nothing: place, cause, remedy, exit 2.
. "$TESTS/cli/try"
try crux check missing.crux
mkdir empty folder folder/deep
try crux check empty
: >empty.crux
try crux check empty.crux
echo '# only a comment' >comment.crux
try crux check comment.crux
ln -s nowhere dangling.crux
try crux check dangling.crux
ln -s loop.crux loop.crux
try crux check loop.crux
printf 'use "folder"\nclaim small : 2 + 2 < 5\n' >uses-folder.crux
try crux check uses-folder.crux
printf 'use "missing.crux"\nclaim small : 2 + 2 < 5\n' >uses-missing.crux
try crux check uses-missing.crux
printf 'use nosuch\nclaim small : 2 + 2 < 5\n' >uses-forecast.crux
try crux check uses-forecast.crux | sed 's/there are `.*/there are FORECASTS/'
try crux check --forecast nosuch uses-missing.crux | sed 's/there are `.*/there are FORECASTS/'
echo 'claim broken : (2 +' >folder/deep/inside.crux
try crux check folder
try crux check missing.crux empty.crux dangling.crux
try crux fmt missing.crux
try crux eval -u missing.crux 1
