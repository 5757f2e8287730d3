#include "judge/lint.h"

#include <math.h>
#include <string.h>

#include "dsl/lint.h"
#include "judge/mover.h"

// Random numbers of their own, beyond those of every input.
#define LINT_FIRST (UINT64_C(1) << 44)

static const char *const remark_codes[] = {
#define REMARK(id, code, title) code,
#include "judge/remark.def"
#undef REMARK
};

bool lint_is_on(const struct work *work, enum remark_kind kind)
{
    return lint_level(work->options->lints, remark_codes[kind]) != LINT_OFF;
}

bool lint_fails(const struct work *work, enum remark_kind kind)
{
    return lint_level(work->options->lints, remark_codes[kind]) == LINT_ERROR;
}

void lint_add(struct work *work, struct inquiry *inquiry, enum remark_kind kind, const char *text)
{
    struct verdict *verdict = &inquiry->verdict;
    struct remark *all = arena_array(work->arena, verdict->remark_count + 1, sizeof *all);
    if (verdict->remark_count > 0)
        memcpy(all, verdict->remarks, verdict->remark_count * sizeof *all);
    all[verdict->remark_count++] = (struct remark){kind, text};
    verdict->remarks = all;
}

// ---- claims that cannot fail, or cannot hold -------------------------------------------------------------------------------

static bool one_sided(const struct verdict *verdict)
{
    const struct probability *p = &verdict->probability;
    return (verdict->kind == VERDICT_SUPPORTED && p->lower == 1) || (verdict->kind == VERDICT_REFUTED && p->upper == 0);
}

static bool flips_nowhere(const struct verdict *verdict)
{
    for (size_t i = 0; i < verdict->crux_count; i++)
        if (verdict->cruxes[i].flip_count > 0)
            return false;
    return verdict->crux_count > 0;
}

// Anywhere an input could be, one in four of the futures at an end.
static double spread_position(const struct work *work, const struct mover *mover, size_t future, uint64_t draw)
{
    double u = future_uniform(work->options->seed, LINT_FIRST + future, draw);
    if (future % 4 == 0 && mover->move != MOVE_CHOICE)
        u = u < 0.5 ? 0 : 1;
    if (mover->move == MOVE_CHOICE)
        return fmin(floor(u * (mover->last + 1)), mover->last);
    return mover->first + u * (mover->last - mover->first);
}

static void spread_columns(struct work *work, const struct finding *finding, double **points)
{
    const struct question *question = finding->question;
    for (size_t v = 0; v < question->variable_count; v++) {
        const struct variable *variable = &work->model->variables[question->variables[v]];
        struct mover mover;
        if (!mover_new(work->model, variable, INFINITY, &mover))
            continue;
        for (size_t c = 0; c < variable->column_count; c++) {
            double *values = points[variable->columns[c]] = arena_array(work->scratch, LINT_FUTURES, sizeof *values);
            for (size_t k = 0; k < LINT_FUTURES; k++)
                values[k] = mover_value(&mover, variable->columns[c], spread_position(work, &mover, k, variable->draws[c]));
        }
    }
}

// Whether the claim does the same in every future of so many, wherever its inputs go; false when too few of them are relevant.
static bool same_everywhere(struct work *work, const struct finding *finding, bool holds)
{
    const struct question *question = finding->question;
    struct arena *scratch = work->scratch;
    size_t root_count = question_roots(question, NULL);
    value_id *roots = arena_array(scratch, root_count, sizeof *roots);
    question_roots(question, roots);
    double **results = arena_array(scratch, root_count, sizeof *results);
    for (size_t r = 0; r < root_count; r++)
        results[r] = arena_array(scratch, LINT_FUTURES, sizeof(double));
    double **points = arena_array(scratch, work->model->column_count, sizeof *points);
    spread_columns(work, finding, points);
    work_points(work, tape_make(scratch, work->model, roots, root_count), work->fixed, (const double *const *)points, LINT_FUTURES, results);
    struct tally tally = tally_new(scratch, question);
    bool undefined;
    for (size_t k = 0; k < LINT_FUTURES; k++)
        tally_add(question, tally.at, (const double *const *)results, k, 1, &undefined);
    double same = tally.at[holds ? COUNT_HOLDS : COUNT_FAILS], other = tally.at[holds ? COUNT_FAILS : COUNT_HOLDS];
    return other == 0 && tally.at[COUNT_UNDEFINED] == 0 && same >= LINT_RELEVANT;
}

static void cannot_turn(struct work *work, struct inquiry *inquiry)
{
    const struct verdict *verdict = &inquiry->verdict;
    bool holds = verdict->kind == VERDICT_SUPPORTED;
    enum remark_kind kind = holds ? REMARK_CANNOT_FAIL : REMARK_CANNOT_HOLD;
    if (inquiry->count == 0 || !one_sided(verdict) || !flips_nowhere(verdict) || verdict->estimate_count > 0 || !lint_is_on(work, kind))
        return;
    struct arena_mark mark = arena_mark(work->scratch);
    bool same = true;
    for (size_t i = 0; i < inquiry->count && same; i++)
        same = same_everywhere(work, &inquiry->findings[i], holds);
    arena_release(work->scratch, mark);
    if (!same)
        return;
    struct buffer text = buffer_on(work->arena);
    buffer_printf(&text, "nothing was found that makes this claim %s: it %s in none of %d futures spread over all that its inputs could be, far beyond their ranges", holds ? "fail" : "hold",
                  holds ? "fails" : "holds", LINT_FUTURES);
    lint_add(work, inquiry, kind, text.at);
}

// ---- premises that never hold --------------------------------------------------------------------------------------------------

// A scenario that rules out what the claim supposes: it says something elsewhere.
static bool says_something_elsewhere(const struct inquiry *inquiry, const struct inquiry *inquiries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct verdict *it = &inquiries[i].verdict;
        if (it->claim == inquiry->verdict.claim && it->member == inquiry->verdict.member && it->scenario != inquiry->verdict.scenario && it->kind <= VERDICT_SENSITIVE)
            return true;
    }
    return false;
}

static void silent_scenario(struct work *work, struct inquiry *inquiry, const struct inquiry *inquiries, size_t count)
{
    const struct verdict *verdict = &inquiry->verdict;
    if (verdict->kind != VERDICT_VACUOUS || !verdict->scenario || !says_something_elsewhere(inquiry, inquiries, count))
        return;
    struct buffer text = buffer_on(work->arena);
    buffer_printf(&text, "`%.*s` rules out the premise: asking this claim there tests nothing", TEXT_ARGS(verdict->scenario->name));
    lint_add(work, inquiry, REMARK_PREMISE_NEVER, text.at);
}

static void silent_concessions(struct work *work, struct inquiry *inquiry)
{
    const struct program *program = work->model->program;
    for (size_t i = 0; i < inquiry->verdict.concession_count; i++) {
        const struct concession_result *it = &inquiry->verdict.concessions[i];
        if (inquiry->verdict.kind > VERDICT_SENSITIVE || (it->verdict != VERDICT_VACUOUS && it->verdict != VERDICT_IDLE))
            continue;
        struct text written = program && program->sources && it->concession->expr ? sources_text(program->sources, it->concession->expr->span) : TEXT("this concession");
        struct buffer text = buffer_on(work->arena);
        buffer_printf(&text, "`even if %.*s` comes about in no future together with the premise: it concedes nothing", TEXT_ARGS(written));
        lint_add(work, inquiry, REMARK_PREMISE_NEVER, text.at);
    }
}

void lint_claims(struct work *work, struct inquiry *inquiries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!inquiries[i].finished)
            continue;
        cannot_turn(work, &inquiries[i]);
        if (!lint_is_on(work, REMARK_PREMISE_NEVER))
            continue;
        silent_scenario(work, &inquiries[i], inquiries, count);
        silent_concessions(work, &inquiries[i]);
    }
}

// ---- switches ----------------------------------------------------------------------------------------------------------------------

void add_lints(struct work *work, struct inquiry *inquiries, size_t count)
{
    lint_claims(work, inquiries, count);
    lint_unmoved(work, inquiries, count);
}

void apply_lints(struct work *work, struct inquiry *inquiry)
{
    struct verdict *verdict = &inquiry->verdict;
    struct remark *kept = arena_array(work->arena, verdict->remark_count, sizeof *kept);
    size_t count = 0;
    for (size_t i = 0; i < verdict->remark_count; i++) {
        const char *code = remark_codes[verdict->remarks[i].kind];
        enum lint_level level = lint_level(work->options->lints, code);
        if (level != LINT_OFF)
            kept[count++] = verdict->remarks[i];
        if (level != LINT_ERROR || !verdict->as_expected)
            continue;
        verdict->as_expected = false;
        verdict->unexpected = arena_printf(work->arena, "%s counts as an error in this run", code);
    }
    verdict->remarks = kept;
    verdict->remark_count = count;
}
