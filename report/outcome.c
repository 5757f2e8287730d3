#include "report/outcome.h"

#include <math.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "dsl/diag.h"
#include "dsl/program.h"
#include "judge/verdict.h"
#include "report/card.h"
#include "report/escape.h"
#include "report/report.h"
#include "report/words.h"

// ---- what it comes to ------------------------------------------------------------------------------------------------------------

static bool is_met(const struct verdict *verdict)
{
    return verdict->expected && verdict->as_expected;
}

static bool is_blocked(const struct report_entry *entry)
{
    return entry->verdict->kind == VERDICT_BLOCKED && !is_met(entry->verdict) && !entry->unsaid;
}

const char *outcome_failure(const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    if (entry->failure)
        return entry->failure;
    if (!verdict->as_expected)
        return verdict->unexpected ? verdict->unexpected : "the verdict is not the expected one";
    if (is_blocked(entry))
        return verdict->reason ? verdict->reason : "data it needs is missing or has expired";
    return "";
}

enum outcome outcome_of(const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    const bool fails = outcome_failure(entry)[0] != '\0';
    const bool nothing = verdict->kind == VERDICT_BLOCKED || verdict->kind == VERDICT_UNDEFINED;
    if (is_blocked(entry)) // a waiver gives no verdict
        return OUTCOME_BROKEN;
    if (report_entry_waived(entry))
        return OUTCOME_WAIVED;
    if (fails)
        return nothing ? OUTCOME_BROKEN : OUTCOME_FAILED;
    if ((nothing || verdict->kind == VERDICT_RECORDED) && !is_met(verdict))
        return OUTCOME_SKIPPED;
    return OUTCOME_PASSED;
}

// ---- lines about it --------------------------------------------------------------------------------------------------------------

// Without line breaks, control characters, and blanks that must not end a line.
static struct text plain(struct arena *arena, const struct buffer *line)
{
    struct buffer safe = buffer_on(arena);
    escape_terminal(&safe, buffer_text(line));
    for (size_t i = 0; i < safe.length; i++)
        if (safe.at[i] == WORDS_JOIN)
            safe.at[i] = ' ';
    return safe.length > 0 ? buffer_text(&safe) : TEXT("");
}

struct text outcome_waiver(struct arena *arena, const struct report_entry *entry)
{
    const struct waiver *waiver = entry->waiver;
    struct buffer line = buffer_on(arena);
    if (waiver)
        buffer_printf(&line, "waived by %.*s until %.*s: %.*s", TEXT_ARGS(waiver->owner), TEXT_ARGS(waiver->until), TEXT_ARGS(waiver->reason));
    return plain(arena, &line);
}

struct text outcome_title(struct arena *arena, const struct report_entry *entry)
{
    struct buffer line = buffer_on(arena);
    card_title(&line, entry);
    return plain(arena, &line);
}

static void add_share(struct buffer *line, enum verdict_kind kind, double share)
{
    if (isnan(share) || (kind != VERDICT_SUPPORTED && kind != VERDICT_REFUTED && kind != VERDICT_SENSITIVE))
        return;
    buffer_add_string(line, ", holds in ");
    words_percent(line, share, 0);
}

struct text outcome_summary(struct arena *arena, const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    struct buffer line = buffer_on(arena);
    buffer_add_string(&line, verdict_words[verdict->kind]);
    add_share(&line, verdict->kind, verdict->probability.estimate);
    if (is_met(verdict))
        buffer_add_string(&line, ", as expected");
    if (entry->before && entry->changed) {
        buffer_printf(&line, "; before: %s", verdict_words[entry->before->kind]);
        add_share(&line, entry->before->kind, entry->before->probability.estimate);
    } else if (entry->is_new) {
        buffer_add_string(&line, "; new");
    }
    return plain(arena, &line);
}

struct text outcome_crux(struct arena *arena, const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    struct buffer line = buffer_on(arena);
    const struct crux *crux = verdict->crux_count > 0 ? &verdict->cruxes[0] : NULL;
    if (!crux || crux->flip_count == 0 || crux->beyond)
        return TEXT("");
    // The nearest flip may lie on either side of the central value: which one says where the truth changes.
    const char *side = crux->choice ? "at" : crux->nearest < crux->central ? "below" : "above";
    buffer_printf(&line, "%.*s%s%.*s flips it %s ", TEXT_ARGS(crux->name), crux->path ? " at " : "", TEXT_ARGS(crux->point_name), side);
    words_value(&line, entry->results->program, &crux->type, crux->nearest, 3);
    return plain(arena, &line);
}

struct text outcome_counter(struct arena *arena, const struct report_entry *entry)
{
    const struct counterexample *counter = entry->verdict->counterexample;
    struct buffer line = buffer_on(arena);
    if (!counter || counter->count == 0)
        return TEXT("");
    buffer_printf(&line, "it %s with ", counter->holds ? "holds" : "fails");
    for (size_t i = 0; i < counter->count; i++) {
        const struct shift *shift = &counter->shifts[i];
        buffer_printf(&line, "%s%.*s%s%.*s = ", i > 0 ? ", " : "", TEXT_ARGS(shift->name), shift->point_name.length > 0 ? " at " : "", TEXT_ARGS(shift->point_name));
        words_value(&line, entry->results->program, &shift->type, shift->value, 3);
    }
    return plain(arena, &line);
}

struct text outcome_card(struct arena *arena, const struct report *report, const struct report_entry *entry)
{
    struct buffer card = buffer_on(arena);
    struct layout layout = {.out = &card};
    card_write(&layout, report, entry, 1);
    return buffer_text(&card);
}

// ---- the run ---------------------------------------------------------------------------------------------------------------------

bool outcome_is_mistake(const struct diag *diag)
{
    return diag->severity == SEVERITY_ERROR;
}

const struct diag **outcome_diags(struct arena *arena, const struct report *report, size_t *count)
{
    return diags_sorted(report->diags, arena, count);
}

struct place outcome_place(const struct report *report, struct span span)
{
    const struct place place = sources_place(report->sources, span.start);
    const struct text shipped = TEXT("forecast:");
    if (place.source && place.source->path.length > shipped.length &&
        text_equal((struct text){place.source->path.at, shipped.length}, shipped))
        return (struct place){0};
    return place;
}

const char *outcome_untrusted(const struct report *report)
{
    if (report->exit_code < 2)
        return NULL;
    if (report->exit_code > 2)
        return "a mistake in Crux itself: nothing that was found can be trusted";
    if (report->cancelled)
        return "the run was stopped before the end";
    if (report->diags->error_count > 0)
        return NULL;
    for (size_t i = 0; i < report->entry_count; i++)
        if (outcome_of(&report->entries[i]) == OUTCOME_BROKEN)
            return NULL;
    return "the run cannot be trusted";
}

const char *outcome_exit_words(int exit_code)
{
    static const char *const words[] = {"nothing fails the run", "at least one claim fails the run", "the run cannot be trusted", "a mistake in Crux itself"};
    return words[exit_code >= 0 && exit_code <= 3 ? exit_code : 3];
}

static void add_part(struct buffer *line, size_t count, const char *word)
{
    if (count > 0)
        buffer_printf(line, "%s%zu %s", line->length > 0 ? ", " : "", count, word);
}

struct text outcome_run(struct arena *arena, const struct report *report)
{
    size_t counts[OUTCOME_SKIPPED + 1] = {0}, changed = 0, fresh = 0;
    for (size_t i = 0; i < report->entry_count; i++) {
        counts[outcome_of(&report->entries[i])]++;
        changed += report->entries[i].changed;
        fresh += report->entries[i].is_new;
    }
    struct buffer parts = buffer_on(arena);
    add_part(&parts, report->diags->error_count, report->diags->error_count == 1 ? "mistake" : "mistakes");
    add_part(&parts, counts[OUTCOME_FAILED], "failed");
    add_part(&parts, counts[OUTCOME_BROKEN], "could not be judged");
    add_part(&parts, changed, "changed");
    add_part(&parts, fresh, "new");
    add_part(&parts, report->gone_count, "gone");
    add_part(&parts, counts[OUTCOME_WAIVED], "waived");
    struct buffer line = buffer_on(arena);
    buffer_printf(&line, "%zu verdict%s: %s", report->entry_count, report->entry_count == 1 ? "" : "s", parts.length > 0 ? parts.at : "nothing to look at");
    return buffer_text(&line);
}
