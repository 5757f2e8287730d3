# Tables of others, read with one statement: chip counts with percentiles, and spending with American dates.
. "$TESTS/cli/try"
cat >sources.csv <<'END'
source_id,title,publisher,published,url
epoch_2026,AI chip sales,Epoch AI,2026-09-25,https://epoch.ai/data/ai-chip-sales
filings,Quarterly filings,,2026,https://example.org/filings
END
cat >chips.csv <<'END'
Name,Chip manufacturer,Start date,End date,Compute estimate in H100e (median),H100e (5th percentile),H100e (95th percentile),Number of Units,"Source / Link",Notes,Incomplete,Chip type
Nvidia - H100 - 2025Q1,Nvidia,2025-01-01,2025-03-31,"412,000","380,100","455,900","412,000",https://epoch.ai/data,"Excludes H20, which is separate",,H100/H200
Huawei - 910C - 2025Q1,Huawei,2025-01-01,2025-03-31,"61,250.5","41,000","90,000","76,500",https://epoch.ai/data,,Yes,Ascend 910C
Google - TPU v6e - 2025Q1,Google,2025-01-01T00:00:00Z,2025-03-31T00:00:00Z,N/A,,,,https://epoch.ai/data,"not yet estimated",,TPU v6e (Trillium)
END
cat >map <<'END'
subject = epoch.{Chip manufacturer}.{Chip type}, quantity = h100e,
low = {H100e (5th percentile)}, central = {Compute estimate in H100e (median)}, high = {H100e (95th percentile)},
unit = H100e, valid_date = {Start date} .. {End date}, known_from = 2026-09-25,
source_id = epoch_2026, basis = stated, note = {Notes}
END
try crux data import --db mine.db chips.csv sources.csv --map "$(cat map)"
try crux data show epoch.huawei.ascend_910c.h100e --db mine.db --as-of 2026-10
try crux data list epoch --db mine.db --as-of 2026-10
echo '--- two figures of each row'
try crux data import --db both.db chips.csv sources.csv --map "$(cat map)" --map 'subject = epoch.{Chip manufacturer}.{Chip type},
  quantity = units, central = {Number of Units}, unit = chip, valid_date = {Start date} .. {End date},
  known_from = 2026-09-25, source_id = epoch_2026, basis = derived'
crux data list 'epoch.*.units' --db both.db --as-of 2026-10
echo '--- other dates, money in millions, a name that is not there'
cat >spending.csv <<'END'
Company,"Capex, $ million",Quarter end,Filed
Meta Platforms,"$13,692",3/31/2025,4/30/2025
Alphabet,"$17,197.5",3/31/2025,4/24/2025
END
map='subject = filed.{Company}, quantity = capex, central = "{Capex, $ million}e6", unit = USD, valid_date = {Quarter end as m/d/y},
  known_from = {Filed as m/d/y}, source_id = filings, basis = stated'
try crux data import --db mine.db spending.csv --map "$map"
crux data list filed --db mine.db --as-of 2026-10
try crux data import --db mine.db spending.csv --map "$(echo "$map" | sed 's/Company/Compny/')"
try crux data import --db mine.db spending.csv --map "$(echo "$map" | sed 's/ as m.d.y//g')"
try crux data import --db mine.db spending.csv --map 'subject = a, quantity = b, centrl = {Capex}'
try crux data import --db mine.db spending.csv
