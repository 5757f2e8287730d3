# Arguments: a claim asked for alone stands as it does among all others, whatever file it argues with; and what explain shows of it.
cat >theirs.crux <<'CRUX'
input x : fraction = uniform(0, 1)
claim theirs_low : x < 0.5
claim theirs_answer : x < 0.75 rebuts theirs_doubt
claim theirs_doubt : x > 0.5 rebuts theirs_low
CRUX
cat >mine.crux <<'CRUX'
use "theirs.crux"
input y : fraction = uniform(0, 1)

claim mine_high : x > 0.5 rebuts theirs_low
claim mine_split : y < 0.5 rebuts mine_other
claim mine_other : y > 0.25 implies y > 0.5
claim mine_cut : y < 0.375 undercuts mine_other
claim mine_answer : y > 0.3 rebuts mine_cut
claim mine_fact : 2 + 2 = 4 supports mine_split
claim mine_words "They say so" supports mine_split
CRUX
echo "---- what an argument does to a file that is taken in"
crux explain mine_high mine.crux | sed -n '/^arguments/,/^$/p'
echo "---- the relations of one claim, all of them"
crux explain mine_other mine.crux | sed -n '/^arguments/,/^$/p'
echo "---- a recorded one"
crux explain mine_words mine.crux | sed -n '/^arguments/,/^$/p'

standing_of() { # of each claim in a report: name, standing, why
    awk -F'"' '/^      "name"/ { name = $4 } /^        "standing":/ { kind = $4 } /^        "why":/ { print name ": " kind ": " $4 }'
}
crux check --format json mine.crux | standing_of >all
echo "---- standings"
cat all
for name in mine_high mine_split mine_other mine_cut mine_answer mine_fact mine_words; do
    crux check --filter "$name" --format json mine.crux | standing_of >one
    grep "^$name:" all | cmp -s - one || { echo "$name stands otherwise when it is asked for alone:"; cat one; }
done
echo "---- the summary"
crux check --quiet mine.crux
crux check --quiet --filter mine_high mine.crux
crux check --quiet --seed 7 --sampler philox mine.crux
for threads in 1 3; do
    crux check --threads $threads --format json mine.crux >threads$threads
done
cmp threads1 threads3 && echo "the same on any number of threads"
