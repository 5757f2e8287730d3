# What supply says was in use at the ends of 2024 and 2025 lies within 15 % of Epoch's counts at the latest vintage: the median
# future. As claims these take a minute, since a claim also looks for what would turn it.
while read -r name year counted; do
    echo "$name at $year: $(crux eval --forecast supply --samples 4096 "median($name at $year) within 15% of $counted H100e" | head -1)"
done <<'END'
compute.world 2024 6714469
compute.world 2025 20331768
compute[us] 2025 15594996
compute[china] 2024 667512
compute[china] 2025 1817138
END
