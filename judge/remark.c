#include <math.h>

#include "base/buffer.h"
#include "base/number.h"
#include "base/vector.h"
#include "judge/inquiry.h"

// When something is pointed out: shares of the futures concerned.
#define STARTED_OFTEN 0.5
#define PREMISE_RARE 0.1
#define NAMED_OFTEN 0.25

void write_percent(struct buffer *buffer, double share)
{
    double percent = share * 100;
    if (share > 0 && percent < 0.01) {
        buffer_add_string(buffer, "under 0.01 %");
        return;
    }
    if (share < 1 && percent > 99.99) {
        buffer_add_string(buffer, "over 99.99 %");
        return;
    }
    int digits = percent < 99.5 ? 2 : 4;
    number_write(buffer, percent, digits);
    buffer_add_string(buffer, " %");
}

struct remarks {
    struct work *work;
    VECTOR(struct remark) list;
};

static void remark(struct remarks *remarks, enum remark_kind kind, struct buffer *text)
{
    vector_push(remarks->work->arena, &remarks->list, ((struct remark){kind, text->at}));
}

static struct text step_name(const struct work *work, int step)
{
    const struct program *program = work->model->program;
    if (!program || !program->timeline.given)
        return TEXT("the start");
    return timeline_step_name(work->arena, &program->timeline, step);
}

static void already_true(struct remarks *remarks, const struct inquiry *inquiry)
{
    const struct finding *base = &inquiry->findings[0];
    const double *at = base->central.tally.at;
    double share = at[COUNT_RELEVANT] > 0 ? at[COUNT_STARTED] / at[COUNT_RELEVANT] : 0;
    if (base->question->start == NO_VALUE || share <= STARTED_OFTEN)
        return;
    struct buffer text = buffer_on(remarks->work->arena);
    struct text start = step_name(remarks->work, inquiry->verdict.claim->start);
    buffer_printf(&text, "already true in %.*s", TEXT_ARGS(start));
    if (share < 1) {
        buffer_add_string(&text, " in ");
        write_percent(&text, share);
        buffer_add_string(&text, " of the relevant futures");
    }
    buffer_add_string(&text, ": did you mean `at` or `throughout`?");
    remark(remarks, REMARK_ALREADY_TRUE, &text);
}

static void premise_rare(struct remarks *remarks, const struct inquiry *inquiry)
{
    const struct finding *base = &inquiry->findings[0];
    const double *at = base->central.tally.at;
    if (base->question->premise_named == NO_VALUE || !(at[COUNT_ADMISSIBLE] > 0))
        return;
    double premised = at[COUNT_PREMISED] / at[COUNT_ADMISSIBLE], named = at[COUNT_NAMED] / at[COUNT_ADMISSIBLE];
    if (premised >= PREMISE_RARE || named < NAMED_OFTEN)
        return;
    struct buffer text = buffer_on(remarks->work->arena);
    struct text end = step_name(remarks->work, inquiry->verdict.claim->end);
    buffer_add_string(&text, "the premise, read `throughout`, holds in ");
    write_percent(&text, premised);
    buffer_printf(&text, " of the futures, but in %.*s it holds in ", TEXT_ARGS(end));
    write_percent(&text, named);
    buffer_printf(&text, ": did you mean `at %.*s`?", TEXT_ARGS(end));
    remark(remarks, REMARK_PREMISE_RARE, &text);
}

static struct text assumption_text(const struct work *work, const struct assumption *assumption)
{
    const struct program *program = work->model->program;
    if (assumption->name.length > 0)
        return assumption->name;
    if (program && program->sources && assumption->reading)
        return sources_text(program->sources, assumption->reading->span);
    return TEXT("an assumption");
}

// Pointed out once a run, at the first claim that makes it.
static void dead_assumptions(struct remarks *remarks, const struct inquiry *inquiry, struct map *seen)
{
    const struct finding *base = &inquiry->findings[0];
    const struct question *question = base->question;
    const double *removed = base->central.tally.at + COUNT_FIXED + question->when_count + question->term_count;
    for (size_t i = 0; i < question->assumption_count && base->central.tally.at[COUNT_DRAWN] > 0; i++) {
        const struct assumption *it = question->assumptions[i];
        struct text key = text_copy(remarks->work->scratch, (struct text){(const char *)&it, sizeof it});
        if (removed[i] > 0 || map_put(seen, key, remarks))
            continue;
        struct buffer text = buffer_on(remarks->work->arena);
        struct text name = assumption_text(remarks->work, it);
        buffer_printf(&text, "the assumption `%.*s` removes no future: it holds in all ", TEXT_ARGS(name));
        buffer_add_string(&text, base->exact ? "of them" : "that were drawn");
        remark(remarks, REMARK_DEAD_ASSUMPTION, &text);
    }
}

static void concession_inside(struct remarks *remarks, const struct inquiry *inquiry)
{
    const struct program *program = remarks->work->model->program;
    for (size_t i = 0; i < inquiry->verdict.concession_count; i++) {
        const struct concession *it = inquiry->verdict.concessions[i].concession;
        if (!inquiry->verdict.concessions[i].already)
            continue;
        struct text written = program && program->sources && it->expr ? sources_text(program->sources, it->expr->span) : TEXT("this concession");
        struct buffer text = buffer_on(remarks->work->arena);
        buffer_printf(&text, "`even if %.*s` lies inside the input's range already: it concedes nothing beyond that", TEXT_ARGS(written));
        remark(remarks, REMARK_CONCESSION_INSIDE, &text);
    }
}

static void never(struct remarks *remarks, const struct inquiry *inquiry)
{
    const struct finding *base = &inquiry->findings[0];
    const double *at = base->central.tally.at;
    for (size_t i = 0; i < base->question->when_count && at[COUNT_RELEVANT] > 0; i++) {
        double share = at[COUNT_FIXED + i] / at[COUNT_RELEVANT];
        if (!(share > 0))
            continue;
        struct buffer text = buffer_on(remarks->work->arena);
        buffer_add_string(&text, "a date asked for with `when` is never reached in ");
        write_percent(&text, share);
        buffer_add_string(&text, " of the relevant futures: every comparison with it is false there");
        remark(remarks, REMARK_NEVER, &text);
    }
}

// Once for those that hold, once for those that fail.
static void on_edge(struct remarks *remarks, const struct inquiry *inquiry)
{
    bool told[2] = {false, false};
    for (size_t i = 0; i < inquiry->verdict.comparison_count; i++) {
        const struct central_comparison *it = &inquiry->verdict.comparisons[i];
        if (!it->on_edge || told[it->holds])
            continue;
        told[it->holds] = true;
        struct buffer text = buffer_on(remarks->work->arena);
        buffer_printf(&text, "on the edge: at the central values both sides of a comparison%s are exactly equal, so that comparison ", it->in_premise ? " in the premise" : "");
        buffer_add_string(&text, it->holds ? "holds only because it is not strict" : "fails only because it is strict");
        remark(remarks, REMARK_ON_EDGE, &text);
    }
}

// Disagreements told in full in a run; the others are counted.
#define DISSENTS_TOLD 3

// Once an input and run, at the first claim that uses it.
static void dissents(struct remarks *remarks, const struct inquiry *inquiry)
{
    struct map *seen = &remarks->work->dissent_seen;
    size_t more = 0;
    for (size_t i = 0; i < inquiry->verdict.input_count; i++) {
        const struct used_input *used = &inquiry->verdict.inputs_used[i];
        const char *dissent = used->input->instances[used->instance].dissent;
        const struct text key = text_copy(remarks->work->arena, (struct text){(const char *)&used->input, sizeof used->input});
        if (!dissent || map_put(seen, key, seen))
            continue;
        if (seen->count <= DISSENTS_TOLD)
            vector_push(remarks->work->arena, &remarks->list, ((struct remark){REMARK_DISSENT, dissent}));
        else
            more++;
    }
    if (more == 0)
        return;
    struct buffer text = buffer_on(remarks->work->arena);
    buffer_printf(&text, "sources disagree on %zu more of its inputs: `crux data check` lists them", more);
    remark(remarks, REMARK_DISSENT, &text);
}

static void add_sampled(struct remarks *remarks, const struct inquiry *inquiry)
{
    already_true(remarks, inquiry);
    premise_rare(remarks, inquiry);
    dead_assumptions(remarks, inquiry, &remarks->work->dead_seen);
    concession_inside(remarks, inquiry);
    never(remarks, inquiry);
    on_edge(remarks, inquiry);
}

void add_remarks(struct work *work, struct inquiry *inquiry)
{
    struct remarks remarks = {.work = work};
    dissents(&remarks, inquiry);
    if (inquiry->count > 0 && inquiry->findings[0].central.tally.at)
        add_sampled(&remarks, inquiry);
    inquiry->verdict.remarks = remarks.list.at;
    inquiry->verdict.remark_count = remarks.list.count;
}
