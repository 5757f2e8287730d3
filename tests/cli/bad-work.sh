# Little text that stands for much work, and files that are none: an answer or a message, soon.
. "$TESTS/cli/try"
limited() {
    timeout 60 crux "$@" >said 2>&1
    code=$?
    head -n 6 said
    return $code
}

awk 'BEGIN { print "let a0 = 1"; for (i = 1; i <= 60; i++) print "let a" i " = a" i - 1 " * 2 + a" i - 1; print "claim a : a60 < 2" }' >double.crux
try limited check double.crux
awk 'BEGIN { print "let a0 = 1"; for (i = 1; i < 20000; i++) print "let a" i " = a" i - 1 " + 1"; print "claim a : a19999 < 2" }' >chain.crux
try limited check chain.crux
awk 'BEGIN { print "def f0(x) = x + 1"; for (i = 1; i < 60; i++) print "def f" i "(x) = f" i - 1 "(f" i - 1 "(x))"; print "claim a : f59(1) < 2" }' >calls.crux
try limited check calls.crux
awk 'BEGIN { for (i = 0; i < 5000; i++) print "claim a" i " : b" i " < 1" }' >wrong.crux
try limited check wrong.crux
mkfifo pipe.crux
try limited check pipe.crux
try limited check /dev/zero
echo 'use "/dev/zero"' >zero.crux
try limited fmt pipe.crux
try limited check zero.crux
