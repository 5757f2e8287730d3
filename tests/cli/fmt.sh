# The canonical layout.
. "$TESTS/cli/try"
mkdir claims
printf '# kept\nclaim   a:2+2<5    # and this\n' >claims/loose.crux
try crux fmt --check
cat claims/loose.crux
chmod 604 claims/loose.crux
try crux fmt
cat claims/loose.crux
stat -c %a claims/loose.crux
try crux fmt --check
printf 'claim   b:1<2' | try crux fmt -
printf 'claim   b:1<2' | try crux fmt --check -
echo 'claim broken : (' >claims/broken.crux
cp claims/broken.crux before
try crux fmt
cmp claims/broken.crux before && echo 'left as it was'
try crux fmt claims/nothing.crux
ls claims
