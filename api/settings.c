// crux_set: from the text of a setting to its value.
#include <math.h>
#include <stddef.h>
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

// ---- one reader for each kind of setting: false when the text is none, and then nothing is written ------------------------------

static bool read_text(struct crux_session *crux, struct text value, void *to)
{
    (void)crux;
    *(struct text *)to = value;
    return true;
}

static bool push_text(struct crux_session *crux, struct text value, void *to)
{
    struct text_vector *texts = to;
    vector_push(&crux->session, texts, value);
    return true;
}

static bool read_date(struct crux_session *crux, struct text value, void *to)
{
    double start, end;
    (void)crux;
    if (!written_date(value, &start, &end))
        return false;
    *(struct text *)to = written_trim(value);
    return true;
}

static bool read_yes(struct crux_session *crux, struct text value, void *to)
{
    (void)crux;
    if (!text_is(value, "yes") && !text_is(value, "no"))
        return false;
    *(bool *)to = text_is(value, "yes");
    return true;
}

static bool read_philox(struct crux_session *crux, struct text value, void *to)
{
    (void)crux;
    if (!text_is(value, "philox") && !text_is(value, "sobol"))
        return false;
    *(bool *)to = text_is(value, "philox");
    return true;
}

static bool read_level(struct crux_session *crux, struct text value, void *to)
{
    double level, factor = 1;
    (void)crux;
    if (value.length > 0 && value.at[value.length - 1] == '%') {
        factor = 100;
        value.length--;
        value = written_trim(value);
    }
    if (!number_read(value, &level) || !(level / factor > 0.5 && level / factor < 1))
        return false;
    *(double *)to = level / factor;
    return true;
}

static bool read_seconds(struct crux_session *crux, struct text value, void *to)
{
    double seconds;
    (void)crux;
    if (!read_count(value, &seconds) || !(seconds > 0 && seconds < 1e9))
        return false;
    *(double *)to = seconds;
    return true;
}

static bool read_stale_after(struct crux_session *crux, struct text value, void *to)
{
    double age;
    (void)crux;
    if (!read_age(value, &age))
        return false;
    *(double *)to = age;
    return true;
}

static bool read_samples(struct crux_session *crux, struct text value, void *to)
{
    (void)crux;
    return read_whole(value, 1, 1e12, to);
}

static bool read_boxes(struct crux_session *crux, struct text value, void *to)
{
    (void)crux;
    return read_whole(value, 0, 1e12, to);
}

static bool read_seed(struct crux_session *crux, struct text value, void *to)
{
    (void)crux;
    return read_whole(value, 0, 9007199254740992.0, to);
}

static bool read_size(struct text value, double most, void *to)
{
    uint64_t whole;
    if (!read_whole(value, 1, most, &whole))
        return false;
    *(size_t *)to = (size_t)whole;
    return true;
}

static bool read_threads(struct crux_session *crux, struct text value, void *to)
{
    (void)crux;
    return read_size(value, 1024, to);
}

static bool read_depth(struct crux_session *crux, struct text value, void *to)
{
    (void)crux;
    return read_size(value, 200, to);
}

static bool is_lint(struct text code)
{
    for (size_t i = 0; crux_code(i) != NULL; i++)
        if (text_is(code, crux_code(i)))
            return code.at[0] == 'W';
    return text_is(code, "all");
}

static bool push_lint(struct crux_session *crux, struct text value, void *to)
{
    struct lints *lints = to;
    struct lint lint;
    if (!lint_read(value, &lint) || !is_lint(lint.code))
        return false;
    vector_push(&crux->session, lints, lint);
    return true;
}

// The bit of a word of --fail-on; 0 when there is none.
static unsigned failing_bit(struct text word)
{
    for (int kind = 0; kind < VERDICT_COUNT; kind++)
        if (text_is(word, verdict_words[kind]))
            return 1u << kind;
    return text_is(word, "changed") ? FAIL_ON_CHANGED : text_is(word, "stale") ? FAIL_ON_STALE : 0;
}

static bool read_fail_on(struct crux_session *crux, struct text value, void *to)
{
    unsigned bits = 0;
    (void)crux;
    for (size_t start = 0; start <= value.length;) {
        size_t end = start;
        while (end < value.length && value.at[end] != ',')
            end++;
        const unsigned bit = failing_bit(written_trim((struct text){value.at + start, end - start}));
        if (bit == 0)
            return false;
        bits |= bit;
        start = end + 1;
    }
    *(unsigned *)to = bits;
    return true;
}

// ---- the settings -------------------------------------------------------------------------------------------------------------

const struct settings settings_initial = {.seed = 1, .proof_boxes = PROOF_BOXES_DEFAULT};

// How a setting is read, into which member, and what is wanted where that fails.
struct setting_row {
    bool (*read)(struct crux_session *crux, struct text value, void *to);
    size_t at, size;
    const char *wanted;
};
#define ROW(setting, reader, member, wanted) \
    [CRUX_##setting] = {reader, offsetof(struct settings, member), sizeof((struct settings *)0)->member, wanted}
#define A_DATE "a date, such as 2025-04-03, 2025-04, 2025Q2, 2025 or today"
static const struct setting_row rows[] = {
    ROW(FORECAST, read_text, forecast, NULL),
    ROW(SCENARIO, read_text, scenario, NULL),
    ROW(SET, push_text, sets, NULL),
    ROW(LEVEL, read_level, level, "a level above 50 % and below 100 %, such as 95%"),
    ROW(SAMPLES, read_samples, samples, "a number of futures, such as 100k"),
    ROW(BUDGET, read_seconds, budget, "a number of seconds above 0, such as 2.5"),
    ROW(SEED, read_seed, seed, "a whole number from 0 to 2^53"),
    ROW(THREADS, read_threads, threads, "a number of threads from 1 to 1024"),
    ROW(FILTER, push_text, filters, NULL),
    ROW(DB, read_text, db, NULL),
    ROW(AS_OF, read_date, as_of, A_DATE),
    ROW(LINT, push_lint, lints, "a code that starts with W, or `all`, with off, warn or error, such as W703=off"),
    ROW(SAMPLER, read_philox, philox, "a sampler: `sobol` or `philox`"),
    ROW(DEPTH, read_depth, depth, "a number of levels from 1 to 200"),
    ROW(CERTIFICATE, read_yes, certificate, "`yes` or `no`"),
    ROW(PROOF_BOXES, read_boxes, proof_boxes, "a number of boxes, such as 100k, or 0 for no proofs"),
    ROW(RECORD, read_yes, record, "`yes` or `no`"),
    ROW(RECORD_NOTE, read_text, note, NULL),
    ROW(INDICES, read_yes, indices, "`yes` or `no`"),
    ROW(BASELINE, read_text, baseline, NULL),
    ROW(FAIL_ON, read_fail_on, fail_on, "a list of verdicts, `changed` and `stale`, such as refuted,sensitive,changed"),
    ROW(WAIVERS, read_text, waivers, NULL),
    ROW(TODAY, read_date, today, A_DATE),
    ROW(SINCE, read_text, since, NULL),
    ROW(STALE_AFTER, read_stale_after, stale_after, "an age, such as `18 months`: a number and days, weeks, months, quarters or years"),
};
#undef A_DATE
#undef ROW

static const struct setting_row *row_of(enum crux_setting setting)
{
    return (size_t)setting < sizeof rows / sizeof *rows && rows[setting].read ? &rows[setting] : NULL;
}

struct change {
    enum crux_setting setting;
    const char *value;
};

static void set(struct crux_session *crux, void *argument)
{
    const struct change *change = argument;
    const struct setting_row *row = row_of(change->setting);
    const struct text value = text_copy(&crux->session, text_of(change->value));
    if (!row)
        session_fail(crux, CRUX_BAD_ARGUMENT, "there is no setting number %d", (int)change->setting);
    else if (!row->read(crux, value, (char *)&crux->settings + row->at))
        session_fail(crux, CRUX_BAD_ARGUMENT, "`%s` is not %s", change->value, row->wanted);
}

enum crux_status crux_set(struct crux_session *crux, enum crux_setting setting, const char *value)
{
    const struct setting_row *row = row_of(setting);
    if (!value && row) {
        memcpy((char *)&crux->settings + row->at, (const char *)&settings_initial + row->at, row->size);
        return CRUX_OK;
    }
    struct change change = {setting, value ? value : ""};
    return session_enter(crux, set, &change);
}
