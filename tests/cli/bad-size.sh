# Input that is too large or too deep: a message, in little memory. Sanitizers need more of it, so they go without the limit; how
# little time it takes is tested in tests/property/test_hostile.c.
. "$TESTS/cli/try"
limit='ulimit -v 200000'
(eval "$limit"; crux --version) >/dev/null 2>&1 || limit=:
limited() {
    (eval "$limit"; timeout 60 crux "$@") >said 2>&1
    code=$?
    cut -c1-90 said
    return $code
}
repeat() { awk -v what="$1" -v count="$2" 'BEGIN { for (i = 0; i < count; i++) printf "%s", what }'; }

{ printf 'claim a : 1 < 2 # '; repeat xxxxxxxxxx 1000000; } >line.crux
try limited check line.crux
{ printf 'claim a : 1 < 2 '; repeat '+ 1 ' 300000; } >line2.crux
try limited check line2.crux
{ printf 'claim a : '; repeat '(' 100000; printf 1; repeat ')' 100000; printf ' < 2\n'; } >brackets.crux
try limited check brackets.crux
{ printf 'claim a : '; repeat '(' 100000; } >open.crux
try limited check open.crux
{ printf 'claim a : '; repeat ')' 100000; } >close.crux
try limited check close.crux
{ printf 'claim a : '; repeat 'not ' 200000; printf 'true\n'; } >nots.crux
try limited check nots.crux
{ printf 'claim a : '; repeat '-' 200000; printf '1 < 2\n'; } >minus.crux
try limited check minus.crux
{ printf 'claim a : 1'; repeat ' + 1
' 100000; printf ' < 2\n'; } >sum.crux
try limited check sum.crux
awk 'BEGIN { for (i = 0; i < 1000000; i++) print "claim c" i " : 1 < 2" }' >million.crux
try limited check million.crux
mkdir many
awk 'BEGIN { for (i = 0; i < 60000; i++) print "claim c" i " : 1 < 2" }' >many/a.crux
try limited check many
