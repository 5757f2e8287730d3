# A Markdown table of central values at the ends of years, from the outputs of several `crux eval EXPRESSION` one after the other;
# the expressions stand in `names` in the order in which they are asked. Units are left out.
BEGIN {
    count = split("compute[us] compute[china] gap gap.bandwidth gap.world gap_by[with_rented] capex[us] capex[china] power[us] power[china]", names, " ")
    years = split("2024 2025 2026 2027 2028 2029 2030 2035", year, " ")
}
/^ +central / { row++ }
/^ +20[0-9][0-9]Q[1-4]/ {
    from = $1; to = $1
    if (split($1, ends, /\.\./) == 2) { from = ends[1]; to = ends[2] }
    for (y = 1; y <= years; y++)
        if (from <= year[y] "Q4" && year[y] "Q4" <= to) value[row, y] = $2
}
END {
    if (row != count) print "asked for " count " expressions, heard " row
    printf "| |"; for (y = 1; y <= years; y++) printf " %s |", year[y]; print ""
    printf "|---|"; for (y = 1; y <= years; y++) printf "--:|"; print ""
    for (r = 1; r <= count; r++) {
        printf "| `%s` |", names[r]
        for (y = 1; y <= years; y++) printf " %s |", value[r, y]
        print ""
    }
}
