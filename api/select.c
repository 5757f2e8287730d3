// Which claims get a verdict, and in what order the verdicts stand.
#include <fnmatch.h>

#include "api/baseline.h"
#include "api/run.h"
#include "dsl/diag.h"
#include "dsl/program.h"
#include "judge/verdict.h"

static bool passes_filters(const struct text_vector *filters, struct arena *scratch, struct text name)
{
    const char *string = text_copy(scratch, name).at;
    for (size_t i = 0; i < filters->count; i++)
        if (fnmatch(filters->at[i].at, string, 0) == 0)
            return true;
    return filters->count == 0;
}

static bool is_under(const struct claim *claim, const struct road *road)
{
    for (size_t i = 0; i < claim->forecast_count; i++)
        if (text_equal(claim->forecasts[i], road->forecast.name))
            return true;
    return false;
}

// A claim that is not asked for stays: others may lean on it. It only is no root any more.
static void keep_roots(struct run *run, struct road *road, bool (*keeps)(const struct run *run, const struct road *road, const struct claim *claim, struct text name),
                       struct text name)
{
    struct arena *arena = &run->crux->run;
    struct program *program = road->program;
    const struct claim **claims = arena_array(arena, program->claim_count, sizeof *claims);
    for (size_t i = 0; i < program->claim_count; i++) {
        claims[i] = program->claims[i];
        if (!claims[i]->is_root || keeps(run, road, claims[i], name))
            continue;
        struct claim *left_out = arena_alloc(arena, sizeof *left_out);
        *left_out = *claims[i];
        left_out->is_root = false;
        claims[i] = left_out;
    }
    program->claims = claims;
}

static bool is_asked_for(const struct run *run, const struct road *road, const struct claim *claim, struct text name)
{
    (void)name;
    if (road->beside && !is_under(claim, road))
        return false;
    return passes_filters(&run->crux->settings.filters, &run->crux->scratch, claim->name);
}

void select_claims(struct run *run, struct road *road)
{
    if (road->beside || run->crux->settings.filters.count > 0)
        keep_roots(run, road, is_asked_for, TEXT(""));
}

static bool is_named(const struct run *run, const struct road *road, const struct claim *claim, struct text name)
{
    (void)run;
    (void)road;
    return text_equal(claim->name, name);
}

void select_claim(struct run *run, struct road *road, struct text name)
{
    if (road->program)
        keep_roots(run, road, is_named, name);
}

size_t count_selected(const struct program *program)
{
    size_t count = 0;
    for (size_t i = 0; i < program->claim_count; i++)
        count += program->claims[i]->is_root;
    return count;
}

// ---- the verdicts of all roads in one list -----------------------------------------------------------------------------------

struct collection {
    struct run *run;
    VECTOR(struct report_entry) entries;
};

// The verdicts of the same claim under other forecasts stand behind its own.
static void add_beside(struct collection *all, const struct road *own, const struct claim *claim)
{
    const struct run *run = all->run;
    for (size_t i = 0; i < run->roads.count; i++) {
        const struct road *road = run->roads.at[i];
        if (!road->beside || road->root != own->root || !road->results || !is_under(claim, road))
            continue;
        for (size_t k = 0; k < road->results->verdict_count; k++) {
            const struct verdict *verdict = &road->results->verdicts[k];
            if (text_equal(verdict->claim->name, claim->name))
                vector_push(&run->crux->run, &all->entries, ((struct report_entry){.verdict = verdict, .results = road->results, .forecast = road->forecast.name}));
        }
    }
}

static void add_road(struct collection *all, const struct road *road)
{
    const struct results *results = road->results;
    for (size_t i = 0; i < results->verdict_count; i++) {
        const struct verdict *verdict = &results->verdicts[i];
        vector_push(&all->run->crux->run, &all->entries, ((struct report_entry){.verdict = verdict, .results = results}));
        const bool last = i + 1 == results->verdict_count || results->verdicts[i + 1].claim != verdict->claim;
        if (last && verdict->claim->forecast_count > 0)
            add_beside(all, road, verdict->claim);
    }
}

void collect_verdicts(struct run *run)
{
    struct crux_session *crux = run->crux;
    struct collection all = {.run = run};
    crux->report.level = crux->settings.level;
    for (size_t i = 0; i < run->roads.count; i++) {
        const struct road *road = run->roads.at[i];
        if (!road->results)
            continue;
        if (crux->report.level <= 0)
            crux->report.level = road->results->level;
        if (crux->report.forecast.length == 0)
            crux->report.forecast = road->results->forecast;
        if (!road->beside)
            add_road(&all, road);
    }
    crux->report.entries = all.entries.at;
    crux->report.entry_count = all.entries.count;
    if (run->baseline)
        baseline_compare(crux, run->baseline, all.entries.at, all.entries.count);
    find_failures(run, all.entries.at, all.entries.count);
    if (crux->report.cancelled)
        session_fail(crux, CRUX_CANCELLED, "stopped before the end: %zu verdicts were finished", crux->report.entry_count);
}
