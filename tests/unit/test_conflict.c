// Sets of claims that never hold together, against all combinations of their inputs; orders that contradict themselves.
#include <criterion/criterion.h>
#include <string.h>

#include "include/crux.h"
#include "tests/support/judge_model.h"

enum { CLAIMS = 6, INPUTS = 3, WAYS = 1 << INPUTS };

static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

// One truth for each combination of the inputs.
static void list_ways(struct hand *hand, const value_id *inputs, value_id *ways)
{
    for (unsigned way = 0; way < WAYS; way++)
        for (unsigned i = 0; i < INPUTS; i++) {
            const value_id is = way >> i & 1 ? inputs[i] : hand_op(hand, OP_NOT, inputs[i], 0);
            ways[way] = i == 0 ? is : hand_op(hand, OP_AND, ways[way], is);
        }
}

// The truth that holds in exactly the combinations of `table`, of which there is one.
static value_id truth_of(struct hand *hand, const value_id *ways, unsigned table)
{
    value_id any = NO_VALUE;
    for (unsigned way = 0; way < WAYS; way++)
        if (table >> way & 1)
            any = any == NO_VALUE ? ways[way] : hand_op(hand, OP_OR, any, ways[way]);
    return any;
}

static bool is_listed(const struct results *results, const size_t *set, size_t count, struct hand *hand)
{
    for (size_t c = 0; c < results->conflict_count; c++) {
        const struct conflict *it = &results->conflicts[c];
        bool same = it->count == count;
        for (size_t i = 0; same && i < count; i++)
            same = it->claims[i] == &hand->claims[set[i]];
        if (same)
            return true;
    }
    return false;
}

static void check_tables(struct hand *hand, const struct results *results, const unsigned *tables, uint32_t seed)
{
    size_t wanted = 0;
    for (size_t a = 0; a < CLAIMS; a++)
        for (size_t b = a + 1; b < CLAIMS; b++) {
            if (!(tables[a] & tables[b])) {
                wanted++;
                cr_assert(is_listed(results, (size_t[]){a, b}, 2, hand), "seed %u: %zu and %zu", seed, a, b);
            }
            for (size_t c = b + 1; c < CLAIMS; c++)
                if (!(tables[a] & tables[b] & tables[c]) && tables[a] & tables[b] && tables[a] & tables[c] && tables[b] & tables[c]) {
                    wanted++;
                    cr_assert(is_listed(results, (size_t[]){a, b, c}, 3, hand), "seed %u: %zu, %zu and %zu", seed, a, b, c);
                }
        }
    cr_assert_eq(results->conflict_count, wanted, "seed %u: %zu found, %zu there are", seed, results->conflict_count, wanted);
}

Test(conflict, finds_what_all_combinations_show)
{
    for (uint32_t seed = 1; seed <= 12; seed++) {
        static const double no_or_yes[] = {0, 1};
        static const char *const names[CLAIMS] = {"a", "b", "c", "d", "e", "f"};
        uint32_t state = seed;
        struct hand *hand = hand_new();
        value_id inputs[INPUTS];
        unsigned tables[CLAIMS];
        for (size_t i = 0; i < INPUTS; i++)
            inputs[i] = hand_choice(hand, (const char *[]){"x", "y", "z"}[i], 2, no_or_yes, NULL);
        value_id ways[WAYS];
        list_ways(hand, inputs, ways);
        for (size_t c = 0; c < CLAIMS; c++) {
            while ((tables[c] = next(&state) & next(&state) & (next(&state) % 3 ? UINT32_MAX : next(&state)) & ((1u << WAYS) - 1)) == 0)
                continue;
            hand_claim(hand, names[c], NO_VALUE, truth_of(hand, ways, tables[c]));
        }
        check_tables(hand, hand_judge(hand), tables, seed);
        hand_free(hand);
    }
}

Test(conflict, counts_what_no_proof_shows_and_lets_edges_be)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1), half = hand_const(hand, 0.5);
    hand_claim(hand, "most", NO_VALUE, hand_op(hand, OP_LE, x, half));
    hand_claim(hand, "least", NO_VALUE, hand_op(hand, OP_LE, half, x));
    hand_claim(hand, "above", NO_VALUE, hand_op(hand, OP_LT, half, x));
    const struct results *results = hand_judge(hand);
    cr_assert_eq(results->conflict_count, 1);
    cr_assert_eq(results->conflicts[0].claims[0], &hand->claims[0]);
    cr_assert_eq(results->conflicts[0].claims[1], &hand->claims[2]);
    cr_assert_eq(results->conflicts[0].basis, EVIDENCE_PROVED);
    hand_free(hand);
}

Test(conflict, silence_is_no_conflict)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1), y = hand_input(hand, "y", LAW_UNIFORM, 0, 1), half = hand_const(hand, 0.5);
    hand_claim(hand, "low", hand_op(hand, OP_LT, x, half), hand_op(hand, OP_LT, y, half));
    hand_claim(hand, "high", hand_op(hand, OP_LT, half, x), hand_op(hand, OP_LT, half, y));
    hand_claim(hand, "other", hand_op(hand, OP_LT, x, half), hand_op(hand, OP_LT, half, y));
    const struct results *results = hand_judge(hand);
    cr_assert_eq(results->conflict_count, 1);
    cr_assert_eq(results->conflicts[0].claims[0], &hand->claims[0]);
    cr_assert_eq(results->conflicts[0].claims[1], &hand->claims[2]);
    hand_free(hand);
}

Test(conflict, of_two_dates_is_shown_whatever_they_are)
{
    static const char text[] = "input a : date = 2025-04-10\ninput b : date = 2025-04-03\n"
                               "claim first by \"D\" : a < b\nclaim later by \"D\" : a > b\nclaim as_late by \"B\" : a >= b\n";
    struct crux_session *crux = crux_open(NULL);
    cr_assert_eq(crux_add_text(crux, "dates.crux", text, strlen(text)), CRUX_OK);
    cr_assert_eq(crux_check(crux), CRUX_OK);
    cr_assert_eq(crux_conflict_count(crux), 2);
    const struct crux_conflict *own = crux_conflict(crux, 0), *other = crux_conflict(crux, 1);
    cr_assert(own->same_author && own->whatever_inputs && own->basis == CRUX_PROVED && own->count == 2);
    cr_assert_str_eq(own->claims[0], "first");
    cr_assert_str_eq(own->claims[1], "later");
    cr_assert(!other->same_author && other->whatever_inputs);
    cr_assert_str_eq(other->claims[1], "as_late");
    cr_assert_null(crux_conflict(crux, 2));
    crux_close(crux);
}
