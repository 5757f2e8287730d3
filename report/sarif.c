// SARIF 2.1.0, for code scanning: results are what somebody should look at, so claims that pass unchanged are none.
//
// Every rule is declared, not only those that fired, so that alerts close when nothing fires them any more. Results are known
// again by the claim's name, never by its line. https://docs.oasis-open.org/sarif/sarif/v2.1.0/
#include "base/arena.h"
#include "base/buffer.h"
#include "dsl/diag.h"
#include "dsl/program.h"
#include "judge/verdict.h"
#include "report/escape.h"
#include "report/json_writer.h"
#include "report/outcome.h"
#include "report/report.h"
#include "report/writers.h"

struct rule {
    const char *id, *title, *level;
};

// In this order: unexpected, the verdicts, the diagnostics, the remarks. `rule_*` below count on it.
enum { RULE_UNEXPECTED, RULE_VERDICTS, RULE_DIAGS = RULE_VERDICTS + VERDICT_COUNT, RULE_REMARKS = RULE_DIAGS + DIAG_COUNT, RULE_COUNT = RULE_REMARKS + REMARK_COUNT };

static const struct rule verdict_rules[VERDICT_COUNT] = {
#define VERDICT(id, word, doc) {word, doc, "note"},
#include "dsl/verdict.def"
#undef VERDICT
};
static const struct rule remark_rules[REMARK_COUNT] = {
#define REMARK(id, code, text) {code, text, "note"},
#include "judge/remark.def"
#undef REMARK
};

static const char *verdict_level(enum verdict_kind kind)
{
    switch (kind) {
    case VERDICT_REFUTED:
    case VERDICT_CONTRADICTORY:
    case VERDICT_BLOCKED:
    case VERDICT_UNDEFINED:
        return "error";
    case VERDICT_SENSITIVE:
    case VERDICT_VACUOUS:
    case VERDICT_IDLE:
    case VERDICT_UNSOLVABLE:
        return "warning";
    case VERDICT_SUPPORTED:
    case VERDICT_SOLVED:
    case VERDICT_RECORDED:
        return "note";
    case VERDICT_COUNT:
        break;
    }
    return "none";
}

static const char *diag_level(enum severity severity)
{
    static const char *const levels[] = {"error", "warning", "note"};
    return levels[severity];
}

static struct rule rule_at(size_t index)
{
    if (index == RULE_UNEXPECTED)
        return (struct rule){"unexpected", "the verdict is not the one that the claim's `expect` names", "error"};
    if (index >= RULE_REMARKS)
        return remark_rules[index - RULE_REMARKS];
    if (index >= RULE_DIAGS) {
        const struct diag_kind *kind = &diag_kinds[index - RULE_DIAGS];
        return (struct rule){kind->code, kind->title, diag_level(kind->severity)};
    }
    struct rule rule = verdict_rules[index - RULE_VERDICTS];
    rule.level = verdict_level((enum verdict_kind)(index - RULE_VERDICTS));
    return rule;
}

// ---- pieces ----------------------------------------------------------------------------------------------------------------------

// {"text": "..."}. "](" would make a link of it.
static void write_message(struct json *json, const char *key, struct text text)
{
    struct buffer safe = buffer_on(json->out->arena);
    escape_terminal(&safe, text);
    struct buffer plain = buffer_on(json->out->arena);
    for (size_t i = 0; i < safe.length; i++) {
        buffer_add_char(&plain, safe.at[i]);
        if (safe.at[i] == ']' && i + 1 < safe.length && safe.at[i + 1] == '(')
            buffer_add_char(&plain, ' ');
    }
    json_open(json, key, '{');
    json_text(json, "text", plain.length > 0 ? buffer_text(&plain) : TEXT("(nothing)"));
    json_close(json, '}');
}

static void write_rules(struct json *json)
{
    json_open(json, "rules", '[');
    for (size_t i = 0; i < RULE_COUNT; i++) {
        const struct rule rule = rule_at(i);
        json_open(json, NULL, '{');
        json_string(json, "id", rule.id);
        write_message(json, "shortDescription", text_of(rule.title));
        const bool coded = i >= RULE_DIAGS;
        write_message(json, "help", coded ? text_of(arena_printf(json->out->arena, "`crux explain %s` says more", rule.id)) : text_of(rule.title));
        json_open(json, "defaultConfiguration", '{');
        json_string(json, "level", rule.level);
        json_close(json, '}');
        json_close(json, '}');
    }
    json_close(json, ']');
}

// Nothing for a span that is in no file of the author's.
static void write_physical(struct json *json, const struct report *report, struct span span)
{
    const struct place place = outcome_place(report, span);
    if (!place.source)
        return;
    const struct place end = sources_place(report->sources, span.end > span.start ? span.end : span.start);
    struct buffer uri = buffer_on(json->out->arena);
    escape_uri(&uri, place.source->path);
    json_open(json, "physicalLocation", '{');
    json_open(json, "artifactLocation", '{');
    json_text(json, "uri", buffer_text(&uri));
    json_close(json, '}');
    json_open(json, "region", '{');
    json_count(json, "startLine", place.line);
    json_count(json, "startColumn", place.column);
    if (end.source == place.source && (end.line > place.line || (end.line == place.line && end.column > place.column))) {
        json_count(json, "endLine", end.line);
        json_count(json, "endColumn", end.column);
    }
    json_close(json, '}');
    json_close(json, '}');
}

static void write_logical(struct json *json, struct text name, const char *kind)
{
    json_open(json, "logicalLocations", '[');
    json_open(json, NULL, '{');
    json_text(json, "fullyQualifiedName", name);
    json_string(json, "kind", kind);
    json_close(json, '}');
    json_close(json, ']');
}

// The fields that every result starts with; the result stays open.
static void open_result(struct json *json, size_t rule, const char *level, struct text message, struct text identity)
{
    json_open(json, NULL, '{');
    json_string(json, "ruleId", rule_at(rule).id);
    json_count(json, "ruleIndex", rule);
    json_string(json, "level", level);
    write_message(json, "message", message);
    json_open(json, "partialFingerprints", '{');
    json_text(json, "crux/v1", identity);
    json_close(json, '}');
}

// ---- verdicts --------------------------------------------------------------------------------------------------------------------

static void add_sentence(struct buffer *out, struct text sentence)
{
    if (sentence.length == 0)
        return;
    buffer_add_string(out, out->length > 0 ? "; " : "");
    buffer_add(out, sentence);
}

static struct text message_of(struct arena *arena, const struct report_entry *entry)
{
    struct buffer out = buffer_on(arena), message = buffer_on(arena);
    add_sentence(&out, text_of(outcome_failure(entry)));
    add_sentence(&out, outcome_summary(arena, entry));
    add_sentence(&out, outcome_crux(arena, entry));
    add_sentence(&out, outcome_counter(arena, entry));
    buffer_add(&message, outcome_title(arena, entry));
    buffer_add_string(&message, ": ");
    buffer_add(&message, buffer_text(&out));
    return buffer_text(&message);
}

// The inputs that flip it.
static void write_related(struct json *json, const struct report *report, const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    json_open(json, "relatedLocations", '[');
    for (size_t i = 0; i < verdict->crux_count; i++) {
        const struct crux *crux = &verdict->cruxes[i];
        if (crux->flip_count == 0 || crux->beyond || !crux->input)
            continue;
        json_open(json, NULL, '{');
        write_physical(json, report, crux->input->span);
        write_logical(json, crux->name, "variable");
        write_message(json, "message", text_of(arena_printf(json->out->arena, "%.*s flips it", TEXT_ARGS(crux->name))));
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_state(struct json *json, const struct report *report, const struct report_entry *entry)
{
    if (report->baseline.length > 0)
        json_string(json, "baselineState", entry->is_new || !entry->before ? "new" : entry->changed ? "updated" : "unchanged");
    if (!entry->waiver || outcome_of(entry) != OUTCOME_WAIVED)
        return;
    json_open(json, "suppressions", '[');
    json_open(json, NULL, '{');
    json_string(json, "kind", "external");
    json_string(json, "status", "accepted");
    json_text(json, "justification", outcome_waiver(json->out->arena, entry));
    json_close(json, '}');
    json_close(json, ']');
}

static void write_remarks(struct json *json, const struct report *report, const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    for (size_t i = 0; i < verdict->remark_count; i++) {
        const enum remark_kind kind = verdict->remarks[i].kind;
        const struct text title = outcome_title(json->out->arena, entry);
        const struct text message = text_of(arena_printf(json->out->arena, "%.*s: %s", TEXT_ARGS(title), verdict->remarks[i].text));
        open_result(json, RULE_REMARKS + (size_t)kind, "note", message,
                    text_of(arena_printf(json->out->arena, "%s %.*s", remark_rules[kind].id, TEXT_ARGS(title))));
        json_open(json, "locations", '[');
        json_open(json, NULL, '{');
        write_physical(json, report, verdict->claim->span);
        json_close(json, '}');
        json_close(json, ']');
        if (report->baseline.length > 0)
            json_string(json, "baselineState", "new");
        json_close(json, '}');
    }
}

static void write_verdict(struct json *json, const struct report *report, const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    const enum outcome outcome = outcome_of(entry);
    const bool fails = outcome == OUTCOME_FAILED || outcome == OUTCOME_BROKEN || outcome == OUTCOME_WAIVED;
    if (!fails && !entry->changed)
        return;
    struct arena *arena = json->out->arena;
    const bool met = verdict->expected && verdict->as_expected;
    const size_t rule = verdict->as_expected ? RULE_VERDICTS + (size_t)verdict->kind : RULE_UNEXPECTED;
    const char *level = !verdict->as_expected ? "error" : met && !fails ? "note" : verdict_level(verdict->kind);
    open_result(json, rule, level, message_of(arena, entry), outcome_title(arena, entry));
    json_open(json, "locations", '[');
    json_open(json, NULL, '{');
    write_physical(json, report, verdict->claim->span);
    write_logical(json, verdict->name, "claim");
    json_close(json, '}');
    json_close(json, ']');
    write_related(json, report, entry);
    write_state(json, report, entry);
    json_close(json, '}');
}

// ---- diagnostics and the run -----------------------------------------------------------------------------------------------------

static void write_diag(struct json *json, const struct report *report, const struct diag *diag)
{
    struct arena *arena = json->out->arena;
    const struct place place = outcome_place(report, diag->labels[0].span);
    const struct text path = place.source ? place.source->path : TEXT("");
    struct buffer message = buffer_on(arena);
    buffer_add_string(&message, diag->message);
    if (diag->help)
        buffer_printf(&message, "; help: %s", diag->help);
    open_result(json, RULE_DIAGS + (size_t)diag->code, diag_level(diag->severity), buffer_text(&message),
                text_of(arena_printf(arena, "%s %.*s %s", diag_kinds[diag->code].code, TEXT_ARGS(path), diag->message)));
    json_open(json, "locations", '[');
    if (place.source) {
        json_open(json, NULL, '{');
        write_physical(json, report, diag->labels[0].span);
        json_close(json, '}');
    }
    json_close(json, ']');
    // The baseline knows verdicts only, so every diagnostic is new to it; one is about a claim that it alone has.
    if (report->baseline.length > 0)
        json_string(json, "baselineState", diag->code == DIAG_CLAIM_GONE ? "absent" : "new");
    json_close(json, '}');
}

static void write_invocation(struct json *json, const struct report *report)
{
    json_open(json, "invocations", '[');
    json_open(json, NULL, '{');
    json_truth(json, "executionSuccessful", report->exit_code < 2);
    json_count(json, "exitCode", (uint64_t)report->exit_code);
    json_string(json, "exitCodeDescription", outcome_exit_words(report->exit_code));
    json_open(json, "toolExecutionNotifications", '[');
    if (outcome_untrusted(report)) {
        json_open(json, NULL, '{');
        json_string(json, "level", "error");
        write_message(json, "message", text_of(outcome_untrusted(report)));
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
    json_close(json, ']');
}

static void write_results(struct json *json, const struct report *report)
{
    size_t count;
    const struct diag **diags = outcome_diags(json->out->arena, report, &count);
    json_open(json, "results", '[');
    for (size_t i = 0; i < count; i++)
        write_diag(json, report, diags[i]);
    for (size_t i = 0; i < report->entry_count; i++) {
        write_verdict(json, report, &report->entries[i]);
        write_remarks(json, report, &report->entries[i]);
    }
    json_close(json, ']');
}

void write_sarif(struct buffer *out, const struct report *report, const struct report_style *style)
{
    (void)style;
    struct json json = {.out = out, .first = true};
    json_open(&json, NULL, '{');
    json_string(&json, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json_string(&json, "version", "2.1.0");
    json_open(&json, "runs", '[');
    json_open(&json, NULL, '{');
    json_open(&json, "tool", '{');
    json_open(&json, "driver", '{');
    json_string(&json, "name", "Crux");
    json_string(&json, "semanticVersion", report->engine);
    write_rules(&json);
    json_close(&json, '}');
    json_close(&json, '}');
    json_string(&json, "columnKind", "unicodeCodePoints");
    write_invocation(&json, report);
    write_results(&json, report);
    json_close(&json, '}');
    json_close(&json, ']');
    json_close(&json, '}');
    buffer_add_char(out, '\n');
}
