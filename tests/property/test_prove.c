// Generated claims whose answer is known: what holds with some slack over at most six inputs is proved, and what a search finds
// wrong anywhere in the box never is.
#include "judge/prove.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "tests/support/judge_model.h"
#include "tests/support/random.h"

enum { CLAIMS = 1000, POINTS = 4096, INPUTS_MOST = 6, HARDER = 8192 };

struct claim_made {
    struct hand *hand;
    value_id inputs[INPUTS_MOST], value;
    size_t input_count;
    uint64_t *random;
};

static double between(uint64_t *random, double low, double high)
{
    return low + (high - low) * (double)(random_bits(random) >> 11) * 0x1p-53;
}

static void add_input(struct claim_made *made)
{
    static const double choices[] = {0.5, 2, 1, 3};
    const size_t i = made->input_count++;
    char *name = arena_array(&made->hand->arena, 3, 1);
    name[0] = 'x';
    name[1] = (char)('0' + i);
    const double low = between(made->random, 0.2, 2), high = low + between(made->random, 0.1, 2);
    switch (random_below(made->random, 6)) {
    case 0:
        made->inputs[i] = hand_input(made->hand, name, LAW_BOUNDS, low, high);
        break;
    case 1:
        made->inputs[i] = hand_input(made->hand, name, LAW_SPREAD_LOGNORMAL, low, high);
        break;
    case 2:
        made->inputs[i] = hand_choice(made->hand, name, 4, choices, NULL);
        break;
    case 3:
        made->inputs[i] = hand_input(made->hand, name, LAW_NORMAL, low + high, 0.1);
        break;
    default:
        made->inputs[i] = hand_input(made->hand, name, LAW_UNIFORM, low, high);
    }
}

// Sums and products are of few terms, so that six inputs are within the reach of boxes.
static value_id term(struct claim_made *made, value_id x, value_id y)
{
    struct hand *hand = made->hand;
    switch (random_below(made->random, 10)) {
    case 0:
        return hand_op(hand, OP_MUL, x, y);
    case 1:
        return hand_op(hand, OP_DIV, x, y);
    case 2:
        return hand_op(hand, OP_LN, hand_op(hand, OP_ADD, x, y), NO_VALUE);
    case 3:
        return hand_op(hand, OP_EXP, hand_op(hand, OP_SUB, hand_op(hand, OP_MUL, x, hand_const(hand, 0.2)), hand_op(hand, OP_MUL, y, hand_const(hand, 0.1))), NO_VALUE);
    case 4:
        return hand_op(hand, OP_SUB, hand_op(hand, OP_MUL, x, hand_const(hand, 2)), hand_op(hand, OP_MUL, x, x)); // not monotone
    case 5:
        return hand_op(hand, OP_MIN, x, hand_op(hand, OP_MUL, y, hand_const(hand, 1.5)));
    case 6:
        return hand_op(hand, OP_MAX, hand_op(hand, OP_SUB, x, y), hand_const(hand, 0.1));
    case 7:
        return hand_op(hand, OP_ABS, hand_op(hand, OP_SUB, x, y), NO_VALUE);
    case 8:
        return hand_op(hand, OP_POW, x, hand_const(hand, 0.7));
    default:
        return hand_op(hand, OP_SQRT, hand_op(hand, OP_ADD, x, hand_op(hand, OP_MUL, y, y)), NO_VALUE);
    }
}

static void make_value(struct claim_made *made)
{
    const size_t count = 1 + random_below(made->random, INPUTS_MOST);
    for (size_t i = 0; i < count; i++)
        add_input(made);
    made->value = made->inputs[0];
    for (size_t i = 0; i < count; i++) {
        const value_id more = term(made, made->inputs[i], made->inputs[random_below(made->random, (unsigned)count)]);
        made->value = hand_op(made->hand, random_below(made->random, 2) ? OP_ADD : OP_SUB, made->value, more);
    }
}

static void work_on(struct work *work, struct hand *hand)
{
    *work = (struct work){.arena = &hand->arena, .scratch = &hand->scratch, .model = &hand->model, .options = &hand->options};
    work->run = (struct run_options){.threads = 1};
    work->fixed = arena_array(&hand->arena, hand->model.column_count, sizeof *work->fixed);
    for (size_t i = 0; i < hand->model.column_count; i++)
        work->fixed[i] = NAN;
}

struct range {
    double low, high;
};

// Over corners and inner points of the whole box, p0.01 .. p99.99.
static struct range search(const struct claim_made *made, struct work *work)
{
    struct hand *hand = made->hand;
    const double **points = arena_array(&hand->scratch, hand->model.column_count, sizeof *points);
    double *results = arena_array(&hand->scratch, POINTS, sizeof *results);
    for (size_t c = 0; c < made->input_count; c++) {
        double *column = arena_array(&hand->scratch, POINTS, sizeof *column);
        for (size_t k = 0; k < POINTS; k++) {
            const double u = between(made->random, -0.4, 1.4);
            column[k] = column_quantile(&hand->model.columns[c], u < 0.0001 ? 0.0001 : u > 0.9999 ? 0.9999 : u);
        }
        points[c] = column;
    }
    work_points(work, tape_make(&hand->scratch, &hand->model, &made->value, 1), work->fixed, points, POINTS, &results);
    struct range range = {INFINITY, -INFINITY};
    for (size_t k = 0; k < POINTS; k++) {
        range.low = fmin(range.low, results[k]);
        range.high = fmax(range.high, results[k]);
    }
    return range;
}

static bool is_proved(struct claim_made *made, double limit, enum proof_outcome outcome)
{
    struct hand *hand = made->hand;
    struct work work;
    hand->comparison_count = 0;
    const struct question *question = hand_claim(hand, "made", NO_VALUE, hand_compare(hand, OP_GT, made->value, hand_const(hand, limit)));
    work_on(&work, hand);
    return prove_question(&work, question, NULL, outcome, &(struct proof_effort){0}) != NULL;
}

// The slack is that of a search, and six inputs have corners that a search misses: before a claim without a proof counts as a
// failure of the prover, it is searched harder for a point to the contrary.
static bool is_proved_or_false(struct claim_made *made, double limit, enum proof_outcome outcome)
{
    if (is_proved(made, limit, outcome))
        return true;
    struct work work;
    work_on(&work, made->hand);
    for (size_t i = 0; i < HARDER; i++) {
        const struct range found = search(made, &work);
        if (outcome == PROOF_HOLDS ? found.low <= limit : found.high > limit)
            return true;
    }
    return false;
}

Test(prove_made, slack_is_enough_and_needed, .timeout = 300)
{
    uint64_t random = random_seed();
    for (size_t i = 0; i < CLAIMS; i++) {
        const uint64_t seed = random;
        struct claim_made made = {.hand = hand_new(), .random = &random};
        struct work work;
        make_value(&made);
        work_on(&work, made.hand);
        const struct range found = search(&made, &work);
        const double width = found.high - found.low, slack = 0.1 * width + 1e-6, inside = 0.01 * width;
        cr_expect(is_proved_or_false(&made, found.low - slack, PROOF_HOLDS), "claim %zu of seed %llu, above %g", i, (unsigned long long)seed, found.low - slack);
        cr_expect(is_proved_or_false(&made, found.high + slack, PROOF_FAILS), "claim %zu of seed %llu, never above %g", i, (unsigned long long)seed, found.high + slack);
        const bool same = !(width > 1e-9 * fabs(found.high)); // everywhere
        cr_expect(same || !is_proved(&made, found.low + inside, PROOF_HOLDS), "claim %zu of seed %llu: a point fails", i, (unsigned long long)seed);
        cr_expect(same || !is_proved(&made, found.high - inside, PROOF_FAILS), "claim %zu of seed %llu: a point holds, width %g", i, (unsigned long long)seed, width);
        hand_free(made.hand);
    }
}
