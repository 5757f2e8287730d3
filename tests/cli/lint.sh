# Warnings and remarks switched off, or made errors, code by code.
cat >lint.crux <<'CRUX'
input x = 1 to 3
input y = 1 to 3
input z = 0 .. 1
input idle = 1 to 2
assume calm: y < 2
claim positive : x > 0
claim most : max(x, z / 4) > 1.5
claim steep : x > 2.2 implies y > 1.2
CRUX
codes() {
    echo "== $*"
    crux check --samples 4096 --format json "$@" lint.crux >out 2>err
    echo "exit $?"
    grep -hoE '"code": "W7..|(warning|error)\[W7..\]' out err
}
codes
codes --lint W708=off --lint W725=off
codes --lint W708=error
codes --lint W725=error
codes --lint all=off
codes --lint all=off --lint W712=warn
crux check --quiet --lint W708=error lint.crux 2>/dev/null | grep -E '^positive|✗|errors?'
for lint in W708 W999=off E201=off W708=loud; do
    crux check --lint $lint lint.crux
done
true
