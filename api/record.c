#include "api/record.h"

#include <errno.h>
#include <unistd.h>

#include "dsl/diag.h"
#include "store/history.h"

enum { PATIENCE = 30000 }; // milliseconds: a finished run waits longer for its turn than a question would

bool can_record(struct crux_session *crux)
{
    if (!crux->settings.record)
        return true;
    if (crux->settings.db.length == 0)
        session_fail(crux, CRUX_BAD_ARGUMENT, "there is no data store to record in: the one that comes with Crux cannot be changed; name a file of your "
                                              "own with --db FILE, which is made if there is none");
    else if (crux->settings.sets.count > 0)
        session_fail(crux, CRUX_BAD_ARGUMENT, "a run with --set answers a question of the moment and is not recorded; put what is set into a scenario");
    return crux->status == CRUX_OK;
}

// A file that is to be made there can be.
static bool folder_takes_files(struct arena *arena, struct text path)
{
    while (path.length > 0 && path.at[path.length - 1] != '/')
        path.length--;
    return access(path.length > 0 ? text_copy(arena, path).at : ".", W_OK | X_OK) == 0;
}

struct store *open_record(struct run *run, struct text *message)
{
    struct crux_session *crux = run->crux;
    enum store_status status;
    const bool missing = access(crux->settings.db.at, F_OK) != 0 && errno == ENOENT;
    if (missing && folder_takes_files(&crux->scratch, crux->settings.db))
        return store_open(&crux->run, TEXT(""), &status, message);
    run->record = store_open_to_append(&crux->run, crux->settings.db, &status, message);
    return run->record ? store_open(&crux->run, crux->settings.db, &status, message) : NULL;
}

static void refuse(struct run *run, struct text message)
{
    diag_add(run->crux->diags, DIAG_FILE, (struct span){0}, "%.*s", TEXT_ARGS(message));
}

static void refuse_store(struct run *run, struct store *store)
{
    struct text message;
    store_trouble(store, &message);
    store_rollback(store);
    refuse(run, message);
}

// ---- goalposts -------------------------------------------------------------------------------------------------------------------

static const struct past_claim *claim_of(const struct past *past, const struct recorded_verdict *row)
{
    for (size_t i = 0; i < past->claim_count; i++) {
        const struct recorded_verdict *first = &past->claims[i].at[0].verdict;
        if (text_equal(first->module, row->module) && text_equal(first->name, row->name) && text_equal(first->scenario, row->scenario) &&
            text_equal(first->forecast, row->forecast))
            return &past->claims[i];
    }
    return NULL;
}

static void tell_moved(struct run *run, const struct verdict *verdict, const struct goalposts *moved, struct text now)
{
    struct diags *diags = run->crux->diags;
    const struct past_verdict *last = moved->last;
    struct diag *diag =
        diag_add(diags, DIAG_GOALPOSTS, verdict->claim->span, "goalposts moved: `%.*s` was reworded after the data changed%s", TEXT_ARGS(verdict->name),
                 moved->better ? ", and comes out better for it" : "");
    diag_primary(diags, diag, "%s now, %s at %.*s under the old wording", verdict_words[verdict->kind], verdict_words[last->verdict.kind],
                 TEXT_ARGS(last->run->vintage));
    diag_help(diags, diag, "it said `%.*s` and says `%.*s`: state the new wording as a claim of its own, and keep the old one", TEXT_ARGS(last->verdict.wording),
              TEXT_ARGS(now));
}

// The run is in the file already, if not for good.
static void find_moved(struct run *run, struct store *store, const struct recorded_run *rows)
{
    struct arena *arena = &run->crux->run;
    for (size_t i = 0; i < rows->verdict_count; i++) {
        const struct recorded_verdict *row = &rows->verdicts[i];
        const struct text before = past_wording(store, arena, row, rows->number);
        if (before.length == 0 || text_equal(before, row->wording))
            continue;
        const struct past past = ask_past(store, arena, row->name);
        const struct past_claim *claim = claim_of(&past, row);
        const struct goalposts *moved = claim ? past_goalposts(store, arena, claim, claim->count - 1) : NULL;
        if (moved)
            tell_moved(run, run->crux->report.entries[i].verdict, moved, row->wording);
    }
}

// ---- recording -------------------------------------------------------------------------------------------------------------------

static bool put(struct run *run, struct store *store, struct recorded_run *rows)
{
    store_wait(store, PATIENCE);
    if (store_begin(store, TEXT(""), TEXT("")) != STORE_OK || !store_record(store, &run->crux->run, rows)) {
        refuse_store(run, store);
        return false;
    }
    find_moved(run, store, rows);
    if (run->crux->diags->error_count > 0 && store_trouble(store, NULL) == STORE_OK) {
        store_rollback(store);
        return false;
    }
    if (store_commit(store) != STORE_OK)
        refuse_store(run, store);
    return store_trouble(store, NULL) == STORE_OK;
}

static bool is_trusted(const struct crux_session *crux)
{
    return crux->status == CRUX_OK && !crux->internal && crux->diags->error_count == 0 && !crux->report.cancelled && crux->report.exit_code < 2;
}

void record_run(struct run *run)
{
    struct crux_session *crux = run->crux;
    enum store_status status;
    struct text message;
    struct recorded_run rows;
    if (!crux->settings.record || !is_trusted(crux))
        return;
    store_let_go(run->store);
    struct store *store = run->record ? run->record : store_open_to_append(&crux->run, crux->settings.db, &status, &message);
    if (!store)
        refuse(run, message);
    else {
        record_rows(run, &rows);
        crux->recorded = put(run, store, &rows) ? (uint64_t)rows.number : 0;
        if (crux->recorded == 0)
            store_unmake(store);
    }
    if (crux->recorded == 0)
        crux->report.exit_code = 2;
}

uint64_t crux_recorded(const struct crux_session *crux)
{
    return crux->recorded;
}
