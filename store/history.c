#include "store/history.h"

#include <math.h>

#include "base/vector.h"
#include "store/connection.h"

// ---- runs ----------------------------------------------------------------------------------------------------------------------

static struct recorded_run read_run(struct arena *arena, sqlite3_stmt *row)
{
    return (struct recorded_run){
        .number = sqlite3_column_int64(row, 0),
        .recorded_on = column_text(arena, row, 1),
        .engine = column_text(arena, row, 2),
        .vintage = column_text(arena, row, 3),
        .vintage_end = column_number(row, 4),
        .seed = (uint64_t)sqlite3_column_int64(row, 5),
        .sampler = column_text(arena, row, 6),
        .samples = (uint64_t)sqlite3_column_int64(row, 7),
        .level = column_number(row, 8),
        .forecast = column_text(arena, row, 9),
        .note = column_text(arena, row, 10),
    };
}

struct runs {
    struct recorded_run *at;
    size_t count, room;
};

static struct runs read_runs(struct store *store, struct arena *arena)
{
    struct runs runs = {0};
    sqlite3_stmt *row = store_statement(store, STATEMENT_RUNS);
    while (row && store_step(store, row))
        vector_push(arena, &runs, read_run(arena, row));
    return runs;
}

// They are in the order of their numbers.
static const struct recorded_run *run_of(const struct runs *runs, int64_t number)
{
    size_t low = 0, high = runs->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (runs->at[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < runs->count && runs->at[low].number == number ? &runs->at[low] : NULL;
}

// ---- verdicts --------------------------------------------------------------------------------------------------------------------

// The position of the word, or -1: another program wrote it.
static int word_among(sqlite3_stmt *row, int column, const char *const *words, int count)
{
    const void *at = sqlite3_column_text(row, column);
    const struct text word = {at, at ? (size_t)sqlite3_column_bytes(row, column) : 0};
    for (int i = 0; i < count; i++)
        if (text_is(word, words[i]))
            return i;
    return -1;
}

static struct probability read_probability(sqlite3_stmt *row, int column)
{
    return (struct probability){
        .lower = column_number(row, column),
        .upper = column_number(row, column + 1),
        .estimate = column_number(row, column + 2),
        .ci_low = column_number(row, column + 3),
        .ci_high = column_number(row, column + 4),
    };
}

// False when the row makes no sense.
static bool read_verdict(struct arena *arena, sqlite3_stmt *row, struct recorded_verdict *verdict)
{
    const int kind = word_among(row, 13, verdict_words, VERDICT_COUNT), basis = word_among(row, 14, evidence_words, EVIDENCE_SAMPLED + 1);
    if (kind < 0 || basis < 0)
        return false;
    *verdict = (struct recorded_verdict){
        .number = sqlite3_column_int64(row, 0),
        .file = column_text(arena, row, 2),
        .module = column_text(arena, row, 3),
        .name = column_text(arena, row, 4),
        .scenario = column_text(arena, row, 5),
        .forecast = column_text(arena, row, 6),
        .speaker = column_text(arena, row, 7),
        .said_on = column_number(row, 8),
        .sentence = column_text(arena, row, 9),
        .wording = column_text(arena, row, 10),
        .reading = column_text(arena, row, 11),
        .level = column_number(row, 12),
        .kind = (enum verdict_kind)kind,
        .basis = (enum evidence)basis,
        .probability = read_probability(row, 15),
        .expected = column_text(arena, row, 20),
        .as_expected = sqlite3_column_int(row, 21) != 0,
        .fingerprint = column_text(arena, row, 22),
        .window_end = column_number(row, 23),
    };
    return true;
}

struct verdicts {
    struct past_verdict *at;
    size_t count, room;
};

static void damaged(struct store *store, const char *what, int64_t number)
{
    store_fail(store, STORE_CORRUPT, "`%s` is damaged: what it has as %s %lld makes no sense; go back to a copy, or record into a new file",
               store->path, what, (long long)number);
}

static struct verdicts read_verdicts(struct store *store, struct arena *arena, struct text name, const struct runs *runs)
{
    struct verdicts verdicts = {0};
    sqlite3_stmt *row = store_statement(store, STATEMENT_RUN_VERDICTS);
    if (row)
        bind_text(row, 1, name);
    while (row && store_step(store, row)) {
        struct past_verdict past = {.run = run_of(runs, sqlite3_column_int64(row, 1))};
        if (!past.run || !read_verdict(arena, row, &past.verdict)) {
            damaged(store, "recorded verdict", sqlite3_column_int64(row, 0));
            store_finish(row);
            break;
        }
        vector_push(arena, &verdicts, past);
    }
    return verdicts;
}

static bool is_same_claim(const struct recorded_verdict *a, const struct recorded_verdict *b)
{
    return text_equal(a->module, b->module) && text_equal(a->name, b->name) && text_equal(a->scenario, b->scenario) &&
           text_equal(a->forecast, b->forecast);
}

struct past ask_past(struct store *store, struct arena *arena, struct text name)
{
    VECTOR(struct past_claim) claims = {0};
    if (!schema_has_runs(store))
        return (struct past){0};
    const struct runs runs = read_runs(store, arena);
    const struct verdicts verdicts = read_verdicts(store, arena, name, &runs);
    for (size_t i = 0; i < verdicts.count; i++) {
        if (i == 0 || !is_same_claim(&verdicts.at[i - 1].verdict, &verdicts.at[i].verdict))
            vector_push(arena, &claims, ((struct past_claim){.at = &verdicts.at[i]}));
        claims.at[claims.count - 1].count++;
    }
    if (store_trouble(store, NULL) != STORE_OK)
        return (struct past){0};
    return (struct past){.run_count = runs.count, .runs = runs.at, .claim_count = claims.count, .claims = claims.at};
}

struct text past_wording(struct store *store, struct arena *arena, const struct recorded_verdict *verdict, int64_t run)
{
    struct text wording = {0};
    sqlite3_stmt *row = store_statement(store, STATEMENT_LAST_WORDING);
    if (!row)
        return wording;
    bind_text(row, 1, verdict->module);
    bind_text(row, 2, verdict->name);
    bind_text(row, 3, verdict->scenario);
    bind_text(row, 4, verdict->forecast);
    sqlite3_bind_int64(row, 5, run);
    if (store_step(store, row)) {
        wording = column_text(arena, row, 0);
        store_finish(row);
    }
    return wording;
}

// ---- inputs ----------------------------------------------------------------------------------------------------------------------

static struct recorded_input read_input(struct arena *arena, sqlite3_stmt *row)
{
    return (struct recorded_input){
        .name = column_text(arena, row, 0),
        .low = column_number(row, 1),
        .central = column_number(row, 2),
        .high = column_number(row, 3),
        .unit = column_text(arena, row, 4),
        .basis = column_text(arena, row, 5),
        .observations = (size_t)sqlite3_column_int64(row, 6),
        .quantity = column_text(arena, row, 7),
        .valid = column_text(arena, row, 8),
        .known = column_text(arena, row, 9),
        .known_from = column_number(row, 10),
        .source = column_text(arena, row, 11),
        .observed_until = column_number(row, 12),
    };
}

struct past_inputs past_inputs(struct store *store, struct arena *arena, const struct past_verdict *verdict)
{
    VECTOR(struct recorded_input) inputs = {0};
    sqlite3_stmt *row = store_statement(store, STATEMENT_RUN_INPUTS);
    if (row)
        sqlite3_bind_int64(row, 1, verdict->verdict.number);
    while (row && store_step(store, row))
        vector_push(arena, &inputs, read_input(arena, row));
    return (struct past_inputs){inputs.count, inputs.at};
}
