// Which verdicts fail a run, and what the run then comes to.
#include "api/run.h"
#include "api/stale.h"
#include "api/waiver.h"
#include "dsl/diag.h"
#include "dsl/program.h"

void read_waivers(struct run *run)
{
    const struct settings *settings = &run->crux->settings;
    if (settings->waivers.length > 0)
        run->waivers = waivers_read(run->crux, settings->waivers, settings->today);
}

static bool is_met(const struct verdict *verdict)
{
    return verdict->expected && verdict->as_expected;
}

// A claim that says itself that it is refuted is as expected; that it changed since the baseline is not undone by saying so.
static const char *failure_of(const struct run *run, struct report_entry *entry)
{
    struct arena *arena = &run->crux->run;
    const unsigned fail_on = run->crux->settings.fail_on;
    const struct verdict *verdict = entry->verdict;
    if (!verdict->as_expected)
        return verdict->unexpected;
    if (entry->changed && fail_on & FAIL_ON_CHANGED)
        return arena_printf(arena, "it is %s, and was %s in the baseline", verdict_words[verdict->kind], verdict_words[entry->before->kind]);
    if (fail_on >> verdict->kind & 1 && !is_met(verdict))
        return arena_printf(arena, "it is %s, which fails this run", verdict_words[verdict->kind]);
    const struct used_input *old = fail_on & FAIL_ON_STALE ? stale_input(run, entry) : NULL;
    entry->old_figure = old;
    return old ? arena_printf(arena, "it rests on an old figure: `%.*s`, known since %.*s", TEXT_ARGS(old->name), TEXT_ARGS(old->known)) : NULL;
}

static bool is_unsaid(const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    const struct claim *claim = verdict->claim;
    const struct program *program = entry->results->program;
    const bool missing = (claim->conclusion && claim->conclusion->kind == NODE_MISSING) || program->scenarios[0]->missing ||
                         (verdict->scenario && verdict->scenario->missing);
    return entry->results->other_forecast && missing && !verdict->expected;
}

static void find_failure(struct run *run, struct report_entry *entry)
{
    entry->unsaid = is_unsaid(entry);
    entry->failure = failure_of(run, entry);
    struct waiver_row *row = run->waivers ? waivers_find(run->waivers, entry) : NULL;
    if (!row || !entry->failure)
        return;
    entry->waiver = &row->waiver;
    row->used = true;
}

// 2 for what cannot be trusted, 1 for what fails the run and is not waived.
static int exit_code(const struct report *report)
{
    int code = report->cancelled ? 2 : 0;
    for (size_t i = 0; i < report->entry_count; i++) {
        const struct report_entry *entry = &report->entries[i];
        if (entry->verdict->kind == VERDICT_BLOCKED && !is_met(entry->verdict) && !entry->unsaid)
            return 2;
        if (code == 0 && entry->failure && !report_entry_waived(entry))
            code = 1;
    }
    return code;
}

void find_failures(struct run *run, struct report_entry *entries, size_t count)
{
    struct crux_session *crux = run->crux;
    for (size_t i = 0; i < count; i++)
        find_failure(run, &entries[i]);
    point_out_stale(run, entries, count);
    if (run->waivers && count > 0)
        waivers_point_out(crux, run->waivers, crux->settings.filters.count == 0 && !crux->report.cancelled);
    crux->report.exit_code = crux->diags->error_count > 0 ? 2 : exit_code(&crux->report);
}
