// JUnit XML: a test case for each verdict and for each mistake. A refuted claim that was expected refuted is a pass.
#include "base/arena.h"
#include "base/buffer.h"
#include "dsl/diag.h"
#include "dsl/program.h"
#include "judge/verdict.h"
#include "report/escape.h"
#include "report/outcome.h"
#include "report/report.h"
#include "report/writers.h"

struct tally {
    size_t tests, failures, errors, skipped;
};

static struct tally tally_of(const struct report *report)
{
    struct tally tally = {.tests = report->entry_count};
    for (size_t i = 0; i < report->entry_count; i++) {
        const enum outcome outcome = outcome_of(&report->entries[i]);
        tally.failures += outcome == OUTCOME_FAILED;
        tally.errors += outcome == OUTCOME_BROKEN;
        tally.skipped += outcome == OUTCOME_WAIVED || outcome == OUTCOME_SKIPPED;
    }
    size_t count;
    const struct diag **diags = outcome_diags(report->diags->arena, report, &count);
    for (size_t i = 0; i < count; i++) {
        tally.tests += outcome_is_mistake(diags[i]);
        tally.errors += outcome_is_mistake(diags[i]);
    }
    tally.tests += outcome_untrusted(report) != NULL;
    tally.errors += outcome_untrusted(report) != NULL;
    return tally;
}

static void add_attribute(struct buffer *out, const char *name, struct text value)
{
    buffer_printf(out, " %s=\"", name);
    escape_xml(out, value);
    buffer_add_char(out, '"');
}

static void open_case(struct buffer *out, struct text class, struct text name)
{
    buffer_add_string(out, "    <testcase");
    add_attribute(out, "classname", class);
    add_attribute(out, "name", name);
    buffer_add_string(out, ">\n");
}

// <failure message="..." type="..."/>, error or skipped, which has no type.
static void write_result(struct buffer *out, const char *element, const char *type, struct text message)
{
    buffer_printf(out, "      <%s", element);
    if (type)
        add_attribute(out, "type", text_of(type));
    add_attribute(out, "message", message);
    buffer_add_string(out, "/>\n");
}

static void write_outcome(struct buffer *out, const struct report_entry *entry)
{
    const char *type = verdict_words[entry->verdict->kind];
    const struct text failure = text_of(outcome_failure(entry));
    switch (outcome_of(entry)) {
    case OUTCOME_PASSED:
        return;
    case OUTCOME_FAILED:
        write_result(out, "failure", type, failure);
        return;
    case OUTCOME_BROKEN:
        write_result(out, "error", type, failure);
        return;
    case OUTCOME_WAIVED:
        write_result(out, "skipped", NULL, outcome_waiver(out->arena, entry));
        return;
    case OUTCOME_SKIPPED:
        write_result(out, "skipped", NULL, outcome_summary(out->arena, entry));
        return;
    }
}

// "claims/thread.baseline": the file without its ending, and the scenario.
static struct text class_of(struct arena *arena, const struct report *report, const struct report_entry *entry)
{
    const struct place place = sources_place(report->sources, entry->verdict->claim->span.start);
    struct text path = place.source ? place.source->path : TEXT("");
    const struct text ending = TEXT(".crux");
    if (path.length > ending.length && text_equal((struct text){path.at + path.length - ending.length, ending.length}, ending))
        path.length -= ending.length;
    const struct text scenario = entry->verdict->scenario ? entry->verdict->scenario->name : TEXT("baseline");
    return text_of(arena_printf(arena, "%.*s.%.*s", TEXT_ARGS(path), TEXT_ARGS(scenario)));
}

static void write_case(struct buffer *out, const struct report *report, const struct report_entry *entry)
{
    struct buffer name = buffer_on(out->arena);
    buffer_add(&name, entry->verdict->name);
    if (entry->forecast.length > 0)
        buffer_printf(&name, " under forecast %.*s", TEXT_ARGS(entry->forecast));
    open_case(out, class_of(out->arena, report, entry), buffer_text(&name));
    write_outcome(out, entry);
    buffer_add_string(out, "      <system-out>");
    escape_xml(out, outcome_card(out->arena, report, entry));
    buffer_add_string(out, "</system-out>\n    </testcase>\n");
}

static struct text place_words(struct arena *arena, const struct report *report, const struct diag *diag)
{
    const struct place place = sources_place(report->sources, diag->labels[0].span.start);
    if (!place.source)
        return TEXT("crux");
    return text_of(arena_printf(arena, "%.*s:%u:%u", TEXT_ARGS(place.source->path), place.line, place.column));
}

static void write_mistakes(struct buffer *out, const struct report *report)
{
    size_t count;
    const struct diag **diags = outcome_diags(out->arena, report, &count);
    for (size_t i = 0; i < count; i++) {
        if (!outcome_is_mistake(diags[i]))
            continue;
        const char *code = diag_kinds[diags[i]->code].code;
        open_case(out, TEXT("crux.mistakes"), text_of(arena_printf(out->arena, "%s at %.*s", code, TEXT_ARGS(place_words(out->arena, report, diags[i])))));
        const char *help = diags[i]->help ? diags[i]->help : "";
        write_result(out, "error", code, text_of(arena_printf(out->arena, "%s%s%s", diags[i]->message, help[0] ? "; help: " : "", help)));
        buffer_add_string(out, "    </testcase>\n");
    }
    if (outcome_untrusted(report)) {
        open_case(out, TEXT("crux.mistakes"), TEXT("the run"));
        write_result(out, "error", "untrusted", text_of(outcome_untrusted(report)));
        buffer_add_string(out, "    </testcase>\n");
    }
}

// What fails no test: warnings and findings about the run.
static void write_warnings(struct buffer *out, const struct report *report)
{
    size_t count;
    const struct diag **diags = outcome_diags(out->arena, report, &count);
    buffer_add_string(out, "    <system-err>");
    for (size_t i = 0; i < count; i++)
        if (!outcome_is_mistake(diags[i]))
            escape_xml(out, text_of(arena_printf(out->arena, "%.*s: %s: %s\n", TEXT_ARGS(place_words(out->arena, report, diags[i])), diag_kinds[diags[i]->code].code, diags[i]->message)));
    buffer_add_string(out, "</system-err>\n");
}

void write_junit(struct buffer *out, const struct report *report, const struct report_style *style)
{
    (void)style;
    const struct tally tally = tally_of(report);
    buffer_add_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"crux\"");
    buffer_printf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\">\n", tally.tests, tally.failures, tally.errors, tally.skipped);
    for (size_t i = 0; i < report->entry_count; i++)
        write_case(out, report, &report->entries[i]);
    write_mistakes(out, report);
    write_warnings(out, report);
    buffer_add_string(out, "  </testsuite>\n</testsuites>\n");
}
