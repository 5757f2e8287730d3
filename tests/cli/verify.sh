# Proofs re-checked: hand-made certificates, true and false, and ones that cannot be read.
cat >a.crux <<'END'
input a : 1 = 1 .. 2 "first"
input b : 1 = uniform(1, 3) "second"
claim sum : a + b > 1.9
claim low : b < 0
END
# certificate NAME STATEMENT...: of the claim `sum`.
certificate() {
    {
        echo 'crux certificate 1'
        echo 'file a.crux'
        echo 'claim sum'
        echo 'under baseline'
        echo 'outcome holds'
        echo 'axis 0 value 1 2 a'
        echo 'axis 1 value 1 3 b'
        shift
        printf '%s\n' "$@"
        echo end
    } >c.txt
    crux verify c.txt
    echo "exit $?"
}
certificate true 'leaf 1 2 1 2' 'leaf 1 2 2 3'
certificate gap 'leaf 1 2 1 2'
certificate word 'leaf 1 2 1 x' 2>&1
sed 's/outcome holds/outcome fails/; s/1 x/1 3/' c.txt >d.txt; crux verify d.txt; echo "exit $?"
sed 's/1 x/1 3/; s/a.crux/none.crux/' c.txt >d.txt; crux verify d.txt 2>&1; echo "exit $?"
crux verify --quiet a.crux 2>&1; echo "exit $?"
crux verify 2>&1; echo "exit $?"
crux verify nothing.txt 2>&1; echo "exit $?"
printf 'crux certificate 1\nfile a.crux\nvintage yesterday\nend\n' | crux verify - 2>&1; echo "exit $?"
printf 'crux certificate 1\nfile a.crux\nend\n' | crux verify -; echo "exit $?"
