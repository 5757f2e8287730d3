// What the author said to expect.
#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "judge/inquiry.h"

enum { CHANGE_FUTURES = 4096 };
#define CHANGE_ENOUGH 0.05
#define CHANGE_PART 0.25 // of the rarer outcome

const struct expectation *expectation_of(const struct verdict *verdict)
{
    const struct claim *claim = verdict->claim;
    const struct expectation *best = NULL;
    int most = -1;
    for (size_t i = 0; i < claim->expectation_count; i++) {
        const struct expectation *it = &claim->expectations[i];
        const int said = (it->scenario ? 2 : 0) + (it->forecast.length > 0 ? 1 : 0);
        if ((it->scenario && it->scenario != verdict->scenario) || said <= most)
            continue;
        best = it;
        most = said;
    }
    return best;
}

// "capex" names all of capex[us], capex[china]; "capex[us]" only itself.
static bool named(struct text full, struct text name)
{
    if (full.length < name.length || memcmp(full.at, name.at, name.length) != 0)
        return false;
    return full.length == name.length || full.at[name.length] == '[';
}

static bool flips_inside(const struct verdict *verdict, struct text name)
{
    for (size_t i = 0; i < verdict->crux_count; i++) {
        const struct crux *it = &verdict->cruxes[i];
        if (!named(it->name, name))
            continue;
        for (size_t k = 0; k < it->flip_count; k++)
            if (it->flips_at[k] >= it->low && it->flips_at[k] <= it->high)
                return true;
    }
    return false;
}

// ---- truth that changes when an input goes from end to end -------------------------------------------------------------

struct truths {
    uint64_t first;
    const struct question *question;
    signed char *at; // 1, 0, or -1 where the claim is not relevant
};

static void keep_truths(void *user, size_t worker, const struct block *block)
{
    (void)worker;
    const struct truths *truths = user;
    double counts[COUNT_FIXED + 1];
    struct question bare = *truths->question;
    bare.when_count = bare.term_count = bare.assumption_count = 0;
    for (size_t lane = 0; lane < block->lanes; lane++) {
        bool undefined;
        memset(counts, 0, sizeof counts);
        tally_add(&bare, counts, block->roots, lane, 1, &undefined);
        bool known = counts[COUNT_HOLDS] + counts[COUNT_FAILS] > 0;
        truths->at[block->first - truths->first + lane] = known ? (signed char)(counts[COUNT_HOLDS] > 0) : -1;
    }
}

static void move_to(const struct work *work, const struct variable *variable, double share, double *fixed)
{
    double at = variable->bounds_only ? (share < 0.5 ? 0 : 1) : share;
    for (size_t c = 0; c < variable->column_count; c++)
        fixed[variable->columns[c]] = column_quantile(&work->model->columns[variable->columns[c]], at);
}

static bool enough_change(const signed char *low, const signed char *high)
{
    size_t both = 0, changed = 0, holds = 0;
    for (size_t k = 0; k < CHANGE_FUTURES; k++) {
        if (low[k] < 0 || high[k] < 0)
            continue;
        both++;
        changed += low[k] != high[k];
        holds += (size_t)low[k] + (size_t)high[k];
    }
    double share = both > 0 ? (double)holds / (2 * (double)both) : 0;
    double rarer = share < 0.5 ? share : 1 - share;
    return changed > 0 && (double)changed >= fmin(CHANGE_ENOUGH, rarer * CHANGE_PART) * (double)both;
}

static bool changes_truth(struct work *work, const struct finding *finding, const struct variable *variable)
{
    struct arena_mark mark = arena_mark(work->scratch);
    const struct question *question = finding->question;
    value_id *roots = arena_array(work->scratch, question_roots(question, NULL), sizeof *roots);
    size_t root_count = question_roots(question, roots);
    const struct tape *tape = tape_make(work->scratch, work->model, roots, root_count);
    signed char *ends[2];
    bool done = true;
    for (int end = 0; end < 2; end++) {
        double *fixed = arena_array(work->scratch, work->model->column_count, sizeof *fixed);
        memcpy(fixed, finding->central.fixed, work->model->column_count * sizeof *fixed);
        move_to(work, variable, end ? 0.95 : 0.05, fixed);
        ends[end] = arena_array(work->scratch, CHANGE_FUTURES, 1);
        struct truths truths = {SEARCH_FIRST, question, ends[end]};
        done = done && work_futures(work, tape, fixed, SEARCH_FIRST, CHANGE_FUTURES, keep_truths, &truths);
    }
    bool changes = done && enough_change(ends[0], ends[1]);
    arena_release(work->scratch, mark);
    return changes;
}

static bool some_changes_truth(struct work *work, const struct inquiry *inquiry, struct text name)
{
    const struct finding *finding = &inquiry->findings[0];
    for (size_t i = 0; i < finding->question->variable_count; i++) {
        const struct variable *variable = &work->model->variables[finding->question->variables[i]];
        if (named(variable->name, name) && changes_truth(work, finding, variable))
            return true;
    }
    return false;
}

static bool is_crux(struct work *work, const struct inquiry *inquiry, struct text name)
{
    return flips_inside(&inquiry->verdict, name) || some_changes_truth(work, inquiry, name);
}

static void write_missing_cruxes(struct work *work, const struct inquiry *inquiry, const struct expectation *expected, struct buffer *text)
{
    for (size_t i = 0; i < expected->crux_count; i++) {
        if (is_crux(work, inquiry, expected->cruxes[i]))
            continue;
        buffer_add_string(text, text->length ? ", " : "expected sensitive to ");
        buffer_printf(text, "`%.*s`", TEXT_ARGS(expected->cruxes[i]));
    }
    if (text->length)
        buffer_add_string(text, ", but moved over its range it hardly changes the claim");
}

void meet_expectation(struct work *work, struct inquiry *inquiry)
{
    struct verdict *verdict = &inquiry->verdict;
    const struct expectation *expected = expectation_of(verdict);
    verdict->expected = expected;
    verdict->as_expected = true;
    if (!expected)
        return;
    struct buffer text = buffer_on(work->arena);
    if (verdict->kind != expected->verdict)
        buffer_printf(&text, "expected %s, found %s", verdict_words[expected->verdict], verdict_words[verdict->kind]);
    else
        write_missing_cruxes(work, inquiry, expected, &text);
    verdict->as_expected = text.length == 0;
    verdict->unexpected = text.at;
}
