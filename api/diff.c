// crux_diff: the same files with what two stores know, or what one knew at two dates.
//
// Both sides are read and checked as for crux_check. Where their programs differ, one program that can be either is compiled
// (dsl/blend.h) and judge/compare answers for both sides, and for mixtures of them.
#include "api/data.h"
#include "api/diff.h"
#include "dsl/diag.h"
#include "dsl/program.h"
#include "engine/compile.h"
#include "judge/compare.h"

// Data change much at once: many items for many claims.
#define DIFF_STEPS 2e9

struct diffing {
    const struct crux_data_side *asked[2];
    struct run runs[2];
    struct data_diff *diff;
};

static const char *side_words(struct crux_session *crux, const struct diff_side *side)
{
    if (side->store.length > 0)
        return arena_printf(&crux->run, "the data of `%.*s`", TEXT_ARGS(side->store));
    return arena_printf(&crux->run, "what was known by %.*s", TEXT_ARGS(side->vintage));
}

// Side A reads the files that side B has read already. What is wrong with them whatever the data was told there; what is wrong
// only with the data of side A is told instead.
static bool load_earlier(struct diffing *d)
{
    struct crux_session *crux = d->runs[1].crux;
    struct diags *told = crux->diags;
    crux->diags = diags_new(&crux->run, crux->sources);
    crux->diags->lints = told->lints;
    run_load(&d->runs[0]);
    if (crux->diags->error_count > 0)
        return false;
    crux->diags = told;
    return true;
}

static bool load_both(struct diffing *d)
{
    struct crux_session *crux = d->runs[1].crux;
    run_load(&d->runs[1]);
    if (crux->diags->error_count == 0)
        need_claims(&d->runs[1]);
    if (crux->diags->error_count > 0)
        return false;
    d->runs[0].library = d->runs[1].library;
    return load_earlier(d);
}

static void compare_road(struct diffing *d, size_t position, struct diff_part *part)
{
    struct run *run = &d->runs[1];
    struct crux_session *crux = run->crux;
    const struct road *from = d->runs[0].roads.at[position], *to = run->roads.at[position];
    *part = (struct diff_part){.changed = changed_data(&crux->run, from->program, to->program), .claim_count = count_selected(to->program)};
    if (to->beside)
        part->forecast = to->forecast.name;
    part->blend = blend_programs(&crux->run, from->program, to->program);
    if (part->blend->item_count == 0 || part->claim_count == 0)
        return;
    const struct model *model = compile_program(&crux->run, part->blend->program, crux->diags);
    const struct blend *before = part->blend->before;
    const struct model *model_before = before ? compile_program(&crux->run, before->program, crux->diags) : NULL;
    if (crux->diags->error_count > 0 || !model || (before && !model_before))
        return;
    struct judge_options options = run_options(run);
    options.coalition_steps = DIFF_STEPS;
    part->compared = judge_compare(&crux->run, &crux->scratch, part->blend, model, model_before, &options);
    crux->report.cancelled = part->compared->cancelled;
    run->questions_before += part->claim_count;
}

static void compare_roads(struct diffing *d)
{
    struct run *run = &d->runs[1];
    struct crux_session *crux = run->crux;
    const size_t count = run->roads.count;
    struct diff_part *parts = arena_array(&crux->run, count, sizeof *parts);
    for (size_t i = 0; i < count; i++)
        run->questions += count_selected(run->roads.at[i]->program);
    d->diff->parts = parts;
    for (size_t i = 0; i < count && !crux->report.cancelled; i++)
        compare_road(d, i, &parts[d->diff->part_count++]);
}

// `--fail-on changed`: some verdict is another one; `--fail-on refuted`: some became so.
static bool is_failure(unsigned fail_on, const struct data_diff *diff)
{
    for (size_t i = 0; i < diff->part_count; i++) {
        const struct compared *compared = diff->parts[i].compared;
        for (size_t k = 0; compared && k < compared->claim_count; k++) {
            const struct compared_claim *claim = &compared->claims[k];
            if (diff_verdict_changed(claim) && (fail_on & FAIL_ON_CHANGED || fail_on >> claim->sides[1].kind & 1))
                return true;
        }
    }
    return false;
}

static void finish(struct diffing *d)
{
    struct crux_session *crux = d->runs[1].crux;
    const bool answered = crux->diags->error_count == 0;
    if (answered) {
        find_unread(&d->runs[0], &d->runs[1], d->diff);
        need_data(&d->runs[0]);
        need_data(&d->runs[1]);
        crux->report.diff = d->diff;
        crux->report.exit_code = crux->report.cancelled ? 2 : is_failure(crux->settings.fail_on, d->diff);
    }
    run_finish(&d->runs[1]);
    if (crux->report.cancelled)
        session_fail(crux, CRUX_CANCELLED, "stopped before the end");
}

static void diff(struct crux_session *crux, void *argument)
{
    struct diffing *d = argument;
    run_start(&d->runs[1], crux);
    if (crux->settings.fail_on & FAIL_ON_STALE) {
        session_fail(crux, CRUX_BAD_ARGUMENT, "only `crux check` knows what is `stale`: two sides have two vintages");
        return;
    }
    d->runs[0] = d->runs[1];
    d->diff = arena_alloc(&crux->run, sizeof *d->diff);
    *d->diff = (struct data_diff){.part_count = 0};
    for (int side = 0; side < 2; side++)
        if (!open_side(&d->runs[side], d->asked[side], &d->diff->sides[side]))
            return;
    d->diff->backwards = d->runs[0].observes && d->runs[1].observes && d->runs[0].observer.vintage > d->runs[1].observer.vintage;
    const bool loaded = load_both(d);
    if (loaded)
        compare_roads(d);
    finish(d);
    if (!loaded && d->runs[0].roads.count > 0)
        session_fail(crux, CRUX_REJECTED, "nothing was compared: with %s the files have %s", side_words(crux, &d->diff->sides[0]),
                     crux->diags->error_count == 1 ? "a mistake" : "mistakes");
}

enum crux_status crux_diff(struct crux_session *crux, const struct crux_data_side *from, const struct crux_data_side *to)
{
    struct diffing d = {.asked = {from, to}};
    return session_enter(crux, diff, &d);
}
