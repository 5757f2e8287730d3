# Reads `nm -g --defined-only`: only crux_ names may leave the library.
$2 ~ /^[A-Z]$/ && $3 !~ /^crux_/ { print "libcrux.a exports " $3; bad = 1 }
END { exit bad }
