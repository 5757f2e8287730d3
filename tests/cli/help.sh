# Help of the program and of each command.
. "$TESTS/cli/try"
try crux
try crux --help
for command in check eval explain compare fmt data; do
    try crux $command --help
    crux help $command | cmp - "$(crux $command --help >$command; echo $command)" && echo "crux help $command says the same"
done
for part in import list show history check; do
    try crux data $part --help
    crux help data $part | cmp - "$(crux data $part --help >data-$part; echo data-$part)" && echo "crux help data $part says the same"
done
awk 'length($0) > 80 { print FILENAME ": a line of more than 80 columns: " $0 }' check eval explain fmt data data-*
