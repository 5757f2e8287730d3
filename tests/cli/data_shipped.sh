# The shipped observations: every row names a source that exists and a unit that Crux knows, no two rows say the same thing,
# bounds are in order, and what follows from other rows agrees with them. The printed counts are those of data/README.md, where
# supply.csv, the inputs of the forecast, does not count.
cat >split.awk <<'AWK'
# The fields of one CSV line in field[1 ..]; returns how many. No field of ours spans lines.
function split_csv(line, field,    count, part, quoted, i, c) {
    count = 1; part = ""; quoted = 0
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (c == "\"" && quoted && substr(line, i + 1, 1) == "\"") { part = part c; i++ }
        else if (c == "\"") quoted = !quoted
        else if (c == "," && !quoted) { field[count++] = part; part = "" }
        else part = part c
    }
    field[count] = part
    return count
}
AWK
cat >rows.awk <<'AWK'
function bad(why) { print FILENAME ":" FNR ": " why }
function is_date(text) { return text ~ /^[0-9][0-9][0-9][0-9](Q[1-4]|-[0-9][0-9](-[0-9][0-9])?)?$/ }
function is_number(text) { return text ~ /^-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?$/ }
function is_span(text,    ends) { return is_date(text) || (split(text, ends, / \.\. /) == 2 && is_date(ends[1]) && is_date(ends[2])) }
{ sub(/^.*\//, "", FILENAME); count = split_csv($0, f) }
FILENAME == "sources.csv" {
    if (FNR == 1) { if ($0 != "source_id,title,publisher,published,url") bad("header"); next }
    if (count != 5) bad(count " fields")
    if (f[1] in source) bad(f[1] " twice")
    if (f[2] == "" || f[3] == "" || !is_date(f[4])) bad("title, publisher or date")
    source[f[1]] = 1; if (f[5] == "") untraceable++
    sources++
    next
}
FNR == 1 { if ($0 != "subject,quantity,low,central,high,value_text,unit,valid_date,known_from,source_id,basis,note") bad("header"); next }
{
    if (count != 12) { bad(count " fields"); next }
    name = f[1] "." f[2]
    if (name !~ /^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$/) bad("name " name)
    if (!is_span(f[8])) bad("valid_date " f[8])
    if (!is_date(f[9])) bad("known_from " f[9])
    if (!(f[10] in source)) bad("no source " f[10])
    if (f[11] !~ /^(stated|secondary|derived|recalled|guess)$/) bad("basis " f[11])
    key = name "|" f[8] "|" f[9] "|" f[10]
    if (key in seen) bad("as " seen[key]); else seen[key] = FILENAME ":" FNR
    if (name in unit && unit[name] != f[7]) bad(name " in " f[7] " and " unit[name])
    unit[name] = f[7]
    last = ""
    for (i = 3; i <= 5; i++) if (f[i] != "") {
        if (f[7] == "text" || (f[7] == "date" ? !is_date(f[i]) : !is_number(f[i]))) bad("value " f[i])
        if (last != "" && (f[7] == "date" ? substr(f[i], 1, 4) < substr(last, 1, 4) : f[i] + 0 < last + 0)) bad("bounds out of order")
        if (f[7] == "fraction" && (f[i] < 0 || f[i] > 1)) bad("share " f[i])
        last = f[i]
    }
    if (f[7] == "text" ? f[6] == "" : last == "" || f[6] != "") bad("no value")
    if (FILENAME != "supply.csv") { rows++; basis[f[11]]++; if (!(name in counted)) { counted[name] = 1; names++ } }
    value[name "|" f[8]] = f[4]
}
function near(what, found, wanted, share) { if (!(found >= wanted * (1 - share) && found <= wanted * (1 + share))) print what ": " found " against " wanted }
END {
    print rows " rows, " names " quantities, " sources " sources, " untraceable " of them without an address"
    print basis["stated"] " stated, " basis["secondary"] " secondary, " basis["derived"] " derived, " basis["recalled"] " recalled, " basis["guess"] " guesses"
    # Sums and products that the sources' own rows have to give.
    world = 0
    split("nvidia google amazon amd cambricon huawei", who, " ")
    for (i in who) world += value["sold." who[i] ".h100e_cumulative|2025-12"]
    near("stock.world.h100e", world, 20331768, 0)
    china = value["import.legal_nvidia.h100e_cumulative|2025-12"] + value["import.legal_amd.h100e_cumulative|2025-12"] + 662048 \
        + value["sold.huawei.h100e_cumulative|2025-12"] + value["sold.cambricon.h100e_cumulative|2025-12"]
    near("stock.china.h100e", china, value["stock.china.h100e|2025-12"], 0)
    near("system.cloudmatrix_384.bf16_total", 384 * value["chip.ascend_910c.bf16_dense|2025-04"], value["system.cloudmatrix_384.bf16_total|2025-04"], 0.01)
    near("system.cloudmatrix_384.hbm_bandwidth_total", 384 * value["chip.ascend_910c.hbm_bandwidth|2025-04"], value["system.cloudmatrix_384.hbm_bandwidth_total|2025-04"], 0.01)
    near("system.gb200_nvl72.bf16_total", 72 * value["chip.b200.bf16_dense|2025-02-15"], value["system.gb200_nvl72.bf16_total|2025-04"], 0.01)
    near("fab.smic.d0_at_yield_20.poisson", -log(0.2) / 6.656, value["fab.smic.d0_at_yield_20.poisson|2024-11"], 0.005)
    near("fab.smic.d0_at_yield_20.seeds", (1 / 0.2 - 1) / 6.656, value["fab.smic.d0_at_yield_20.seeds|2024-11"], 0.005)
    near("fab.smic.d0_at_yield_20.negative_binomial_alpha_2", 2 * (0.2 ^ -0.5 - 1) / 6.656, value["fab.smic.d0_at_yield_20.negative_binomial_alpha_2|2024-11"], 0.005)
}
AWK
data=$TESTS/../data
observations=$(ls "$data"/*.csv | grep -v '/sources\.csv$')
awk -f split.awk -f rows.awk "$data/sources.csv" $observations
# Each unit as Crux reads it, in a file of its own inputs.
cat >units.awk <<'AWK'
FNR > 1 {
    split_csv($0, f)
    if (f[7] == "text" || f[7] == "date" || f[7] in seen) next
    seen[f[7]] = 1
    print "input x" ++count " : " f[7] " = 1"
}
AWK
awk -f split.awk -f units.awk $observations >units.crux
echo 'claim units_are_known : 1 < 2' >>units.crux
crux check -q units.crux
