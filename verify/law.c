#include "verify/law.h"

#include <math.h>

// ---- shapes -----------------------------------------------------------------------------------------------------------------

// Two half normals about a center, of the value or of its logarithm.
struct bell {
    bool is, logarithmic;
    double center, below, above;
};

static double normal_below(double z)
{
    return 0.5 * erfc(-z * 0.70710678118654752440);
}

// By halving: the standard deviations within which a normal law is with that probability.
static double reach_of(double level)
{
    double low = 0, high = 40;
    for (int i = 0; i < 200; i++) {
        const double middle = 0.5 * (low + high);
        if (2 * normal_below(-middle) > 1 - level)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}

static struct bell bell_between(double a, double center, double b, double level, bool logarithmic)
{
    const double z = reach_of(level);
    if (logarithmic)
        return (struct bell){true, true, center, log(center / a) / z, log(b / center) / z};
    return (struct bell){true, false, center, (center - a) / z, (b - center) / z};
}

static struct bell bell_of(const struct distribution *law)
{
    switch (law->law) {
    case LAW_SPREAD_NORMAL:
    case LAW_SPREAD_ZERO:
        return bell_between(law->a, 0.5 * (law->a + law->b), law->b, law->level, false);
    case LAW_SPREAD_LOGNORMAL:
        return bell_between(law->a, sqrt(law->a * law->b), law->b, law->level, true);
    case LAW_SPREAD_TWO_NORMAL:
    case LAW_SPREAD_TWO_ZERO:
        return bell_between(law->a, law->c, law->b, law->level, false);
    case LAW_SPREAD_TWO_LOGNORMAL:
        return bell_between(law->a, law->c, law->b, law->level, true);
    case LAW_NORMAL:
        return (struct bell){true, false, law->a, law->b, law->b};
    case LAW_LOGNORMAL:
        return (struct bell){true, true, law->a, log(law->b), log(law->b)};
    default:
        return (struct bell){.is = false};
    }
}

static double bell_deviations(const struct bell *bell, double x)
{
    double distance = x - bell->center;
    if (bell->logarithmic)
        distance = x > 0 ? log(x / bell->center) : -INFINITY;
    return distance / (distance < 0 ? bell->below : bell->above);
}

static double bell_value(const struct bell *bell, double z)
{
    const double distance = z * (z < 0 ? bell->below : bell->above);
    return bell->logarithmic ? bell->center * exp(distance) : bell->center + distance;
}

// ---- laws -------------------------------------------------------------------------------------------------------------------

struct distribution law_followed(const struct distribution *law, bool fraction)
{
    struct distribution followed = *law;
    if (!fraction || law_is_discrete(law) || law->law == LAW_KNOWN)
        return followed;
    const bool uncut = !(law->cut_low < law->cut_high);
    followed.cut_low = uncut ? 0 : fmax(law->cut_low, 0);
    followed.cut_high = uncut ? 1 : fmin(law->cut_high, 1);
    return followed;
}

bool law_is_discrete(const struct distribution *law)
{
    return law->law == LAW_CHOICE || law->law == LAW_POSSIBLE;
}

bool law_is_single(const struct distribution *law, double *value)
{
    *value = law->a;
    if (law->law == LAW_KNOWN)
        return true;
    if (law_is_discrete(law)) {
        *value = law->choice_count > 0 ? law->values[0] : NAN;
        return law->choice_count <= 1;
    }
    return (law->law == LAW_BOUNDS || law->law == LAW_UNIFORM) && law->a == law->b;
}

static struct range uncut_ends(const struct distribution *law)
{
    struct range ends = {-INFINITY, INFINITY, false};
    switch (law->law) {
    case LAW_KNOWN:
        return range_of(law->a);
    case LAW_BOUNDS:
    case LAW_UNIFORM:
    case LAW_TRIANGULAR:
    case LAW_PERT:
        return range_between(law->a, law->b);
    case LAW_BETA:
        return range_between(0, 1);
    case LAW_SPREAD_ZERO:
    case LAW_SPREAD_TWO_ZERO:
        ends.low = 0;
        return ends;
    default: // a logarithm has no least value that counts as an end: 0 is never reached
        return ends;
    }
}

struct range law_ends(const struct distribution *law)
{
    struct range ends = uncut_ends(law);
    if (law->cut_low < law->cut_high) {
        ends.low = fmax(ends.low, law->cut_low);
        ends.high = fmin(ends.high, law->cut_high);
    }
    return ends;
}

// Of the uncut law; `upper`: above x instead of below.
static double whole_tail(const struct distribution *law, double x, bool upper)
{
    const struct bell bell = bell_of(law);
    if (bell.is) {
        const double z = bell_deviations(&bell, x);
        return normal_below(upper ? -z : z);
    }
    const double width = law->b - law->a;
    if (law->law == LAW_BOUNDS || law->law == LAW_UNIFORM)
        return fmin(fmax((upper ? law->b - x : x - law->a) / width, 0), 1);
    const struct range ends = uncut_ends(law);
    if (x <= ends.low || x >= ends.high)
        return (x >= ends.high) != upper;
    if (law->law != LAW_TRIANGULAR)
        return NAN;
    const double below = x < law->c ? (x - law->a) / width * ((x - law->a) / (law->c - law->a))
                                    : 1 - (law->b - x) / width * ((law->b - x) / (law->b - law->c));
    return upper ? 1 - below : below;
}

// Of the law within its ends.
static double tail(const struct distribution *law, double x, bool upper)
{
    const struct range ends = law_ends(law);
    if (x <= ends.low || x >= ends.high)
        return (x >= ends.high) != upper;
    const double outside = upper ? whole_tail(law, ends.high, true) : whole_tail(law, ends.low, false);
    const bool from_above = whole_tail(law, ends.low, false) > 0.5;
    const double inside = from_above ? whole_tail(law, ends.low, true) - whole_tail(law, ends.high, true)
                                     : whole_tail(law, ends.high, false) - whole_tail(law, ends.low, false);
    return (whole_tail(law, x, upper) - outside) / inside;
}

double law_below(const struct distribution *law, double x)
{
    return tail(law, x, false);
}

double law_above(const struct distribution *law, double x)
{
    return tail(law, x, true);
}

// ---- what a draw gives ------------------------------------------------------------------------------------------------------

// By halving between two values, the first of which has at most u below it.
static double drawn_at(const struct distribution *law, double u, double low, double high)
{
    for (int i = 0; i < 2000 && nextafter(low, high) < high; i++) {
        const double middle = 0.5 * low + 0.5 * high;
        const bool below = u < 0.5 ? law_below(law, middle) <= u : law_above(law, middle) >= 1 - u;
        if (below)
            low = middle;
        else
            high = middle;
    }
    return u < 0.5 ? low : high;
}

static struct range choices_drawn(const struct distribution *law, double low, double high)
{
    struct range r = range_none();
    double below = 0;
    r.missing = false;
    for (size_t i = 0; i < law->choice_count; i++) {
        const double share = law->law == LAW_CHOICE && law->weights ? law->weights[i] : 1.0 / (double)law->choice_count;
        if (low <= below + share + LAW_SLACK && high >= below - LAW_SLACK) {
            r.low = fmin(r.low, law->values[i]);
            r.high = fmax(r.high, law->values[i]);
        }
        below += share;
    }
    return r;
}

struct range law_drawn(const struct distribution *law, double low, double high)
{
    if (law_is_discrete(law))
        return choices_drawn(law, low, high);
    const struct range ends = law_ends(law);
    const struct bell bell = bell_of(law);
    if (!bell.is && law->law != LAW_BOUNDS && law->law != LAW_UNIFORM && law->law != LAW_TRIANGULAR)
        return range_none();
    const double least = bell.is ? fmax(ends.low, bell_value(&bell, -12)) : ends.low;
    const double most = bell.is ? fmin(ends.high, bell_value(&bell, 12)) : ends.high;
    if ((isinf(ends.low) && low <= 0) || (isinf(ends.high) && high >= 1))
        return range_none();
    const double from = drawn_at(law, low, least, most), to = drawn_at(law, high, least, most), room = LAW_SLACK * (fabs(from) + fabs(to));
    return range_between(fmax(from - room, ends.low), fmin(to + room, ends.high));
}
