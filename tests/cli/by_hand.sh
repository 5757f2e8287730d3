# Models of one or two inputs, where what is true is known by hand.
cat >a.crux <<'END'
input x = uniform(0, 10)
input w = 1 .. 3
input y = uniform(0, 10)
claim thin : abs(x - 3.3333) > 0.004
claim at_end : w <= 3
claim nearly : x + w < 29.999999
  even if w = 20
claim conceded : x + w < 11
  even if w = 30
claim never : x > -1
  even if y > 11
claim inside : x + y > 2
  even if y <= 1
claim edges : (x > 5 and y < 5) or (x < 5 and y > 5)
claim supposed : x > 5 implies y < 11
claim proved : x + w < 31
claim within_it : x + w < 31
  even if w = 20
END
crux check --certificate c.txt a.crux 2>/dev/null
grep '^claim' c.txt
crux verify c.txt
echo 'A proof without the concession is none of the claim:'
sed 's/^claim proved/claim within_it/' c.txt >d.txt
crux verify d.txt | grep within_it
echo 'What moves a claim only at a rare value, between the ends, or nowhere:'
cat >b.crux <<'END'
input rare : truth = choice(yes: 1%, no: 99%)
input middle = choice(1: 30%, 2: 40%, 3: 30%)
input even_sided = uniform(-1, 1)
input idle = 1 .. 2
claim a : not rare
claim b : middle != 2
claim c : abs(even_sided) > 0.01
claim d : floor(idle / 100) < 1
END
crux check b.crux | grep -A1 'moves no claim'
