#include "api/baseline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "api/read.h"
#include "base/buffer.h"
#include "base/lines.h"
#include "base/number.h"
#include "dsl/diag.h"
#include "dsl/program.h"

static const char first_line[] = "crux baseline 1";

// ---- reading ----------------------------------------------------------------------------------------------------------------

struct reader {
    struct crux_session *crux;
    struct source *source;
    struct lines lines;
    struct text line;      // the one being read
    struct baseline *baseline;
    struct text vintage;
    bool failed;
};

static struct span span_of(const struct reader *reader, struct text part)
{
    const uint32_t start = reader->source->base + (uint32_t)(part.at - reader->source->bytes.at);
    return (struct span){start, start + (uint32_t)part.length};
}

static bool wrong(struct reader *reader, const char *what)
{
    struct diag *diag = diag_add(reader->crux->diags, DIAG_BASELINE, span_of(reader, reader->line), "this baseline cannot be read: %s", what);
    diag_help(reader->crux->diags, diag, "go back to the one that was committed, or write it anew with --write-baseline and look at what changes");
    reader->failed = true;
    return false;
}

// A number, or `-` for none.
static bool take_figure(struct text *line, double *value)
{
    struct text rest = *line;
    *value = NAN;
    if (text_is(word_take(&rest), "-")) {
        *line = rest;
        return true;
    }
    return word_take_number(line, value);
}

static bool take_kind(struct text *line, enum verdict_kind *kind)
{
    const struct text word = word_take(line);
    for (int k = 0; k < VERDICT_COUNT; k++)
        if (text_is(word, verdict_words[k])) {
            *kind = (enum verdict_kind)k;
            return true;
        }
    return false;
}

static bool take_basis(struct text *line, enum evidence *basis)
{
    const struct text word = word_take(line);
    for (int k = EVIDENCE_NONE; k <= EVIDENCE_SAMPLED; k++)
        if (text_is(word, evidence_words[k])) {
            *basis = (enum evidence)k;
            return true;
        }
    return false;
}

static bool is_probability(double value)
{
    return isnan(value) || (value >= 0 && value <= 1);
}

static bool take_probability(struct text *line, struct probability *found)
{
    double *const figures[] = {&found->lower, &found->upper, &found->estimate, &found->ci_low, &found->ci_high};
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (!take_figure(line, figures[i]) || !is_probability(*figures[i]))
            return false;
    return true;
}

static bool read_claim(struct reader *reader, struct text line)
{
    struct baseline_claim claim = {.name = word_take(&line)};
    claim.span = span_of(reader, claim.name);
    claim.scenario = word_take(&line);
    claim.forecast = word_take(&line);
    if (claim.forecast.length == 0)
        return wrong(reader, "a claim has a name, a scenario and a forecast");
    if (!take_kind(&line, &claim.earlier.kind))
        return wrong(reader, "no verdict is called that");
    if (!take_basis(&line, &claim.earlier.basis))
        return wrong(reader, "no basis is called that");
    if (!take_probability(&line, &claim.earlier.probability))
        return wrong(reader, "a claim has five probabilities, each from 0 to 1 or `-`");
    claim.fingerprint = word_take(&line);
    claim.file = line;
    if (claim.file.length == 0)
        return wrong(reader, "a claim's line ends with its fingerprint and its file");
    vector_push(&reader->crux->run, &reader->baseline->claims, claim);
    return true;
}

static bool read_line(struct reader *reader)
{
    struct text line = reader->line;
    const struct text word = word_take(&line);
    if (text_is(word, "claim"))
        return read_claim(reader, line);
    if (text_is(word, "vintage"))
        reader->vintage = line;
    else if (text_is(word, "engine"))
        reader->baseline->engine = line;
    else
        return wrong(reader, "its lines begin with claim, engine, vintage or end");
    return true;
}

static int compare_claims(const void *a, const void *b)
{
    const struct baseline_claim *first = a, *second = b;
    int order = text_compare(first->name, second->name);
    if (order == 0)
        order = text_compare(first->scenario, second->scenario);
    if (order == 0)
        order = text_compare(first->forecast, second->forecast);
    return order != 0 ? order : text_compare(first->file, second->file);
}

// Sorted, and each once: two merged by hand may say two things of one claim.
static void put_in_order(struct reader *reader)
{
    struct baseline *baseline = reader->baseline;
    if (baseline->claims.count == 0)
        return;
    qsort(baseline->claims.at, baseline->claims.count, sizeof *baseline->claims.at, compare_claims);
    for (size_t i = 1; i < baseline->claims.count && !reader->failed; i++) {
        const struct span span = baseline->claims.at[i].span;
        if (compare_claims(&baseline->claims.at[i - 1], &baseline->claims.at[i]) != 0)
            continue;
        reader->line = (struct text){reader->source->bytes.at + (span.start - reader->source->base), span.end - span.start};
        wrong(reader, "this claim is there twice");
    }
    for (size_t i = 0; i < baseline->claims.count; i++)
        baseline->claims.at[i].earlier.vintage = reader->vintage;
}

static bool read_first_line(struct reader *reader)
{
    reader->line = lines_take(&reader->lines);
    if (text_is(reader->line, first_line))
        return true;
    struct text line = reader->line, word = word_take(&line);
    const bool newer = text_is(word, "crux") && text_is(word_take(&line), "baseline");
    return wrong(reader, newer ? "it was written by a newer Crux" : "its first line is not `crux baseline 1`");
}

static void read_lines(struct reader *reader)
{
    bool ended = false;
    if (!read_first_line(reader))
        return;
    while (!reader->failed && reader->lines.rest.length > 0) {
        reader->line = lines_take(&reader->lines);
        if (ended)
            wrong(reader, "something stands behind its end");
        else if (text_is(reader->line, "end"))
            ended = true;
        else if (reader->line.length > 0)
            read_line(reader);
    }
    if (!ended && !reader->failed)
        wrong(reader, "its end is missing");
}

struct baseline *baseline_read(struct crux_session *crux, struct text path)
{
    struct text bytes;
    struct identity identity;
    size_t bad;
    if (!read_bytes(crux, path, (struct span){0}, &bytes, &identity))
        return NULL;
    struct baseline *baseline = arena_alloc(&crux->run, sizeof *baseline);
    *baseline = (struct baseline){.path = path};
    struct reader reader = {.crux = crux, .lines.rest = bytes, .baseline = baseline};
    reader.source = sources_add(crux->sources, path, bytes);
    reader.line = (struct text){bytes.at, 0};
    if (!text_valid_utf8(bytes, &bad))
        wrong(&reader, "it is not UTF-8 text");
    else
        read_lines(&reader);
    if (!reader.failed)
        put_in_order(&reader);
    return reader.failed ? NULL : baseline;
}

// ---- comparing --------------------------------------------------------------------------------------------------------------

static const struct text none = {"-", 1};

// What a claim is known by, in a line of its own or in this run.
static struct baseline_claim identity_of(const struct report *report, const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    const struct text forecast = entry->forecast.length > 0 ? entry->forecast : entry->results->forecast;
    const struct place place = sources_place(report->sources, verdict->claim->span.start);
    return (struct baseline_claim){.name = verdict->name,
                                   .scenario = verdict->scenario ? verdict->scenario->name : TEXT("baseline"),
                                   .forecast = forecast.length > 0 ? forecast : none,
                                   .file = place.source ? place.source->path : none};
}

static bool same_but_file(const struct baseline_claim *a, const struct baseline_claim *b)
{
    return text_equal(a->name, b->name) && text_equal(a->scenario, b->scenario) && text_equal(a->forecast, b->forecast);
}

// Position of the first claim that does not stand before `wanted` whatever its file.
static size_t first_like(const struct baseline *baseline, struct baseline_claim wanted)
{
    size_t low = 0, high = baseline->claims.count;
    wanted.file = TEXT("");
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (compare_claims(&baseline->claims.at[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// The file that the baseline names has such a claim in this run too: it is that one's.
static bool is_elsewhere(const struct report *report, const struct baseline_claim *claim)
{
    for (size_t i = 0; i < report->entry_count; i++) {
        const struct baseline_claim other = identity_of(report, &report->entries[i]);
        if (same_but_file(&other, claim) && text_equal(other.file, claim->file))
            return true;
    }
    return false;
}

struct baseline_claim *baseline_find(const struct baseline *baseline, const struct report *report, const struct report_entry *entry)
{
    const struct baseline_claim wanted = identity_of(report, entry);
    struct baseline_claim *found = NULL;
    size_t named = 0;
    for (size_t i = first_like(baseline, wanted); i < baseline->claims.count && same_but_file(&baseline->claims.at[i], &wanted); i++) {
        found = &baseline->claims.at[i];
        if (text_equal(found->file, wanted.file))
            return found;
        named++;
    }
    return named == 1 && !is_elsewhere(report, found) ? found : NULL;
}

static void point_out_gone(struct crux_session *crux, const struct baseline *baseline)
{
    VECTOR(struct text) gone = {0};
    for (size_t i = 0; i < baseline->claims.count; i++) {
        const struct baseline_claim *claim = &baseline->claims.at[i];
        if (claim->there)
            continue;
        vector_push(&crux->run, &gone, claim->name);
        struct diag *diag = diag_add(crux->diags, DIAG_CLAIM_GONE, claim->span, "`%.*s` is no longer among the claims, and was %s", TEXT_ARGS(claim->name),
                                     verdict_words[claim->earlier.kind]);
        diag_help(crux->diags, diag, "put it back, or write the baseline anew with --write-baseline");
    }
    crux->report.gone = gone.at;
    crux->report.gone_count = gone.count;
}

void baseline_compare(struct crux_session *crux, struct baseline *baseline, struct report_entry *entries, size_t count)
{
    crux->report.baseline = baseline->path;
    crux->report.baseline_vintage = baseline->claims.count > 0 ? baseline->claims.at[0].earlier.vintage : TEXT("");
    for (size_t i = 0; i < count; i++) {
        struct baseline_claim *claim = baseline_find(baseline, &crux->report, &entries[i]);
        entries[i].is_new = claim == NULL;
        entries[i].reused = entries[i].verdict->reused;
        if (!claim)
            continue;
        claim->there = true;
        entries[i].before = &claim->earlier;
        entries[i].changed = claim->earlier.kind != entries[i].verdict->kind;
    }
    // Of a part of the claims, or of a run that was stopped, the others are not gone.
    if (crux->diags->error_count == 0 && crux->settings.filters.count == 0 && !crux->report.cancelled)
        point_out_gone(crux, baseline);
}

// ---- writing ----------------------------------------------------------------------------------------------------------------

static void add_figure(struct buffer *out, double value)
{
    buffer_add_char(out, ' ');
    if (isnan(value))
        buffer_add_char(out, '-');
    else
        number_write_exact(out, value);
}

static struct text line_of(struct crux_session *crux, const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    const struct probability *p = &verdict->probability;
    const struct baseline_claim identity = identity_of(&crux->report, entry);
    struct buffer line = buffer_on(&crux->scratch);
    buffer_printf(&line, "claim %.*s %.*s %.*s %s %s", TEXT_ARGS(identity.name), TEXT_ARGS(identity.scenario), TEXT_ARGS(identity.forecast),
                  verdict_words[verdict->kind], evidence_words[verdict->basis]);
    const double figures[] = {p->lower, p->upper, p->estimate, p->ci_low, p->ci_high};
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        add_figure(&line, figures[i]);
    buffer_printf(&line, " %s %.*s\n", verdict->fingerprint ? verdict->fingerprint : "0", TEXT_ARGS(identity.file));
    return buffer_text(&line);
}

static int compare_lines(const void *a, const void *b)
{
    return text_compare(*(const struct text *)a, *(const struct text *)b);
}

static void write_baseline(struct crux_session *crux, void *argument)
{
    const struct crux_writer *writer = argument;
    const struct report *report = &crux->report;
    if (!crux->diags || report->exit_code > 1 || report->entry_count == 0) {
        session_fail(crux, CRUX_BAD_ARGUMENT, "there is no run to be trusted that a baseline could be made of");
        return;
    }
    struct text *lines = arena_array(&crux->scratch, report->entry_count, sizeof *lines);
    for (size_t i = 0; i < report->entry_count; i++)
        lines[i] = line_of(crux, &report->entries[i]);
    qsort(lines, report->entry_count, sizeof *lines, compare_lines);
    struct buffer out = buffer_on(&crux->scratch);
    buffer_printf(&out, "%s\nengine %s\n", first_line, CRUX_VERSION);
    if (report->vintage.length > 0)
        buffer_printf(&out, "vintage %.*s\n", TEXT_ARGS(report->vintage));
    for (size_t i = 0; i < report->entry_count; i++)
        buffer_add(&out, lines[i]);
    buffer_add_string(&out, "end\n");
    if (!writer->write(writer->user, out.at, out.length))
        session_fail(crux, CRUX_NOT_WRITTEN, "the baseline could not be written");
}

enum crux_status crux_write_baseline(struct crux_session *crux, const struct crux_writer *writer)
{
    struct crux_writer copy = *writer;
    return session_enter(crux, write_baseline, &copy);
}
