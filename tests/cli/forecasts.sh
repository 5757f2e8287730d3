# One claim file under several forecasts: what they say differently, and what one of them says nothing about.
. "$TESTS/cli/try"
cat >both.crux <<'END'
use ai2027

scenario no_smuggling { set legal = 0 H100e/year }

claim wide
  "Both speak of the gap"
  under forecast race
  : gap > 5 at 2027
  expect supported
  expect refuted under forecast race

claim invested
  "Only one speaks of investment"
  under forecast race
  : investment_ratio > 1
  expect supported
  expect blocked under forecast race

claim without
  under baseline, no_smuggling
  under forecast race
  : gap > 5 at 2027
  expect supported
  expect supported under no_smuggling
  expect blocked under no_smuggling under forecast race
  expect refuted under forecast race
END
try crux fmt --check both.crux
try crux check both.crux | grep -v '^  crux\|flip\|^  holds\|^ *the central\|^ *central values\|half-widths\|would need'
crux check --format json both.crux >both.json
/usr/bin/python3 - <<'END'
import json
for claim in json.load(open("both.json"))["claims"]:
    print(claim["name"], claim["scenario"], claim["forecast"], claim["verdict"], claim["reason"], claim["as_expected"])
END

# What a file defines on top of what is not there, in all the places where a name can stand.
cat >absent.crux <<'END'
use forecast
input extra = 1 to 2 correlated with legal 0.5
input bought : user = meta_agi
let spent = gap + investment_ratio
let more = spent + 1
let looks_back : 1 = previous(looks_forward, 1) + 1
let looks_forward : 1 = looks_back + investment_ratio
scenario fewer { assume legal > 0 H100e/year }
scenario none { set legal = 0 H100e/year }
claim direct : gap + investment_ratio > 5 at 2027
claim through : more > 5 at 2027
claim back : looks_back > 5 at 2027
claim no_member : compute[rest] > 5 H100e at 2027
claim no_index : some u in user: used.end_2025[u] > 5 H100e
claim each[u in user] : used.end_2025[u] > 5 H100e
claim typed : bought is meta_agi
claim tied : extra > 1
claim set_one with legal = 0 H100e/year : gap > 2 at 2027
claim set_world : (gap under none) > gap at 2026
claim in_world under baseline, fewer, none : gap > 1 at 2026
claim hole with legal = ?w : gap > 2 at 2027
claim falling : gap falls with legal at 2027
claim conceded : gap > 1 at 2026 even if china.legal <= 0.9M H100e/year
claim either : direct or gap > 1 at 2026
claim chance : probability(investment_ratio > 1) > 50%
claim cited cite cf : gap > 1 at 2026 rebuts direct
END
try crux check --forecast race absent.crux | grep '^[a-z]\|why\|exit\|error'
try crux check --forecast ai2027 --quiet absent.crux

# `--forecast` goes for `use forecast`; a file that names its forecast keeps it.
printf 'use forecast\nclaim a : gap > 5 at 2027\n' >default.crux
printf 'use ai2027\nclaim b : gap > 5 at 2027\n' >named.crux
try crux check --quiet --forecast race default.crux named.crux
# A bare `expect` is about the forecast that the file takes in.
printf 'use forecast\nclaim a : gap > 0 at 2026 expect supported expect refuted under forecast race\n' >expects.crux
try crux check --quiet expects.crux
try crux check --quiet --forecast race expects.crux
# A name that nobody defines stays a mistake.
printf 'use race\nclaim a : gapp > 5 at 2027\nclaim b : gap > 5 bananas at 2027\n' >typo.crux
try crux check typo.crux
# Two side by side, by a prefix; what is only in one of them.
printf 'use ai2027\nuse race as race\nclaim a : gap > race.gap at 2027\nclaim b : race.leader[us] > 1 H100e at 2027\n' >prefix.crux
try crux check prefix.crux | grep '^[a-z]\|why'
# What one forecast moves another works out, and where it begins later a claim can be over.
printf 'use forecast\nclaim a : gap > 0 throughout 2025 .. 2026Q1\nclaim b : gap falls with smuggled[china] at 2027\nclaim c : gap > 0 implies (gap at 2026Q1) > 0\n' >later.crux
try crux check --forecast plan_a later.crux | grep '^[a-z]\|why\|error'
try crux check --forecast nope default.crux | sed 's/there are `.*/there are FORECASTS/'
try crux eval --forecast race investment_ratio
try crux eval --forecast race 'gap at 2024'
