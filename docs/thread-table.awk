# A Markdown table of the thread's verdicts, from the JSON of several runs one after the other: one column a run, named by its
# forecast and vintage. Claims stand in the order of the first run.
function value(line) {
    sub(/^ *"[a-z_]+": */, "", line)
    sub(/,$/, "", line)
    gsub(/^"|"$/, "", line)
    gsub(/\\"/, "\"", line)
    gsub(/\|/, "\\|", line)
    return line
}
function verdict_of(key) {
    if (!(key in verdict))
        return ""
    if (basis[key] != "sampled" || estimate[key] == "" || estimate[key] == "null")
        return verdict[key]
    if (lower[key] != upper[key])
        return sprintf("%s, %s to %s", verdict[key], share(lower[key] + 0), share(upper[key] + 0))
    return sprintf("%s, %s", verdict[key], share(estimate[key] + 0))
}
# Never rounded to all or none.
function share(x) {
    if (x == 0 || x == 1)
        return 100 * x " %"
    if (x < 0.01)
        return "<1 %"
    if (x > 0.99)
        return ">99 %"
    return sprintf("%.0f %%", 100 * x)
}
/^  "forecast":/ { run++; title[run] = "`" value($0) "`" }
/^  "vintage":/ { if (value($0) != "null") title[run] = title[run] ", " value($0) }
/^      "name":/ { name = value($0); say = ""; who = ""; crux_next = 0 }
/^      "text":/ { say = value($0) }
/^      "by":/ { who = value($0) }
/^      "scenario":/ {
    scenario = value($0)
    if (scenario == "null") scenario = "baseline"
    id = name SUBSEP scenario
    if (!(id in seen)) {
        seen[id] = 1
        order[++count] = id
        text[id] = say
        speaker[id] = who == "null" ? "" : who
        label[id] = scenario == "baseline" ? name : name " under " scenario
    }
    key = id SUBSEP run
}
/^      "verdict":/ { verdict[key] = value($0) }
/^  "conflicts":/ { key = "" }
/^      "basis":/ { basis[key] = value($0) }
/^        "lower":/ { if (!(key in lower)) lower[key] = value($0) }
/^        "upper":/ { if (!(key in upper)) upper[key] = value($0) }
/^        "estimate":/ { if (!(key in estimate)) estimate[key] = value($0) }
/^          "input":/ { if (run == 1 && cruxes[id] < 2 && crux_next < 2) { turns[id] = turns[id] (crux_next++ ? ", " : "") "`" value($0) "`" } }
END {
    row = "| claim | who | says"
    rule = "|---|:-:|---"
    for (r = 1; r <= run; r++) {
        row = row " | " title[r]
        rule = rule "|---"
    }
    print row " | turns on |"
    print rule "|---|"
    for (i = 1; i <= count; i++) {
        id = order[i]
        row = "| " label[id] " | " speaker[id] " | " text[id]
        for (r = 1; r <= run; r++)
            row = row " | " verdict_of(id SUBSEP r)
        print row " | " (verdict[id SUBSEP 1] == "sensitive" || verdict[id SUBSEP 1] == "solved" ? turns[id] : "") " |"
    }
}
