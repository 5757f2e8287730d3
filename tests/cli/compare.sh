# Two sides compared: scenarios and files of authors, both orders, and every message.
. "$TESTS/cli/try"
# The price of heat by hand: 3000 hours * 10 kW = 30 MWh; a pump at a factor of 4 takes 7.5 MWh.
cat >common.crux <<'CRUX'
input factor = 2.5 to 3.5 to 4.5 "Heat out for power in"
input power = 0.30 USD/kWh
input gas = 0.10 USD/kWh to 0.12 USD/kWh to 0.14 USD/kWh
input price = 8k USD to 10k USD to 12k USD
let heat = 30 MWh
let saved = heat * (gas - power / factor)
CRUX
cat >claims.crux <<'CRUX'
use "common.crux"
claim saves "A pump saves money every year" by "the neighbour" : saved > 0 USD
claim much : saved > 1000 USD
claim never : saved > 100k USD
claim if_dear : gas > 0.12 USD/kWh implies saved > 500 USD
CRUX
cat >mine.crux <<'CRUX'
use "common.crux"
set factor = 2.4
set price = 9k USD
CRUX
cat >theirs.crux <<'CRUX'
use "common.crux"
set factor = 4
assume gas > 0.11 USD/kWh
CRUX
cat >worlds.crux <<'CRUX'
use "common.crux"
scenario cold "A bad pump" { set factor = 2.4 }
scenario mild { set factor = 4 }
scenario mild_too { set factor = 4 }
claim saves : saved > 0 USD
CRUX
try crux compare --samples 4096 mine.crux theirs.crux claims.crux
echo "-- the other way round"
try crux compare --samples 4096 --filter saves theirs.crux mine.crux claims.crux
try crux compare -q --samples 4096 cold mild worlds.crux
try crux compare --samples 4096 baseline mild worlds.crux
try crux compare mild mild_too worlds.crux
echo "-- two claims of one name"
cat >one.crux <<'CRUX'
use "common.crux"
input rent : USD = 100
claim worth : saved > 500 USD
claim same "In my words" : saved > rent
CRUX
cat >other.crux <<'CRUX'
use "common.crux"
input rent : USD = 900
claim worth : saved > 900 USD
claim same "In other words" : saved > rent
claim more : worth and saved < 5000 USD
CRUX
try crux compare --samples 4096 one.crux other.crux
echo "-- one builds on the other"
printf 'use "mine.crux"\nset power = 0.2 USD/kWh\nclaim cheap : power < 0.25 USD/kWh\n' >building.crux
try crux compare mine.crux building.crux
echo "-- what cannot be compared"
try crux compare
try crux compare mine.crux
try crux compare mild mild worlds.crux
try crux compare mine.crux mine.crux claims.crux
try crux compare mine.crux ./mine.crux claims.crux
try crux compare mild mine.crux worlds.crux
try crux compare mild colt worlds.crux
try crux compare mild quite_another worlds.crux
try crux compare mine.crux theirs.crux
try crux compare mine.crux nowhere.crux claims.crux
try crux compare mine.crux ./ claims.crux
try crux compare --filter nothing mine.crux theirs.crux claims.crux
try crux compare --filter nothing cold mild worlds.crux
try crux compare cold mild
printf 'scenario mild { set x = 1 }\ninput x = 2\nclaim a : x > 1\n' >apart.crux
printf 'scenario cold { set x = 1 }\ninput x = 2\nclaim a : x > 1\n' >afar.crux
try crux compare cold mild apart.crux afar.crux
printf 'input x : m = 1\ntimeline 2025 .. 2030 by year\nclaim a : x > 1 m\n' >frame.crux
printf 'input x : km = 1\ntimeline 2025 .. 2031 by year\nclaim a : x > 1 km\n' >other_frame.crux
try crux compare frame.crux other_frame.crux
printf 'input x = 1\nclaim a : y > 1\n' >lacking.crux
printf 'input y = 1\nclaim a : y > 1\n' >lending.crux
try crux compare lacking.crux lending.crux
printf '\000\377\001' >bytes.crux
try crux compare bytes.crux lending.crux
# An input that varies by year is drawn for each year on both sides, and in the mixture too: its share is the whole change.
printf 'timeline 2025 .. 2028 by year\ninput x = 1 to 2 varies by year\nclaim a : (x at 2026) + (x at 2027) > 3.2\n' >vary1.crux
sed 's/1 to 2/1 to 3/' vary1.crux >vary2.crux
try crux compare vary1.crux vary2.crux
