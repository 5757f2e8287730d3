# Who may include whom: the table of folders in the README's source tour. Prints each breach.
BEGIN {
    may["base"] = " "
    may["dsl"] = " base "
    may["grammar"] = " base dsl made "
    may["engine"] = " base dsl "
    may["judge"] = " base dsl engine "
    may["store"] = " base dsl judge "
    may["report"] = " base dsl judge store "
    may["verify"] = " base dsl "
    may["api"] = " base dsl grammar engine judge store report verify include "
    may["cli"] = " include "
    may["include"] = " "
}
function breach(what) {
    print FILENAME ":" FNR ": " what
    bad = 1
}
/^#include "/ {
    split(FILENAME, path, "/")
    split($2, part, "\"")
    to = part[2]
    if (to == "crux.h")
        to = "include"
    else if (to == "parser.h" || to == "scanner.h")
        to = "made"
    else
        sub("/.*", "", to)
    if (path[1] != to && index(may[path[1]], " " to " ") == 0)
        breach(path[1] " may not include " to)
}
/^#include <mpfi.h>/ && FILENAME !~ /^verify\/rounded.c/ { breach("only verify/rounded.c includes mpfi.h") }
/^#include <sqlite3.h>/ && FILENAME !~ /^store\// { breach("only store includes sqlite3.h") }
/[^a-z_](malloc|calloc|realloc|free)\(/ && FILENAME !~ /^(base\/arena\.c|cli\/)/ && !/^ *\/\// { breach("memory comes from base/arena.h") }
/[^a-z_](strtod|strtof|atof)\(/ && !/^ *\/\// { breach("numbers are read by base/number.h, which no locale changes") }
END { exit bad }
