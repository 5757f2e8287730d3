// What claims do in the same futures, against what the inputs of those futures say directly.
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "judge/joint.h"
#include "tests/support/judge_model.h"

static struct work work_on(struct hand *hand, size_t threads)
{
    struct work work = {.arena = &hand->arena, .scratch = &hand->scratch, .model = &hand->model, .options = &hand->options, .deadline = INFINITY};
    work.run.threads = threads;
    work.fixed = arena_array(&hand->arena, hand->model.column_count, sizeof *work.fixed);
    for (size_t i = 0; i < hand->model.column_count; i++)
        work.fixed[i] = NAN;
    return work;
}

static double share(const struct joint *joint, const uint64_t *a, const uint64_t *b)
{
    return (double)joint_count(joint, a, b) / (double)joint->futures;
}

Test(judge_joint, counts_what_claims_do_together)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1), y = hand_input(hand, "y", LAW_BOUNDS, 0, 1);
    value_id low = hand_op(hand, OP_LT, x, hand_const(hand, 0.25)), high = hand_op(hand, OP_GT, x, hand_const(hand, 0.5));
    hand_claim(hand, "low", NO_VALUE, low);
    hand_claim(hand, "high", NO_VALUE, high);
    hand_claim(hand, "given", high, hand_op(hand, OP_GT, y, hand_const(hand, 0.5)));
    struct work work = work_on(hand, 1);
    const struct joint *joint = joint_of(&work);
    cr_assert_eq(joint->row_count, 3);
    const struct joint_row *a = &joint->rows[0], *b = &joint->rows[1], *given = joint_row_of(joint, &hand->claims[2], -1);
    cr_assert_eq(given, &joint->rows[2]);
    cr_assert_float_eq(share(joint, a->holds, NULL), 0.25, 0.002);
    cr_assert_eq(joint_count(joint, a->holds, b->holds), 0);
    cr_assert_eq(joint_count(joint, a->holds, b->fails), joint_count(joint, a->holds, NULL));
    cr_assert_eq(joint_count(joint, given->premise, NULL), joint_count(joint, b->holds, NULL));
    cr_assert_float_eq(share(joint, given->holds, NULL), 0.25, 0.005);
    cr_assert_float_eq(share(joint, given->true_there, NULL), 0.75, 0.005);
    cr_assert_eq(joint_count(joint, given->true_there, a->holds), joint_count(joint, a->holds, NULL));
    cr_assert_eq(joint_count(joint, given->admissible, NULL), joint->futures);
    hand_free(hand);
}

// The bit of every future is what its own input says.
struct direct {
    const struct joint *joint;
    size_t wrong, seen;
};

static void compare_block(void *user, size_t worker, const struct block *block)
{
    (void)worker;
    struct direct *direct = user;
    for (size_t lane = 0; lane < block->lanes; lane++) {
        uint64_t future = (block->first & ((UINT64_C(1) << 40) - 1)) + lane, word = future / JOINT_WORD, bit = UINT64_C(1) << future % JOINT_WORD;
        double x = block->columns[0][lane], y = block->columns[1][lane];
        bool holds = x < 0.4 && y >= -1 && y < x, fails = x < 0.4 && y >= -1 && !(y < x);
        direct->wrong += holds != ((direct->joint->rows[0].holds[word] & bit) != 0);
        direct->wrong += fails != ((direct->joint->rows[0].fails[word] & bit) != 0);
        direct->wrong += (y >= -1 && (x >= 0.4 || y < x)) != ((direct->joint->rows[0].true_there[word] & bit) != 0);
        direct->seen++;
    }
}

Test(judge_joint, each_future_is_evaluated_as_itself)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1), y = hand_input(hand, "y", LAW_NORMAL, 0, 1);
    struct question *question = hand_claim(hand, "c", hand_op(hand, OP_LT, x, hand_const(hand, 0.4)), hand_op(hand, OP_LT, y, x));
    question->assumed = hand_op(hand, OP_GE, y, hand_const(hand, -1));
    struct work work = work_on(hand, 1);
    struct direct direct = {joint_of(&work), 0, 0};
    value_id roots[] = {question->premise, question->conclusion};
    struct tape *tape = tape_make(&hand->arena, &hand->model, roots, 2);
    cr_assert(work_futures(&work, tape, work.fixed, JOINT_FIRST, JOINT_FUTURES, compare_block, &direct));
    cr_assert_eq(direct.seen, JOINT_FUTURES);
    cr_assert_eq(direct.wrong, 0);
    hand_free(hand);
}

Test(judge_joint, what_is_undefined_is_in_none)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1), none = hand_op(hand, OP_LT, hand_const(hand, NAN), x);
    hand_claim(hand, "premised", hand_op(hand, OP_LT, x, hand_const(hand, 0.25)), none);
    struct work work = work_on(hand, 1);
    const struct joint *joint = joint_of(&work);
    const struct joint_row *row = &joint->rows[0];
    cr_assert_eq(joint_count(joint, row->premise, NULL) + joint_count(joint, row->holds, NULL) + joint_count(joint, row->fails, NULL), 0);
    cr_assert_float_eq(share(joint, row->true_there, NULL), 0.75, 0.002); // where the premise fails the condition is true
    hand_free(hand);
}

Test(judge_joint, is_the_same_for_any_number_of_threads)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_NORMAL, 0, 1), y = hand_input(hand, "y", LAW_NORMAL, 0, 1);
    hand_claim(hand, "c", NO_VALUE, hand_op(hand, OP_LT, x, y));
    struct work one = work_on(hand, 1), three = work_on(hand, 3);
    const struct joint *a = joint_of(&one), *b = joint_of(&three);
    cr_assert_eq(memcmp(a->rows[0].holds, b->rows[0].holds, a->words * sizeof *a->rows[0].holds), 0);
    hand_free(hand);
}
