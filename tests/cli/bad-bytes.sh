# Bytes that are no text.
. "$TESTS/cli/try"
printf 'claim a "caf\351" : 1 < 2\n' >latin.crux
try crux check latin.crux
printf 'claim a : 1 < 2\000\n' >nul.crux
try crux check nul.crux
printf '\177ELF\002\001\001\000\000\377\376' >binary.crux
try crux check binary.crux
printf 'claim a : 1e999 > 2\n' >huge.crux
try crux check huge.crux
printf 'claim a "\033[31mred" : (1 <\n' >escape.crux
try crux check escape.crux
printf '\377' >one.crux
try crux eval -u one.crux 1
try crux fmt one.crux
