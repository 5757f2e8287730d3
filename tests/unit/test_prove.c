// Proofs: what must be shown, and what must never be.
#include "judge/prove.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "crux.h"
#include "judge/inquiry.h"
#include "tests/support/judge_model.h"

// ---- small texts ------------------------------------------------------------------------------------------------------------

struct outcome {
    enum crux_verdict_kind verdict;
    enum crux_basis basis;
    double lower, upper;
};

// The one claim of a text.
static struct outcome check(const char *text)
{
    struct crux_session *crux = crux_open(NULL);
    cr_assert_eq(crux_add_text(crux, "text", text, strlen(text)), CRUX_OK);
    cr_assert_eq(crux_check(crux), CRUX_OK, "%s", crux_message(crux));
    cr_assert_eq(crux_verdict_count(crux), 1);
    const struct crux_verdict *verdict = crux_verdict(crux, 0);
    const struct outcome outcome = {verdict->verdict, verdict->basis, verdict->lower, verdict->upper};
    crux_close(crux);
    return outcome;
}

#define proved(text, kind)                                                                             \
    do {                                                                                               \
        const struct outcome it = check(text);                                                         \
        cr_expect(it.basis == CRUX_PROVED && it.verdict == (kind), "%s: %s, %s", text,                 \
                  crux_verdict_word(it.verdict), crux_basis_word(it.basis));                           \
    } while (0)
#define not_proved(text) cr_expect(check(text).basis != CRUX_PROVED, "%s", text)

Test(prove, holds_and_fails)
{
    proved("input a : 1 = 1 .. 2\ninput b : 1 = uniform(1, 3)\nclaim c : a * b < 7", CRUX_SUPPORTED);
    proved("input a : 1 = 1 .. 2\ninput b : 1 = uniform(1, 3)\nclaim c : a * b > 7", CRUX_REFUTED);
    proved("input a : 1 = 1 to 2\nclaim c : a > 0", CRUX_SUPPORTED);
    const struct outcome it = check("input a : 1 = uniform(1, 3)\nclaim c : a > 0");
    cr_expect(it.lower == 1 && it.upper == 1);
}

Test(prove, edge)
{
    proved("input x : 1 = 0 .. 1\nclaim c : x >= 0", CRUX_SUPPORTED);
    proved("input x : 1 = 0 .. 1\nclaim c : x <= 1", CRUX_SUPPORTED);
    proved("input x : 1 = 0 .. 1\nclaim c : x < 0", CRUX_REFUTED);
    not_proved("input x : 1 = 0 .. 1\nclaim c : x > 0");
    not_proved("input x : 1 = uniform(0, 1)\nclaim c : x > 0"); // the sampler never draws 0
    not_proved("input x : 1 = uniform(0, 1)\nclaim c : x < 1");
}

Test(prove, missing_values_are_never_proved)
{
    not_proved("input x : 1 = uniform(0, 1)\nclaim c : x / x > 0.5"); // 0/0 at one point
    not_proved("input x : 1 = uniform(-1, 1000000000)\nclaim c : ln(x) < 50");
    not_proved("input x : 1 = uniform(0, 1)\ninput y : 1 = uniform(0, 1)\nclaim c : (x / y > -1) or (x < 5 and x / y < -1)");
    proved("input x : 1 = uniform(0, 1)\ninput y : 1 = uniform(0, 1)\nclaim c : x > -1 or x / y > 2", CRUX_SUPPORTED);
}

Test(prove, premise_leaves_out_the_bad_part)
{
    proved("input x : 1 = uniform(0, 4)\ninput y : 1 = uniform(0, 4)\nclaim c : x > 2 and y > 2 implies x * y > 3.5", CRUX_SUPPORTED);
    proved("input x : 1 = uniform(0, 4)\nclaim c : x < 1 implies x > 2", CRUX_REFUTED);
    proved("input x : 1 = uniform(0, 4)\nassume x > 1\nclaim c : x * x > 0.9", CRUX_SUPPORTED);
    proved("input x : 1 = uniform(0, 4)\nclaim c : (x * x > 0.9) unless x < 1", CRUX_SUPPORTED);
    not_proved("input x : 1 = uniform(0, 4)\nclaim c : x > 1 implies x > 1.0000000001");
}

Test(prove, disjunction)
{
    proved("input x : 1 = uniform(0, 4)\nclaim c : x < 3 or x > 2", CRUX_SUPPORTED);
    proved("input x : 1 = uniform(0, 4)\ninput y : 1 = uniform(0, 4)\nclaim c : x + y < 6 or x > 1.5 or y > 3", CRUX_SUPPORTED);
    proved("input x : 1 = uniform(0, 4)\nclaim c : x < 1 and x > 2", CRUX_REFUTED);
}

Test(prove, silent_claims)
{
    proved("input x : 1 = uniform(0, 4)\nclaim c : x > 5 implies x > 2", CRUX_VACUOUS);
    proved("input x : 1 = uniform(0, 4)\nclaim c : x > 2 unless x < 5", CRUX_IDLE);
    proved("input x : 1 = uniform(0, 4)\nassume x > 5\nclaim c : x > 2", CRUX_CONTRADICTORY);
}

Test(prove, windows)
{
    static const char world[] = "timeline 2025Q1 .. 2027Q4 by quarter\ninput g : 1 = uniform(0.1, 0.2)\ninput s : 1 = uniform(1, 2)\n"
                                "let size : 1 = previous(size, s) * (1 + g)\n";
    char text[1000];
    snprintf(text, sizeof text, "%sclaim c : size > 2.5 by 2027Q4", world);
    proved(text, CRUX_SUPPORTED);
    snprintf(text, sizeof text, "%sclaim c : size < 20 throughout 2025Q1 .. 2027Q4", world);
    proved(text, CRUX_SUPPORTED);
    snprintf(text, sizeof text, "%sclaim c : size > 20 by 2027Q4", world);
    proved(text, CRUX_REFUTED);
    snprintf(text, sizeof text, "%sclaim c : size > 3 by 2026Q1", world);
    not_proved(text);
}

Test(prove, choices)
{
    proved("input k : 1 = choice(1: 20%, 2: 30%, 5: 50%)\ninput x : 1 = uniform(0, 1)\nclaim c : k + x < 6.5", CRUX_SUPPORTED);
    proved("input k : 1 = choice(1: 20%, 2: 30%, 5: 50%)\ninput x : 1 = uniform(0, 1)\nclaim c : (k - 3) * (k - 3) + x > 0.9", CRUX_SUPPORTED);
    not_proved("input k : 1 = choice(1: 20%, 2: 30%, 5: 50%)\ninput x : 1 = uniform(0, 1)\nclaim c : (k - 3) * (k - 3) + x > 1.1");
}

Test(prove, paths_move_by_one_draw)
{
    // The points of a path grow together, so their difference is never large.
    static const char text[] = "timeline 2025 .. 2028 by year\ninput p : 1 = interpolate(2025: 1 to 2, 2028: 3 to 6, hold)\n"
                               "claim c : p at 2028 > p at 2025";
    proved(text, CRUX_SUPPORTED);
}

// ---- at the inside ------------------------------------------------------------------------------------------------------------

struct bench {
    struct hand *hand;
    struct work work;
};

static void work_on(struct work *work, struct hand *hand, size_t threads)
{
    *work = (struct work){.arena = &hand->arena, .scratch = &hand->scratch, .model = &hand->model, .options = &hand->options};
    work->run = (struct run_options){.threads = threads};
    work->fixed = arena_array(&hand->arena, hand->model.column_count, sizeof *work->fixed);
    for (size_t i = 0; i < hand->model.column_count; i++)
        work->fixed[i] = NAN;
}

// (x - 0.4)^2 + (y - 0.6)^2 >= 0, the squares written out so that boxes must be small: x*x - 0.8 x + ...
static struct question *hilly(struct hand *hand, double least)
{
    const value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1), y = hand_input(hand, "y", LAW_UNIFORM, 0, 1);
    value_id sum = hand_op(hand, OP_MUL, x, x);
    sum = hand_op(hand, OP_SUB, sum, hand_op(hand, OP_MUL, hand_const(hand, 0.8), x));
    sum = hand_op(hand, OP_ADD, sum, hand_op(hand, OP_MUL, y, y));
    sum = hand_op(hand, OP_SUB, sum, hand_op(hand, OP_MUL, hand_const(hand, 1.2), y));
    sum = hand_op(hand, OP_ADD, sum, hand_const(hand, 0.52));
    return hand_claim(hand, "hilly", NO_VALUE, hand_compare(hand, OP_GT, sum, hand_const(hand, least)));
}

Test(prove, threads_count_the_same_boxes)
{
    uint64_t boxes = 0;
    for (size_t threads = 1; threads <= 4; threads++) {
        struct hand *hand = hand_new();
        struct work work;
        const struct question *question = hilly(hand, -0.001);
        work_on(&work, hand, threads);
        const struct proof *proof = prove_question(&work, question, NULL, PROOF_HOLDS, &(struct proof_effort){0});
        cr_assert_not_null(proof);
        cr_expect(threads == 1 || proof->boxes == boxes);
        boxes = proof->boxes;
        hand_free(hand);
    }
    cr_expect_gt(boxes, 8);
}

Test(prove, effort_is_a_limit)
{
    struct hand *hand = hand_new();
    struct work work;
    const struct question *question = hilly(hand, -0.0000001);
    work_on(&work, hand, 1);
    cr_expect_null(prove_question(&work, question, NULL, PROOF_HOLDS, &(struct proof_effort){.boxes = 4}));
    hand_free(hand);
}

Test(prove, only_one_outcome_is_proved)
{
    struct hand *hand = hand_new();
    struct work work;
    const struct question *question = hilly(hand, -0.01);
    work_on(&work, hand, 1);
    cr_expect_null(prove_question(&work, question, NULL, PROOF_FAILS, &(struct proof_effort){0}));
    cr_expect_null(prove_question(&work, question, NULL, PROOF_IRRELEVANT, &(struct proof_effort){0}));
    cr_expect_not_null(prove_question(&work, question, NULL, PROOF_HOLDS, &(struct proof_effort){0}));
    hand_free(hand);
}

Test(prove, fixed_columns_are_held)
{
    struct hand *hand = hand_new();
    struct work work;
    const value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1), y = hand_input(hand, "y", LAW_UNIFORM, 0, 1);
    const struct question *question = hand_claim(hand, "c", NO_VALUE, hand_compare(hand, OP_GE, x, y));
    work_on(&work, hand, 1);
    const double fixed[] = {1, NAN};
    cr_expect_null(prove_question(&work, question, NULL, PROOF_HOLDS, &(struct proof_effort){0}));
    const struct proof *proof = prove_question(&work, question, fixed, PROOF_HOLDS, &(struct proof_effort){0});
    cr_assert_not_null(proof);
    cr_expect_eq(proof->axis_count, 1);
    const double both[] = {1, 0.5};
    cr_expect_not_null(prove_question(&work, question, both, PROOF_HOLDS, &(struct proof_effort){0}));
    hand_free(hand);
}

// The leaves cover the box: their shares add up to it, and random points are in one.
Test(prove, leaves_cover_the_box)
{
    struct hand *hand = hand_new();
    struct work work;
    const struct question *question = hilly(hand, -0.01);
    work_on(&work, hand, 1);
    const struct proof *proof = prove_question(&work, question, NULL, PROOF_HOLDS, &(struct proof_effort){.keep_leaves = true});
    cr_assert_not_null(proof);
    double covered = 0;
    for (size_t i = 0; i < proof->leaf_count; i++) {
        const double *leaf = proof->leaves + 4 * i;
        covered += (leaf[1] - leaf[0]) * (leaf[3] - leaf[2]);
    }
    cr_expect_float_eq(covered, 1, 1e-9);
    hand_free(hand);
}

Test(prove, a_wrong_proof_is_found_out)
{
    struct hand *hand = hand_new();
    struct work work;
    const value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1);
    const struct question *question = hand_claim(hand, "c", NO_VALUE, hand_compare(hand, OP_GT, x, hand_const(hand, 0.1)));
    work_on(&work, hand, 1);
    const struct finding finding = finding_new(&work, question, work.fixed);
    struct proof_axis axis = {.draw = 0, .variable = 0, .low = 0, .high = 1};
    const struct proof wrong = {.outcome = PROOF_HOLDS, .axis_count = 1, .axes = &axis, .boxes = 1};
    cr_expect(proof_contradicted(&work, &finding, &wrong));
    axis.low = 0.2;
    cr_expect_not(proof_contradicted(&work, &finding, &wrong));
    hand_free(hand);
}
