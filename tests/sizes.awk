# Functions of at most 60 lines, files of at most 500 (grammars and tables cannot be split). A function starts with a { and ends with a } in the first column.
function breach(line, what) {
    print FILENAME ":" line ": " what
    bad = 1
}
FNR == 1 { inside = 0 }
/^{/ { inside = 1; start = FNR }
/^}/ && inside {
    inside = 0
    if (FNR - start + 1 > 60)
        breach(start, "a function of " FNR - start + 1 " lines; 60 are the limit")
}
FNR == 501 && FILENAME !~ /\.(y|def)$/ { breach(FNR, "the file is longer than 500 lines: split it by subject") }
END { exit bad }
