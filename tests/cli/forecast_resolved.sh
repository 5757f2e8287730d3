# Every input of `supply` has a value at both vintages. `capability` takes its systems and chips from the store and says why some have
# no figure: those are counted. Between two names stands a number, so that what is missing can be told.
inputs() {
    awk '
        /^index [a-z_0-9]+ = [a-z]/ && !/data/ { list = $0; sub(/^[^=]*= */, "", list); members[$2] = list }
        /^input / {
            name = $2
            if (name ~ /\[/) { name = substr(name, 1, index(name, "[") - 1); if ($3 == "in") { within = $4; sub(/\].*/, "", within); names[++count] = name " " within; next } name = $2 }
            names[++count] = name }
        END { for (i = 1; i <= count; i++) {
            if (split(names[i], part, " ") == 1) { print names[i]; continue }
            many = split(members[part[2]], member, /, */)
            for (m = 1; m <= many; m++) print part[1] "[" member[m] "]" } }' "$@"
}
for vintage in 2025-04 2026-11-23; do
    inputs "$TESTS"/../engine/forecast/supply/*.crux >names
    awk '{ print -NR; print $0 }' names |
        crux eval --forecast supply --as-of "$vintage" --samples 16 2>&1 |
        awk -v vintage="$vintage" '
            NR == FNR { name[-FNR] = $0; next }
            /^-[0-9]+$/ { at = $0; asked++; next }
            /no value|error\[/ { if (!(at in said)) print vintage ": supply: " name[at] ": " $0; said[at] = 1; next }
            /[0-9a-z]/ { heard[at] = 1 }
            END {
                for (n in name) if (!(n in heard) && !(n in said)) print vintage ": supply: " name[n] ": nothing"
                print vintage ": supply: " asked + 0 " inputs asked for" }' names -
done
