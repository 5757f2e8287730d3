// Mixtures of two sides against scenarios written by hand: each coalition must get the verdict that a check of the text with just
// these sets gives. The text and the seed of a program that does not agree are printed.
#include <criterion/criterion.h>
#include <math.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "engine/compile.h"
#include "judge/coalition.h"
#include "tests/support/checked.h"
#include "tests/support/random.h"

enum { PROGRAMS = 24, TARGETS = 6, SAMPLES = 1024 };
// With laws of its own a text draws other numbers than the blend of its sides: then only so near, of SAMPLES futures.
#define NEAR 0.1

static jmp_buf no_memory;

// What can be set: an input, a definition, or one member of either; and what the sides make of it, NULL: nothing.
struct thing {
    const char *name, *sides[2];
};

struct draft {
    struct arena arena;
    uint64_t random;
    bool draws; // some value is a law
    struct thing things[TARGETS];
};

static size_t below(struct draft *draft, size_t count)
{
    return random_below(&draft->random, (unsigned)count);
}

static const char *value_for(struct draft *draft, const char *name)
{
    const double number = (double)below(draft, 40) / 10;
    switch (below(draft, 6 + draft->draws)) {
    case 0:
        return NULL;
    case 1:
        return arena_printf(&draft->arena, "%s * 0.5", name);
    case 2:
        return arena_printf(&draft->arena, "(if base > 1 then %s else %g) * 1", name, number);
    case 3:
        return arena_printf(&draft->arena, "base + %g", number);
    case 6:
        return arena_printf(&draft->arena, "%g to %g", number + 0.5, number + 2);
    default:
        return arena_printf(&draft->arena, "%g", number);
    }
}

static void write_sets(struct draft *draft, struct buffer *out, unsigned mask)
{
    for (size_t i = 0; i < TARGETS; i++) {
        const struct thing *thing = &draft->things[i];
        const char *value = thing->sides[mask >> i & 1];
        if (value != NULL)
            buffer_printf(out, " set %s = %s", thing->name, value);
    }
    buffer_add_string(out, mask & 1u << TARGETS ? " assume base < 1.8" : "");
}

// `mixed`: the claims stand under one scenario that holds the sets of the mask; else there are sides a and b.
static const char *write(struct draft *draft, bool mixed, unsigned mask)
{
    struct buffer out = buffer_on(&draft->arena);
    const char *under = mixed ? " under mix" : "";
    buffer_add_string(&out, "index m = one, two\n"
                            "input base : 1 = uniform(0, 2)\n"
                            "input x : 1 = normal(1, 1)\n"
                            "input wide : 1 = 0.5 .. 1.5\n"
                            "input way : 1 = choice(1: 50%, 2: 30%, 3: 20%)\n"
                            "input v[i in m] : 1 = uniform(0, 3)\n"
                            "let d = x + base\n"
                            "let e[i in m] = v[i] * d\n"
                            "let cap = min(sum: d, chosen: way)\n");
    buffer_printf(&out, "claim sums%s : sum(e[i] over i in m) > 2\n", under);
    buffer_printf(&out, "claim often%s : base > 0.5 implies d + way > 2 even if x = 1\n", under);
    buffer_printf(&out, "claim bounded%s : e[one] > wide\n", under);
    buffer_printf(&out, "claim counted%s : probability(d > 1) > 60%%\n", under);
    buffer_printf(&out, "claim limit%s : chosen binds cap\n", under);
    buffer_printf(&out, "claim apart%s : way + d > d + 1.5\n", under);
    if (mixed) {
        buffer_add_string(&out, "scenario mix {");
        write_sets(draft, &out, mask);
        buffer_add_string(&out, " }\n");
    } else {
        buffer_add_string(&out, "scenario a {");
        write_sets(draft, &out, 0);
        buffer_add_string(&out, " }\nscenario b {");
        write_sets(draft, &out, (2u << TARGETS) - 1);
        buffer_add_string(&out, " }\n");
    }
    return out.at;
}

static void make_things(struct draft *draft)
{
    static const char *const names[TARGETS] = {"x", "d", "v[one]", "e[two]", "way", "cap"};
    for (size_t i = 0; i < TARGETS; i++) {
        draft->things[i].name = names[i];
        for (int side = 0; side < 2; side++)
            draft->things[i].sides[side] = value_for(draft, names[i]);
    }
}

// ---- both ways -----------------------------------------------------------------------------------------------------------

static const struct scenario *scenario_named(const struct program *program, const char *name)
{
    for (size_t i = 0; i < program->scenario_count; i++)
        if (text_is(program->scenarios[i]->name, name))
            return program->scenarios[i];
    return NULL;
}

static bool same_probability(const struct probability *a, const struct probability *b)
{
    return memcmp(a, b, sizeof *a) == 0 || (fabs(a->lower - b->lower) < 1e-12 && fabs(a->upper - b->upper) < 1e-12 && fabs(a->estimate - b->estimate) < 1e-12);
}

struct mixing {
    struct draft *draft;
    struct checked sides;
    struct arena scratch, aside;
    struct judge_options options;
    const struct blend *blend;
    struct stage stages[2];
};

// The switches as the mask has them: items and things have the same names.
static void mix(const struct mixing *mixing, const struct contest *contest, unsigned mask, bool *switched)
{
    for (size_t i = 0; i < contest->count; i++) {
        const struct blend_item *item = &mixing->blend->items[contest->items[i]];
        switched[i] = mask >> TARGETS & 1;
        for (size_t t = 0; t < TARGETS; t++)
            if (text_is(item->name, mixing->draft->things[t].name))
                switched[i] = mask >> t & 1;
    }
}

static bool agrees(const struct mixing *mixing, enum verdict_kind kind, const struct probability *probability, const struct verdict *wanted)
{
    if (!mixing->draft->draws)
        return kind == wanted->kind && same_probability(probability, &wanted->probability);
    // A claim about a number may turn on its estimate.
    const bool far = fabs(probability->estimate - wanted->probability.estimate) > NEAR;
    return !far || text_is(wanted->claim->name, "counted");
}

static struct contest contest_for(struct mixing *mixing, struct text claim)
{
    struct contest contest = {.scratch = &mixing->scratch, .aside = &mixing->aside, .options = &mixing->options, .blend = mixing->blend, .stages = mixing->stages};
    const struct model *model = mixing->stages[0].model;
    for (size_t i = 0; i < model->question_count; i++)
        if (text_equal(model->questions[i].claim->name, claim) && contest.questions[0]++ == 0)
            contest.first[0] = contest.first[1] = i;
    contest.questions[1] = contest.questions[0];
    contest_open(&contest);
    return contest;
}

static void agree(struct mixing *mixing, unsigned mask, uint64_t seed)
{
    struct checked by_hand;
    const char *text = write(mixing->draft, true, mask);
    checked_make(&by_hand, text);
    const struct model *model = compile_program(&by_hand.arena, by_hand.program, by_hand.diags);
    cr_assert(model, "seed %llu: %s\n%s", (unsigned long long)seed, checked_codes(&by_hand), text);
    const struct results *results = judge_model(&by_hand.arena, &mixing->scratch, model, &mixing->options);
    for (size_t i = 0; i < results->verdict_count; i++) {
        const struct verdict *wanted = &results->verdicts[i];
        struct contest contest = contest_for(mixing, wanted->claim->name);
        bool *switched = arena_array(&mixing->scratch, contest.count, sizeof *switched);
        enum verdict_kind kind;
        struct probability probability;
        mix(mixing, &contest, mask, switched);
        cr_assert(coalition_verdict(&contest, switched, &kind, &probability));
        cr_expect(agrees(mixing, kind, &probability, wanted), "seed %llu, mask %u, %.*s: %s %g, by hand %s %g\n%s",
                  (unsigned long long)seed, mask, TEXT_ARGS(wanted->claim->name), verdict_words[kind], probability.estimate, verdict_words[wanted->kind],
                  wanted->probability.estimate, text);
    }
    checked_free(&by_hand);
}

static void mix_all(uint64_t seed)
{
    struct draft draft = {.random = seed, .draws = seed % 3 == 0};
    if (setjmp(no_memory))
        abort();
    arena_init(&draft.arena, &system_allocator, &no_memory);
    make_things(&draft);
    struct mixing mixing = {.draft = &draft, .options = {.seed = seed, .threads = 1, .samples = SAMPLES, .no_proofs = true, .verdicts_only = true}};
    arena_init(&mixing.scratch, &system_allocator, &no_memory);
    arena_init(&mixing.aside, &system_allocator, &no_memory);
    const char *text = write(&draft, false, 0);
    checked_make(&mixing.sides, text);
    cr_assert(scenario_named(mixing.sides.program, "b"), "seed %llu: %s\n%s", (unsigned long long)seed, checked_codes(&mixing.sides), text);
    struct arena *arena = &mixing.sides.arena;
    mixing.blend = blend_scenarios(arena, mixing.sides.program, scenario_named(mixing.sides.program, "a"), scenario_named(mixing.sides.program, "b"));
    const struct model *model = compile_program(arena, mixing.blend->program, mixing.sides.diags);
    cr_assert(model, "seed %llu: %s\n%s", (unsigned long long)seed, checked_codes(&mixing.sides), text);
    mixing.stages[0] = mixing.stages[1] = stage_of(arena, mixing.blend, model);
    for (unsigned mask = 0; mask < 2u << TARGETS; mask += 1 + (unsigned)below(&draft, 9))
        agree(&mixing, mask, seed);
    agree(&mixing, (2u << TARGETS) - 1, seed);
    checked_free(&mixing.sides);
    arena_reset(&mixing.scratch);
    arena_reset(&mixing.aside);
    arena_reset(&draft.arena);
}

Test(compare, mixtures_are_what_they_would_be_by_hand)
{
    for (uint64_t seed = 1; seed <= PROGRAMS; seed++)
        mix_all(seed);
}
