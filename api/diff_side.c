// The sides of crux_diff: a database, a folder of tables, or what the session has, each at its vintage.
#include "api/data.h"
#include "api/diff.h"
#include "dsl/written.h"
#include "store/folder.h"

static bool refuse_folder(struct crux_session *crux, struct text path, const struct folder_answer *answer)
{
    struct import_result *result = arena_alloc(&crux->run, sizeof *result);
    switch (answer->outcome) {
    case IMPORT_DONE:
        break;
    case IMPORT_STOPPED:
        session_fail(crux, CRUX_CANCELLED, "stopped while the tables in `%.*s` were read", TEXT_ARGS(path));
        break;
    case IMPORT_REFUSED:
        *result = answer->result;
        show_import_mistakes(crux, result);
        session_fail(crux, CRUX_REJECTED, "nothing was compared: %zu mistake%s in the tables of `%.*s`", result->mistake_count,
                     result->mistake_count == 1 ? "" : "s", TEXT_ARGS(path));
        break;
    case IMPORT_FAILED:
        session_fail(crux, CRUX_STORE, "%.*s", TEXT_ARGS(answer->message));
        break;
    }
    return false;
}

static struct store *read_folder_of(struct crux_session *crux, struct text path)
{
    const struct folder_answer answer = store_read_folder(&crux->run, path, import_goes_on, crux);
    if (answer.outcome != IMPORT_DONE)
        refuse_folder(crux, path, &answer);
    return answer.store;
}

static struct store *open_database(struct crux_session *crux, struct text path)
{
    enum store_status status;
    struct text message;
    struct store *store = store_open(&crux->run, path, &status, &message);
    if (!store)
        session_fail(crux, CRUX_STORE, "%.*s", TEXT_ARGS(message));
    return store;
}

// The store's answers at the date that is asked for, or at its newest.
static bool observe(struct run *run, const struct crux_data_side *asked, struct diff_side *side)
{
    struct crux_session *crux = run->crux;
    double start, end;
    const struct text date = asked->as_of ? written_trim(text_copy(&crux->run, text_of(asked->as_of))) : store_latest(run->store, &crux->run);
    if (asked->as_of && !written_date(date, &start, &end)) {
        session_fail(crux, CRUX_BAD_ARGUMENT, "`%.*s` is not a date, such as 2025-04-03, 2025-04, 2025Q2, 2025 or today", TEXT_ARGS(date));
        return false;
    }
    run->observes = written_date(date, &start, &end);
    if (run->observes)
        store_observe(run->store, date, end, &run->observer);
    side->vintage = run->observes ? run->observer.vintage_text : TEXT("");
    return true;
}

bool open_side(struct run *run, const struct crux_data_side *asked, struct diff_side *side)
{
    struct crux_session *crux = run->crux;
    if (asked->db && asked->folder) {
        session_fail(crux, CRUX_BAD_ARGUMENT, "one side takes its data from the database `%s` and from the folder `%s`: name one of them", asked->db, asked->folder);
        return false;
    }
    side->folder = asked->folder != NULL;
    side->store = asked->folder ? text_copy(&crux->run, text_of(asked->folder)) : asked->db ? text_copy(&crux->run, text_of(asked->db)) : crux->settings.db;
    run->store = side->folder ? read_folder_of(crux, side->store) : open_database(crux, side->store);
    if (!run->store || !observe(run, asked, side))
        return false;
    struct text message;
    if (store_trouble(run->store, &message) == STORE_OK)
        return true;
    session_fail(crux, CRUX_STORE, "%.*s", TEXT_ARGS(message));
    return false;
}
