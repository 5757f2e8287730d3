# The scenario in which published figures are judged sets uncertain inputs to their own middle.
cd "$TESTS/.." || exit 9
for name in ai2027 plan_a; do
    awk '/^scenario as_published/ { on = 1; next } /^}/ { on = 0 } on' "claims/$name/central.crux" >"$OLDPWD/sets"
    while IFS='=' read -r place value; do
        place=${place#*set }
        ratio=$(crux eval --forecast "$name" "($place) / ($value)" | head -1)
        case $ratio in 1 | 1.0000* | 0.9999*) ;; *) echo "$name: $place is not at its middle: $ratio times" ;; esac
    done <"$OLDPWD/sets"
done
