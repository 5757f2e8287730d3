// The report as the plain structures of crux.h.
#include <math.h>

#include "api/run.h"
#include "dsl/diag.h"
#include "dsl/program.h"
#include "dsl/source.h"
#include "judge/verdict.h"
#include "report/words.h"

_Static_assert((int)CRUX_RECORDED == (int)VERDICT_RECORDED && (int)CRUX_RECORDED + 1 == (int)VERDICT_COUNT,
               "crux_verdict_kind has the rows of verdict.def");
_Static_assert((int)CRUX_SAMPLED == (int)EVIDENCE_SAMPLED, "crux_basis is enum evidence");
_Static_assert((int)CRUX_ERROR == (int)SEVERITY_ERROR && (int)CRUX_NOTE == (int)SEVERITY_NOTE, "crux_severity is enum severity");

const char *crux_verdict_word(enum crux_verdict_kind verdict)
{
    return (unsigned)verdict < VERDICT_COUNT ? verdict_words[verdict] : "";
}

const char *crux_basis_word(enum crux_basis basis)
{
    return (unsigned)basis <= CRUX_SAMPLED ? evidence_words[basis] : "";
}

static const char *string_of(struct arena *arena, struct text t)
{
    return text_copy(arena, t).at;
}

// ---- verdicts ------------------------------------------------------------------------------------------------------------------

static double *in_unit(struct arena *arena, const struct program *program, const struct crux *crux)
{
    double *shown = arena_array(arena, crux->flip_count, sizeof *shown);
    for (size_t i = 0; i < crux->flip_count; i++)
        shown[i] = words_in_unit(program, &crux->type, crux->flips_at[i]);
    return shown;
}

static const char *input_name(struct arena *arena, const struct crux *crux)
{
    if (!crux->path || crux->point_name.length == 0)
        return string_of(arena, crux->name);
    return arena_printf(arena, "%.*s at %.*s", TEXT_ARGS(crux->name), TEXT_ARGS(crux->point_name));
}

static struct crux_flip view_flip(struct arena *arena, const struct program *program, const struct crux *crux)
{
    const struct type *type = &crux->type;
    return (struct crux_flip){
        .input = input_name(arena, crux),
        .unit = words_unit(arena, program, type),
        .central = words_in_unit(program, type, crux->central),
        .low = words_in_unit(program, type, crux->low),
        .high = words_in_unit(program, type, crux->high),
        .flip_count = crux->flip_count,
        .flips_at = in_unit(arena, program, crux),
        .nearest = crux->flip_count > 0 ? words_in_unit(program, type, crux->nearest) : NAN,
        .distance = crux->distance,
        .holds_below = crux->holds_below,
        .beyond = crux->beyond,
    };
}

static const struct crux_flip *view_flips(struct arena *arena, const struct program *program, const struct verdict *verdict)
{
    struct crux_flip *flips = arena_array(arena, verdict->crux_count, sizeof *flips);
    for (size_t i = 0; i < verdict->crux_count; i++)
        flips[i] = view_flip(arena, program, &verdict->cruxes[i]);
    return flips;
}

static const struct crux_relation *view_relations(struct arena *arena, const struct standing *standing)
{
    static const char *const kinds[] = {[RELATION_SUPPORTS] = "supports", [RELATION_REBUTS] = "rebuts", [RELATION_UNDERCUTS] = "undercuts"};
    struct crux_relation *relations = arena_array(arena, standing->relation_count, sizeof *relations);
    for (size_t i = 0; i < standing->relation_count; i++) {
        const struct relation_result *it = &standing->relations[i];
        relations[i] = (struct crux_relation){kinds[it->relation->kind], string_of(arena, it->to), relation_finding_words[it->finding], it->with, it->without, it->why};
    }
    return relations;
}

static void view_standing(struct arena *arena, const struct standing *standing, struct crux_verdict *view)
{
    if (!standing)
        return;
    const char **by = arena_array(arena, standing->by_count, sizeof *by);
    for (size_t i = 0; i < standing->by_count; i++)
        by[i] = string_of(arena, standing->by[i]);
    view->standing = standing_words[standing->kind];
    view->standing_why = standing->why;
    view->standing_by_count = standing->by_count;
    view->standing_by = by;
    view->relation_count = standing->relation_count;
    view->relations = view_relations(arena, standing);
}

static struct crux_verdict view_verdict(struct crux_session *crux, const struct report_entry *entry)
{
    struct arena *arena = &crux->run;
    const struct verdict *verdict = entry->verdict;
    const struct place place = sources_place(crux->sources, verdict->claim->span.start);
    return (struct crux_verdict){
        .name = string_of(arena, verdict->name),
        .text = string_of(arena, verdict->claim->text),
        .file = place.source ? string_of(arena, place.source->path) : "",
        .line = place.line,
        .scenario = verdict->scenario ? string_of(arena, verdict->scenario->name) : "baseline",
        .forecast = string_of(arena, entry->forecast),
        .reading = verdict->reading ? verdict->reading : "",
        .verdict = (enum crux_verdict_kind)verdict->kind,
        .basis = (enum crux_basis)verdict->basis,
        .level = verdict->level,
        .lower = verdict->probability.lower,
        .upper = verdict->probability.upper,
        .estimate = verdict->probability.estimate,
        .ci_low = verdict->probability.ci_low,
        .ci_high = verdict->probability.ci_high,
        .samples = verdict->samples,
        .relevant = verdict->relevant,
        .premise_share = verdict->premise_share,
        .central_holds = verdict->central_holds,
        .expected = verdict->expected ? verdict_words[verdict->expected->verdict] : NULL,
        .as_expected = verdict->as_expected,
        .flip_count = verdict->crux_count,
        .flips = view_flips(arena, entry->results->program, verdict),
    };
}

static void view_verdicts(struct crux_session *crux)
{
    const struct report *report = &crux->report;
    struct crux_verdict *verdicts = arena_array(&crux->run, report->entry_count, sizeof *verdicts);
    for (size_t i = 0; i < report->entry_count; i++) {
        verdicts[i] = view_verdict(crux, &report->entries[i]);
        view_standing(&crux->run, report->entries[i].verdict->standing, &verdicts[i]);
    }
    crux->verdicts = verdicts;
    crux->verdict_count = report->entry_count;
}

// ---- diagnostics -----------------------------------------------------------------------------------------------------------------

static struct crux_diagnostic view_diagnostic(struct crux_session *crux, const struct diag *diag)
{
    const struct place place = sources_place(crux->sources, diag->labels[0].span.start);
    return (struct crux_diagnostic){
        .code = diag_kinds[diag->code].code,
        .severity = (enum crux_severity)diag->severity,
        .message = diag->message,
        .help = diag->help,
        .file = place.source ? string_of(&crux->run, place.source->path) : NULL,
        .line = place.line,
        .column = place.column,
    };
}

static void view_diagnostics(struct crux_session *crux)
{
    size_t count;
    const struct diag **sorted = diags_sorted(crux->diags, &crux->run, &count);
    struct crux_diagnostic *diagnostics = arena_array(&crux->run, count, sizeof *diagnostics);
    for (size_t i = 0; i < count; i++)
        diagnostics[i] = view_diagnostic(crux, sorted[i]);
    crux->diagnostics = diagnostics;
    crux->diagnostic_count = count;
}

// ---- the value of an expression ----------------------------------------------------------------------------------------------------

static void view_value(struct crux_session *crux)
{
    const struct results *results = crux->report.expression;
    if (!results)
        return;
    const struct program *program = results->program;
    const struct type *type = &results->type;
    struct crux_value *value = arena_alloc(&crux->run, sizeof *value);
    *value = (struct crux_value){
        .unit = words_unit(&crux->run, program, type),
        .central = words_in_unit(program, type, results->central),
        .mean = words_in_unit(program, type, results->mean),
        .p5 = words_in_unit(program, type, results->p5),
        .p50 = words_in_unit(program, type, results->p50),
        .p95 = words_in_unit(program, type, results->p95),
        .share = results->share,
        .samples = results->samples,
    };
    crux->value = value;
}

static struct crux_conflict view_conflict(struct arena *arena, const struct conflict *conflict)
{
    const char **claims = arena_array(arena, conflict->count, sizeof *claims);
    for (size_t i = 0; i < conflict->count; i++)
        claims[i] = string_of(arena, conflict->names[i]);
    return (struct crux_conflict){conflict->count, claims, conflict->whatever_inputs, (enum crux_basis)conflict->basis, conflict->samples, conflict->declared, conflict->same_author, conflict->why, conflict->sets};
}

static bool is_first_of_its_results(const struct report *report, size_t entry)
{
    for (size_t i = 0; i < entry; i++)
        if (report->entries[i].results == report->entries[entry].results)
            return false;
    return true;
}

static void view_conflicts(struct crux_session *crux)
{
    const struct report *report = &crux->report;
    struct arena *arena = &crux->run;
    VECTOR(struct crux_conflict) views = {0};
    for (size_t i = 0; i < report->entry_count; i++) {
        const struct results *results = report->entries[i].results;
        for (size_t c = 0; is_first_of_its_results(report, i) && c < results->conflict_count; c++)
            vector_push(arena, &views, view_conflict(arena, &results->conflicts[c]));
    }
    crux->conflicts = views.at;
    crux->conflict_count = views.count;
}

void make_views(struct crux_session *crux)
{
    view_verdicts(crux);
    view_conflicts(crux);
    view_diagnostics(crux);
    view_value(crux);
}

// ---- handing out -------------------------------------------------------------------------------------------------------------------

size_t crux_verdict_count(const struct crux_session *crux)
{
    return crux->verdict_count;
}

const struct crux_verdict *crux_verdict(const struct crux_session *crux, size_t position)
{
    return position < crux->verdict_count ? &crux->verdicts[position] : NULL;
}

size_t crux_conflict_count(const struct crux_session *crux)
{
    return crux->conflict_count;
}

const struct crux_conflict *crux_conflict(const struct crux_session *crux, size_t position)
{
    return position < crux->conflict_count ? &crux->conflicts[position] : NULL;
}

size_t crux_diagnostic_count(const struct crux_session *crux)
{
    return crux->diagnostic_count;
}

const struct crux_diagnostic *crux_diagnostic(const struct crux_session *crux, size_t position)
{
    return position < crux->diagnostic_count ? &crux->diagnostics[position] : NULL;
}

const struct crux_value *crux_value(const struct crux_session *crux)
{
    return crux->value;
}

const char *crux_name(const struct crux_session *crux, size_t position)
{
    return position < crux->name_count ? crux->names[position] : NULL;
}
