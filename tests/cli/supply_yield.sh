# Yield of a die with 25 cores of which some may be bad, in the forecast `supply`: its closed forms against adding up over the number
# of bad cores and over the factor that a die's defects share. Nothing is printed when they agree within 0.01 %.
for model in poisson murphy seeds negative_binomial; do
    for spare in none:0 one:1 five:5; do
        for x in 0.3 1.5 4; do
            value=$(crux eval --forecast supply "sold_share($model, 3, 0.6, ${spare%:*}, $x) * 1000000" | head -1 | tr -d ',')
            echo "$model ${spare#*:} $x $value"
        done
    done
done | awk '
    function scaled(text) { return text ~ /k$/ ? text * 1000 : text ~ /M$/ ? text * 1000000 : text + 0 }
    # The chance that all of the die but at most k of its 25 cores is clean, when it expects x defects: a binomial over the cores.
    function alone(k, x,    q, term, all, j) {
        q = exp(-x * 0.6 / 25)
        term = q ^ 25
        for (j = 0; j <= k; j++) {
            all += term
            term *= (25 - j) / (j + 1) * (1 - q) / q
        }
        return all * exp(-x * 0.4)
    }
    # How likely the factor is: a triangle over 0 .. 2, or a gamma law of mean 1.
    function density(model, f) {
        if (model == "murphy") return f < 1 ? f : f < 2 ? 2 - f : 0
        if (model == "seeds") return exp(-f)
        return 27 / 2 * f * f * exp(-3 * f)
    }
    function averaged(model, k, x,    step, f, all) {
        if (model == "poisson") return alone(k, x)
        step = 0.005
        for (f = step / 2; f < 24; f += step) all += density(model, f) * alone(k, x * f) * step
        return all
    }
    {
        expected = averaged($1, $2, $3)
        got = scaled($4) / 1000000
        if (got / expected > 1.0001 || got / expected < 0.9999) print $1, $2, $3, got, "but", expected
        count++
    }
    END { if (count != 36) print count, "values" }'
