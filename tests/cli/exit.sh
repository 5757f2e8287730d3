# Exit codes never depend on format or quietness.
well='claim a : 2 + 2 < 5 expect supported'
badly='claim a : 2 + 2 > 5 expect supported'
plain='claim a : 2 + 2 > 5'
broken='claim a : 2 +'
for text in "$well" "$badly" "$plain" "$broken"; do
    echo "$text" >a.crux
    echo "$text"
    for options in '' --quiet '--format json' '--quiet --format json' '-o out' '--out json=out'; do
        crux check $options a.crux >/dev/null 2>&1
        printf '%s ' $?
    done
    crux check --format json a.crux 2>/dev/null | grep exit_code
done
printf 'claim a : 1 < 2\nclaim b : 2 < 1 expect supported\n' >a.crux
crux check --filter a a.crux >/dev/null; echo "filter a: $?"
crux check --filter 'b*' a.crux >/dev/null; echo "filter b*: $?"
crux check --filter nothing a.crux; echo "filter nothing: $?"
echo 'claim s "only said"' | crux check - >/dev/null; echo "only said: $?"
