# China's domestic chain in the central future, at the two vintages of its data. The figures were found again, to seven digits and for
# all quarters, by a program that shares nothing with this one but the inputs. Money, another subject, does not bind here.
for vintage in 2025-04 2026-11-23; do
    echo "as of $vintage"
    for value in 'fab.d0[n7] at 2026' 'fab.sellable[n5] at 2028' 'die_bank at 2024' 'hbm_bank at 2024' 'sum(packages, 2024)' \
        'sum(hbm.cxmt, 2026)' 'sum(hbm.cxmt, 2027)' 'chip.h100e at 2028' 'limit.dies at 2026' 'hbm_bank at 2026' 'sum(packages, 2026)' \
        'sum(domestic.huawei, 2026)'; do
        echo "$value: $(crux eval --forecast supply --as-of "$vintage" --samples 100 --set 'limit.money = 1000M chip/year' "$value" | head -1)"
    done
done
