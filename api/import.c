// crux_import: tables into the data store of the session.
#include "api/data.h"
#include "api/record.h"
#include "store/import.h"

struct importing {
    const char *const *paths, *const *maps;
    size_t path_count, map_count;
};

// The log of imports tells when; nothing that is worked out depends on it.
static struct text today(struct arena *arena)
{
    enum { DATE = 10 };
    const struct text now = session_now(arena);
    return (struct text){now.at, now.length > DATE ? DATE : now.length};
}

bool import_goes_on(void *user, size_t rows)
{
    const struct crux_session *crux = user;
    const struct crux_progress progress = {.rows = rows};
    return !crux->progress || crux->progress(crux->progress_user, &progress);
}

static const struct text *texts_of(struct arena *arena, const char *const *strings, size_t count)
{
    struct text *texts = arena_array(arena, count, sizeof *texts);
    for (size_t i = 0; i < count; i++)
        texts[i] = text_copy(arena, text_of(strings[i]));
    return texts;
}

static void count(struct crux_session *crux, const struct import_result *result)
{
    struct crux_import_counts *counts = arena_alloc(&crux->run, sizeof *counts);
    *counts = (struct crux_import_counts){
        .tables = result->tables,
        .rows = result->rows,
        .observations = result->observations,
        .sources = result->sources,
        .observations_there = result->observations_there,
        .sources_there = result->sources_there,
        .without_figure = result->without_figure,
        .mistakes = result->mistake_count,
    };
    crux->imported = counts;
}

void show_import_mistakes(struct crux_session *crux, const struct import_result *result)
{
    struct crux_diagnostic *views = arena_array(&crux->run, result->mistakes_kept, sizeof *views);
    for (size_t i = 0; i < result->mistakes_kept; i++) {
        const struct import_mistake *mistake = &result->mistakes[i];
        views[i] = (struct crux_diagnostic){
            .code = "",
            .severity = CRUX_ERROR,
            .message = mistake->reason,
            .help = mistake->help,
            .file = text_copy(&crux->run, mistake->path).at,
            .line = (unsigned)mistake->line,
            .column = (unsigned)mistake->column,
        };
    }
    crux->import = result;
    crux->diagnostics = views;
    crux->diagnostic_count = result->mistakes_kept;
}

static void finish(struct crux_session *crux, struct store *store, enum import_outcome outcome, const struct import_result *result)
{
    struct text message = TEXT("");
    switch (outcome) {
    case IMPORT_DONE:
        count(crux, result);
        crux->report.exit_code = 0;
        break;
    case IMPORT_REFUSED:
        count(crux, result);
        show_import_mistakes(crux, result);
        session_fail(crux, CRUX_REJECTED, "nothing was imported: %zu mistake%s in what was given", result->mistake_count,
                     result->mistake_count == 1 ? "" : "s");
        break;
    case IMPORT_STOPPED:
        session_fail(crux, CRUX_CANCELLED, "the import was stopped, and nothing was imported");
        break;
    case IMPORT_FAILED:
        store_trouble(store, &message);
        session_fail(crux, CRUX_STORE, "%.*s", TEXT_ARGS(message));
        break;
    }
}

static void import(struct crux_session *crux, void *argument)
{
    const struct importing *importing = argument;
    const struct settings *settings = &crux->settings;
    enum store_status status;
    struct text message;
    session_start_run(crux);
    if (importing->path_count == 0 || importing->path_count > IMPORT_TABLES) {
        session_fail(crux, CRUX_BAD_ARGUMENT, "an import takes 1 to %d tables", IMPORT_TABLES);
        return;
    }
    if (settings->db.length == 0) {
        session_fail(crux, CRUX_BAD_ARGUMENT, "the observations that come with Crux cannot be changed: name a file of your own");
        return;
    }
    struct store *store = store_open_to_append(&crux->run, settings->db, &status, &message);
    if (!store) {
        session_fail(crux, CRUX_STORE, "%.*s", TEXT_ARGS(message));
        return;
    }
    const struct import_request request = {
        .paths = texts_of(&crux->run, importing->paths, importing->path_count),
        .count = importing->path_count,
        .maps = texts_of(&crux->run, importing->maps, importing->map_count),
        .map_count = importing->map_count,
        .on = today(&crux->run),
        .go_on = import_goes_on,
        .user = crux,
    };
    struct import_result *result = arena_alloc(&crux->run, sizeof *result);
    finish(crux, store, import_tables(store, &crux->run, &request, result), result);
}

enum crux_status crux_import(struct crux_session *crux, const char *const *paths, size_t path_count, const char *const *maps,
                             size_t map_count)
{
    struct importing importing = {.paths = paths, .maps = maps, .path_count = path_count, .map_count = maps ? map_count : 0};
    return session_enter(crux, import, &importing);
}

const struct crux_import_counts *crux_imported(const struct crux_session *crux)
{
    return crux->imported;
}
