# A Markdown table of computed against published, from the JSON of claims that say `COMPUTED within 10% of PUBLISHED`.
function value(line) {
    sub(/^ *"[a-z]+": */, "", line)
    sub(/,$/, "", line)
    gsub(/^"|"$/, "", line)
    return line
}
function figure(x) {
    if (x >= 1e9) return sprintf("%.4gB", x / 1e9)
    if (x >= 1e6) return sprintf("%.4gM", x / 1e6)
    return sprintf("%.4g", x)
}
BEGIN {
    print "| figure | computed | published | ratio | within 10 % |"
    print "|---|--:|--:|--:|:-:|"
}
/^      "name":/ { name = value($0) }
/^      "text":/ { text = value($0) }
/^      "verdict":/ { verdict = value($0) }
/^ *"left":/ { left = value($0) }
/^ *"right":/ { right = value($0) }
/^ *"unit":/ && left != "" {
    unit = value($0)
    if (name !~ /_quantiles$/)
        printf "| %s%s | %s | %s | %.3f | %s |\n", text, unit == "1" ? "" : " (" unit ")", figure(left + 0), figure(right + 0), left / right,
               verdict == "supported" ? "yes" : "**no**"
    left = ""
}
