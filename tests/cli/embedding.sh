# The program in docs/embedding.md compiles, and prints what the page says.
page=$TESTS/../docs/embedding.md
awk '/^<!-- program -->/ { want = 1 } /^```/ && inside { exit } inside { print } want && /^```c/ { inside = 1 }' "$page" >host.c
awk '/^<!-- output -->/ { want = 1; next } want && /^```/ { if (inside) exit; inside = 1; next } inside { print }' "$page" >expected
library=$(dirname "$(command -v crux)")/libcrux.a
flags=
nm "$library" | grep -q __asan_init && flags=-fsanitize=address,undefined
# What a static library was built with has to be linked too: `pkg-config --static` says it of an installed one.
rounding=
nm "$library" | grep -q ' U mpfi_' && rounding='-lmpfi -lmpfr -lgmp'
${CC:-cc} -std=c11 -Wall -Wextra -Wpedantic -Werror $flags -I"$TESTS/../include" -o host host.c "$library" -lsqlite3 $rounding -lm -pthread || exit 1
./host >said
diff expected said && echo 'as the page says'
