# Sets that differ only in the members of the same claims are one line, which says the least that is known of any of them.
# claims COUNT: of so many members, of which none can be high and low.
claims() {
    printf 'index site = m1'
    for i in $(seq 2 "$1"); do printf ', m%d' "$i"; done
    cat <<'CRUX'

input load[s in site] : 1 = 1 to 2 to 4 basis guess
claim high[s in site] by "A" : load[s] > 2.5
claim low[s in site] by "B" : load[s] < 2
claim idle by "A" : load[m1] < 1.5 and load[m2] < 1.5
CRUX
}
for count in 2 40; do
    claims $count >members.crux
    crux check --samples 300 members.crux | sed -n '/^cannot hold/,/^$/p'
done
crux check --samples 300 --format json members.crux | grep -B1 '"sets"'
