#include "store/record.h"

#include "base/map.h"
#include "store/connection.h"

// One run on its way into the file.
struct recording {
    struct store *store;
    struct arena *arena;
    const struct recorded_run *run;
    struct map inputs; // by the address of a recorded_input: the number of its row, kept as sqlite3_int64 *
};

static bool add(struct store *store, sqlite3_stmt *statement, int64_t *number)
{
    store_step(store, statement);
    *number = sqlite3_last_insert_rowid(store->db);
    return store->status == STORE_OK;
}

static void bind_run(sqlite3_stmt *statement, const struct recorded_run *run)
{
    bind_text(statement, 1, run->recorded_on);
    bind_text(statement, 2, run->engine);
    bind_text(statement, 3, run->vintage);
    bind_number(statement, 4, run->vintage_end);
    sqlite3_bind_int64(statement, 5, (sqlite3_int64)run->seed);
    bind_text(statement, 6, run->sampler);
    sqlite3_bind_int64(statement, 7, (sqlite3_int64)run->samples);
    bind_number(statement, 8, run->level);
    bind_text(statement, 9, run->forecast);
    bind_text(statement, 10, run->note);
}

static void bind_claim(sqlite3_stmt *statement, const struct recorded_verdict *verdict)
{
    bind_text(statement, 2, verdict->file);
    bind_text(statement, 3, verdict->module);
    bind_text(statement, 4, verdict->name);
    bind_text(statement, 5, verdict->scenario);
    bind_text(statement, 6, verdict->forecast);
    bind_text(statement, 7, verdict->speaker);
    bind_number(statement, 8, verdict->said_on);
    bind_text(statement, 9, verdict->sentence);
    bind_text(statement, 10, verdict->wording);
    bind_text(statement, 11, verdict->reading);
}

static void bind_verdict(sqlite3_stmt *statement, const struct recorded_verdict *verdict)
{
    const struct probability *probability = &verdict->probability;
    bind_number(statement, 12, verdict->level);
    bind_text(statement, 13, text_of(verdict_words[verdict->kind]));
    bind_text(statement, 14, text_of(evidence_words[verdict->basis]));
    bind_number(statement, 15, probability->lower);
    bind_number(statement, 16, probability->upper);
    bind_number(statement, 17, probability->estimate);
    bind_number(statement, 18, probability->ci_low);
    bind_number(statement, 19, probability->ci_high);
    bind_text(statement, 20, verdict->expected);
    sqlite3_bind_int(statement, 21, verdict->as_expected);
    bind_text(statement, 22, verdict->fingerprint);
    bind_number(statement, 23, verdict->window_end);
}

static void bind_input(sqlite3_stmt *statement, const struct recorded_input *input)
{
    bind_text(statement, 2, input->name);
    bind_number(statement, 3, input->low);
    bind_number(statement, 4, input->central);
    bind_number(statement, 5, input->high);
    bind_text(statement, 6, input->unit);
    bind_text(statement, 7, input->basis);
    sqlite3_bind_int64(statement, 8, (sqlite3_int64)input->observations);
    bind_text(statement, 9, input->quantity);
    bind_text(statement, 10, input->valid);
    bind_text(statement, 11, input->known);
    bind_number(statement, 12, input->known_from);
    bind_text(statement, 13, input->source);
    bind_number(statement, 14, input->observed_until);
}

// The number of the input's row, which is made the first time. NULL after a failure.
static const int64_t *input_number(struct recording *recording, const struct recorded_input *input)
{
    const struct text key = {(const char *)&input, sizeof input};
    int64_t *number = map_get(&recording->inputs, key);
    if (number)
        return number;
    sqlite3_stmt *statement = store_statement(recording->store, STATEMENT_ADD_RUN_INPUT);
    if (!statement)
        return NULL;
    sqlite3_bind_int64(statement, 1, recording->run->number);
    bind_input(statement, input);
    number = arena_alloc(recording->arena, sizeof *number);
    map_put(&recording->inputs, (struct text){arena_copy(recording->arena, (const char *)&input, sizeof input), sizeof input}, number);
    return add(recording->store, statement, number) ? number : NULL;
}

static bool add_use(struct recording *recording, int64_t verdict, const struct recorded_input *input)
{
    int64_t none;
    const int64_t *number = input_number(recording, input);
    sqlite3_stmt *statement = number ? store_statement(recording->store, STATEMENT_ADD_RUN_USE) : NULL;
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, verdict);
    sqlite3_bind_int64(statement, 2, *number);
    return add(recording->store, statement, &none);
}

static bool add_verdict(struct recording *recording, const struct recorded_verdict *verdict)
{
    int64_t number;
    sqlite3_stmt *statement = store_statement(recording->store, STATEMENT_ADD_RUN_VERDICT);
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, recording->run->number);
    bind_claim(statement, verdict);
    bind_verdict(statement, verdict);
    if (!add(recording->store, statement, &number))
        return false;
    for (size_t i = 0; i < verdict->input_count; i++)
        if (!add_use(recording, number, verdict->inputs[i]))
            return false;
    return true;
}

bool store_record(struct store *store, struct arena *scratch, struct recorded_run *run)
{
    struct recording recording = {.store = store, .arena = scratch, .run = run, .inputs = map_on(scratch)};
    sqlite3_stmt *statement = store_statement(store, STATEMENT_ADD_RUN);
    if (!statement)
        return false;
    bind_run(statement, run);
    if (!add(store, statement, &run->number))
        return false;
    for (size_t i = 0; i < run->verdict_count; i++)
        if (!add_verdict(&recording, &run->verdicts[i]))
            return false;
    return true;
}
