// Whether a difference is more than chance: the hypergeometric tail against counting all draws, and tables known by hand.
#include <criterion/criterion.h>
#include <math.h>

#include "judge/relation.h"

// Of all ways to draw m of n, of which the first K are marked, the share with at least x marked ones.
static double counted(unsigned x, unsigned n, unsigned marked, unsigned m)
{
    unsigned drawn = 0, so = 0;
    for (unsigned set = 0; set < 1u << n; set++) {
        if ((unsigned)__builtin_popcount(set) != m)
            continue;
        drawn++;
        so += (unsigned)__builtin_popcount(set & ((1u << marked) - 1)) >= x;
    }
    return (double)so / drawn;
}

Test(relation, tail_is_what_counting_gives)
{
    for (unsigned n = 1; n <= 9; n++)
        for (unsigned marked = 0; marked <= n; marked++)
            for (unsigned m = 0; m <= n; m++)
                for (unsigned x = 0; x <= m; x++) {
                    double found = hypergeometric_at_least(x, n, marked, m);
                    cr_assert_float_eq(found, counted(x, n, marked, m), 1e-12, "%u or more of %u, of %u %u marked: %a", x, m, n, marked, found);
                }
}

Test(relation, tail_of_many_neither_overflows_nor_vanishes)
{
    cr_assert_float_eq(hypergeometric_at_least(4096, 16384, 8192, 8192), 0.506, 0.001);
    cr_assert_lt(hypergeometric_at_least(4400, 16384, 8192, 8192), 1e-15);
    cr_assert_eq(hypergeometric_at_least(0, 16384, 1, 16384), 1);
    cr_assert_float_eq(hypergeometric_at_least(1, 16384, 1, 8192), 0.5, 1e-12);
}

Test(relation, few_futures_show_nothing)
{
    // Three of three, where half of all are: that happens by chance one time in eight.
    cr_assert_not(relation_exceeds(&(struct relation_table){.futures = 16384, .hits = 8192, .with = 3, .with_hits = 3}));
    cr_assert(relation_exceeds(&(struct relation_table){.futures = 16384, .hits = 8192, .with = 30, .with_hits = 30}));
    cr_assert_not(relation_exceeds(&(struct relation_table){.futures = 16384, .hits = 8192, .with = 30, .with_hits = 0}));
    cr_assert_not(relation_exceeds(&(struct relation_table){.futures = 16384, .hits = 8192, .with = 16384, .with_hits = 8192}));
    cr_assert_not(relation_exceeds(&(struct relation_table){0}));
}

static const struct joint blank = {.futures = JOINT_FUTURES, .words = JOINT_FUTURES / JOINT_WORD};

Test(relation, table_counts_both_and_its_errors_are_those_of_replicates)
{
    static uint64_t other[JOINT_FUTURES / JOINT_WORD], says[JOINT_FUTURES / JOINT_WORD], hits[JOINT_FUTURES / JOINT_WORD];
    for (size_t w = 0; w < blank.words; w++) {
        says[w] = UINT64_C(0xFFFFFFFF);           // half of all futures
        hits[w] = UINT64_C(0xFFFF);               // half of those: all replicates alike
        other[w] = w % 2 ? UINT64_C(0xFF000000FF) : 0; // a quarter of the words' first 8, and some in which nothing is said
    }
    const struct relation_table table = relation_table(&blank, other, says, hits);
    cr_assert_eq(table.futures, JOINT_FUTURES / 2);
    cr_assert_eq(table.hits, JOINT_FUTURES / 4);
    cr_assert_eq(table.with, JOINT_FUTURES / 16);
    cr_assert_eq(table.with_hits, JOINT_FUTURES / 16);
    cr_assert_eq(table.holds, JOINT_FUTURES / 8);
    cr_assert_float_eq(table.error, 0, 1e-15);
    cr_assert_float_eq(table.with_error, 0, 1e-15);
}
