// crux_set: from the text of a setting to its value.
#include <math.h>
#include <string.h>

#include "api/session.h"
#include "api/stale.h"
#include "base/number.h"
#include "dsl/written.h"

// Digits with a letter k, M, B or T behind them.
static bool read_count(struct text t, double *value)
{
    static const struct {
        char letter;
        double factor;
    } letters[] = {{'k', 1e3}, {'M', 1e6}, {'B', 1e9}, {'T', 1e12}};
    double factor = 1;
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        if (t.length > 1 && t.at[t.length - 1] == letters[i].letter) {
            factor = letters[i].factor;
            t.length--;
            break;
        }
    }
    if (!number_read(t, value))
        return false;
    *value *= factor;
    return true;
}

static bool read_whole(struct text t, double least, double most, uint64_t *whole)
{
    double value;
    if (!read_count(t, &value) || !(value >= least && value <= most) || floor(value) != value)
        return false;
    *whole = (uint64_t)value;
    return true;
}

static bool read_level(struct text t, double *level)
{
    double factor = 1;
    if (t.length > 0 && t.at[t.length - 1] == '%') {
        factor = 100;
        t.length--;
        while (t.length > 0 && t.at[t.length - 1] == ' ')
            t.length--;
    }
    double value;
    if (!number_read(t, &value))
        return false;
    *level = value / factor;
    return *level > 0.5 && *level < 1;
}

struct change {
    enum crux_setting setting;
    const char *value;
};

static void refuse(struct crux_session *crux, const char *value, const char *wanted)
{
    session_fail(crux, CRUX_BAD_ARGUMENT, "`%s` is not %s", value, wanted);
}

static void set_number(struct crux_session *crux, enum crux_setting setting, const char *string)
{
    const struct text value = text_of(string);
    struct settings *settings = &crux->settings;
    uint64_t whole;
    double number;
    switch (setting) {
    case CRUX_LEVEL:
        if (!read_level(value, &number))
            refuse(crux, string, "a level above 50 % and below 100 %, such as 95%");
        else
            settings->level = number;
        return;
    case CRUX_SAMPLES:
        if (!read_whole(value, 1, 1e12, &settings->samples))
            refuse(crux, string, "a number of futures, such as 100k");
        return;
    case CRUX_BUDGET:
        if (!read_count(value, &number) || !(number > 0 && number < 1e9))
            refuse(crux, string, "a number of seconds above 0, such as 2.5");
        else
            settings->budget = number;
        return;
    case CRUX_SEED:
        if (!read_whole(value, 0, 9007199254740992.0, &settings->seed))
            refuse(crux, string, "a whole number from 0 to 2^53");
        return;
    case CRUX_THREADS:
        if (!read_whole(value, 1, 1024, &whole))
            refuse(crux, string, "a number of threads from 1 to 1024");
        else
            settings->threads = (size_t)whole;
        return;
    case CRUX_DEPTH:
        if (!read_whole(value, 1, 200, &whole))
            refuse(crux, string, "a number of levels from 1 to 200");
        else
            settings->depth = (size_t)whole;
        return;
    case CRUX_PROOF_BOXES:
        if (!read_whole(value, 0, 1e12, &settings->proof_boxes))
            refuse(crux, string, "a number of boxes, such as 100k, or 0 for no proofs");
        else
            settings->no_proofs = settings->proof_boxes == 0;
        return;
    case CRUX_FORECAST:
    case CRUX_SCENARIO:
    case CRUX_SET:
    case CRUX_FILTER:
    case CRUX_DB:
    case CRUX_AS_OF:
    case CRUX_LINT:
    case CRUX_SAMPLER:
    case CRUX_INDICES:
    case CRUX_CERTIFICATE:
    case CRUX_RECORD:
    case CRUX_RECORD_NOTE:
    case CRUX_BASELINE:
    case CRUX_SINCE:
    case CRUX_FAIL_ON:
    case CRUX_STALE_AFTER:
    case CRUX_WAIVERS:
    case CRUX_TODAY:
        return;
    }
}

static void set_date(struct crux_session *crux, struct text *date, struct text value)
{
    double start, end;
    if (written_date(value, &start, &end))
        *date = written_trim(value);
    else
        refuse(crux, value.at, "a date, such as 2025-04-03, 2025-04, 2025Q2, 2025 or today");
}

static bool is_lint(struct text code)
{
    for (size_t i = 0; crux_code(i) != NULL; i++)
        if (text_is(code, crux_code(i)))
            return code.at[0] == 'W';
    return text_is(code, "all");
}

static void set_lint(struct crux_session *crux, struct text value)
{
    struct lint lint;
    if (lint_read(value, &lint) && is_lint(lint.code))
        vector_push(&crux->session, &crux->settings.lints, lint);
    else
        refuse(crux, value.at, "a code that starts with W, or `all`, with off, warn or error, such as W703=off");
}

// The bit of a word of --fail-on; 0 when there is none.
static unsigned failing_bit(struct text word)
{
    for (int kind = 0; kind < VERDICT_COUNT; kind++)
        if (text_is(word, verdict_words[kind]))
            return 1u << kind;
    return text_is(word, "changed") ? FAIL_ON_CHANGED : text_is(word, "stale") ? FAIL_ON_STALE : 0;
}

static void set_fail_on(struct crux_session *crux, struct text value)
{
    unsigned bits = 0;
    for (size_t start = 0; start <= value.length;) {
        size_t end = start;
        while (end < value.length && value.at[end] != ',')
            end++;
        const unsigned bit = failing_bit(written_trim((struct text){value.at + start, end - start}));
        if (bit == 0) {
            refuse(crux, value.at, "a list of verdicts, `changed` and `stale`, such as refuted,sensitive,changed");
            return;
        }
        bits |= bit;
        start = end + 1;
    }
    crux->settings.fail_on = bits;
}

static void set_indices(struct crux_session *crux, const char *value)
{
    if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
        refuse(crux, value, "`yes` or `no`");
    else
        crux->settings.indices = strcmp(value, "yes") == 0;
}

static void set_record(struct crux_session *crux, const char *value)
{
    if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
        refuse(crux, value, "`yes` or `no`");
    else
        crux->settings.record = strcmp(value, "yes") == 0;
}

static void set_sampler(struct crux_session *crux, const char *value)
{
    if (strcmp(value, "sobol") != 0 && strcmp(value, "philox") != 0)
        refuse(crux, value, "a sampler: `sobol` or `philox`");
    else
        crux->settings.philox = strcmp(value, "philox") == 0;
}

static void set(struct crux_session *crux, void *argument)
{
    const struct change *change = argument;
    struct settings *settings = &crux->settings;
    const struct text value = text_copy(&crux->session, text_of(change->value));
    switch (change->setting) {
    case CRUX_FORECAST:
        settings->forecast = value;
        return;
    case CRUX_SCENARIO:
        settings->scenario = value;
        return;
    case CRUX_SET:
        vector_push(&crux->session, &settings->sets, value);
        return;
    case CRUX_FILTER:
        vector_push(&crux->session, &settings->filters, value);
        return;
    case CRUX_DB:
        settings->db = value;
        return;
    case CRUX_AS_OF:
        set_date(crux, &settings->as_of, value);
        return;
    case CRUX_LINT:
        set_lint(crux, value);
        return;
    case CRUX_SAMPLER:
        set_sampler(crux, change->value);
        return;
    case CRUX_INDICES:
        set_indices(crux, change->value);
        return;
    case CRUX_RECORD:
        set_record(crux, change->value);
        return;
    case CRUX_RECORD_NOTE:
        settings->note = value;
        return;
    case CRUX_CERTIFICATE:
        if (text_is(value, "yes"))
            settings->certificate = true;
        else
            refuse(crux, value.at, "`yes`");
        return;
    case CRUX_BASELINE:
        settings->baseline = value;
        return;
    case CRUX_SINCE:
        settings->baseline = value;
        settings->since = true;
        return;
    case CRUX_FAIL_ON:
        set_fail_on(crux, value);
        return;
    case CRUX_STALE_AFTER:
        if (!read_age(value, &settings->stale_after)) {
            settings->stale_after = 0;
            refuse(crux, value.at, "an age, such as `18 months`: a number and days, weeks, months, quarters or years");
        }
        return;
    case CRUX_WAIVERS:
        settings->waivers = value;
        return;
    case CRUX_TODAY:
        set_date(crux, &settings->today, value);
        return;
    case CRUX_LEVEL:
    case CRUX_SAMPLES:
    case CRUX_BUDGET:
    case CRUX_SEED:
    case CRUX_THREADS:
    case CRUX_DEPTH:
    case CRUX_PROOF_BOXES:
        set_number(crux, change->setting, change->value);
        return;
    }
    session_fail(crux, CRUX_BAD_ARGUMENT, "there is no setting number %d", (int)change->setting);
}

// What is kept of a run.
static void reset_kept(struct settings *settings, enum crux_setting setting)
{
    if (setting == CRUX_RECORD)
        settings->record = false;
    else if (setting == CRUX_RECORD_NOTE)
        settings->note = (struct text){0};
    else
        settings->certificate = false;
}

static void reset(struct settings *settings, enum crux_setting setting)
{
    const struct settings initial = {.seed = 1};
    switch (setting) {
    case CRUX_FORECAST:
        settings->forecast = initial.forecast;
        return;
    case CRUX_SCENARIO:
        settings->scenario = initial.scenario;
        return;
    case CRUX_SET:
        settings->sets.count = 0;
        return;
    case CRUX_LEVEL:
        settings->level = initial.level;
        return;
    case CRUX_SAMPLES:
        settings->samples = initial.samples;
        return;
    case CRUX_BUDGET:
        settings->budget = initial.budget;
        return;
    case CRUX_SEED:
        settings->seed = initial.seed;
        return;
    case CRUX_THREADS:
        settings->threads = initial.threads;
        return;
    case CRUX_FILTER:
        settings->filters.count = 0;
        return;
    case CRUX_DB:
        settings->db = initial.db;
        return;
    case CRUX_AS_OF:
        settings->as_of = initial.as_of;
        return;
    case CRUX_LINT:
        settings->lints.count = 0;
        return;
    case CRUX_SAMPLER:
        settings->philox = initial.philox;
        return;
    case CRUX_INDICES:
        settings->indices = initial.indices;
        return;
    case CRUX_DEPTH:
        settings->depth = initial.depth;
        return;
    case CRUX_RECORD:
    case CRUX_RECORD_NOTE:
    case CRUX_CERTIFICATE:
        reset_kept(settings, setting);
        return;
    case CRUX_BASELINE:
        settings->baseline = initial.baseline;
        return;
    case CRUX_SINCE:
        settings->baseline = initial.baseline;
        settings->since = initial.since;
        return;
    case CRUX_FAIL_ON:
        settings->fail_on = initial.fail_on;
        return;
    case CRUX_STALE_AFTER:
        settings->stale_after = initial.stale_after;
        return;
    case CRUX_WAIVERS:
        settings->waivers = initial.waivers;
        return;
    case CRUX_TODAY:
        settings->today = initial.today;
        return;
    case CRUX_PROOF_BOXES:
        settings->proof_boxes = initial.proof_boxes;
        settings->no_proofs = initial.no_proofs;
        return;
    }
}

enum crux_status crux_set(struct crux_session *crux, enum crux_setting setting, const char *value)
{
    if (!value) {
        reset(&crux->settings, setting);
        return CRUX_OK;
    }
    struct change change = {setting, value};
    return session_enter(crux, set, &change);
}
