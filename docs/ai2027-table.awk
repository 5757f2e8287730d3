# Markdown tables of computed against published, from the JSON of claims that say `COMPUTED within 10% of PUBLISHED`: one table for
# each file of claims, under its subject, and the count of all at the end. A claim on quantiles makes three rows.
function value(line) {
    sub(/^ *"[a-z]+": */, "", line)
    sub(/,$/, "", line)
    gsub(/^"|"$/, "", line)
    return line
}
function figure(x, text) {
    text = x >= 1e15 ? sprintf("%.3g", x) : x >= 1e12 ? sprintf("%.4gT", x / 1e12) : x >= 1e9 ? sprintf("%.4gB", x / 1e9) : \
           x >= 1e6 ? sprintf("%.4gM", x / 1e6) : x >= 1e4 ? sprintf("%.4gk", x / 1e3) : sprintf("%.4g", x)
    sub(/e\+/, "e", text)
    return text
}
function heading(file) {
    sub(/.*\//, "", file)
    sub(/\.crux$/, "", file)
    gsub(/-/, " ", file)
    print (tables++ ? "\n" : "") "**" toupper(substr(file, 1, 1)) substr(file, 2) "**\n"
    print "| figure | computed | published | ratio | agrees |"
    print "|---|--:|--:|--:|:-:|"
}
/^      "name":/ { name = value($0) }
/^      "text":/ { text = value($0) }
/^      "file":/ && value($0) != file { heading(file = value($0)) }
/^      "verdict":/ { verdict = value($0); part = 0; claims++; agreeing += verdict == "supported" }
/^ *"left":/ { left = value($0) }
/^ *"right":/ { right = value($0) }
/^ *"unit":/ && left != "" {
    unit = value($0)
    note = unit == "1" ? "" : " (" unit ")"
    sub(/^(p10, median and p90|p[159]0) of /, name ~ /_quantiles$/ ? substr("p10p50p90", 3 * part++ + 1, 3) " of " : "", text)
    printf "| %s%s | %s | %s | %.3f | %s |\n", text, note, figure(left + 0), figure(right + 0), left / right,
           verdict == "supported" ? "yes" : "**no**"
    left = ""
}
END { printf "\n%d of %d rows agree.\n", agreeing, claims }
