# Colours only where somebody can see them, and never instead of words.
echo 'claim small : 2 + 2 < 5 expect refuted' >a.crux
unset NO_COLOR
crux check a.crux | grep -c "$(printf '\033')"
crux check --color always a.crux | grep -c "$(printf '\033')"
crux check --color never a.crux >never
crux check --color always a.crux | sed "s/$(printf '\033')\[[0-9;]*m//g" | cmp - never && echo 'the same words'
echo 'claim a : (' >b.crux
crux check --color always b.crux 2>&1 | grep -c "$(printf '\033')"
crux check b.crux 2>&1 | grep -c "$(printf '\033')" || true
