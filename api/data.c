#include "api/data.h"

#include <math.h>

#include "api/record.h"
#include "dsl/diag.h"
#include "dsl/program.h"
#include "dsl/written.h"

struct store *session_store(struct crux_session *crux, struct text *message)
{
    enum store_status status;
    return store_open(&crux->run, crux->settings.db, &status, message);
}

bool session_observe(struct crux_session *crux, struct store *store, struct observer *observer)
{
    double start, end;
    const struct text asked = crux->settings.as_of;
    const struct text vintage = asked.length > 0 ? asked : store_latest(store, &crux->run);
    if (!written_date(vintage, &start, &end))
        return false;
    store_observe(store, vintage, end, observer);
    return true;
}

static void refuse(struct run *run, struct text message)
{
    diag_add(run->crux->diags, DIAG_FILE, (struct span){0}, "%.*s", TEXT_ARGS(message));
}

void open_data(struct run *run)
{
    struct text message;
    run->store = run->crux->settings.record ? open_record(run, &message) : session_store(run->crux, &message);
    if (!run->store)
        refuse(run, message);
    else
        run->observes = session_observe(run->crux, run->store, &run->observer);
}

const struct observer *run_observer(const struct run *run)
{
    return run->observes ? &run->observer : NULL;
}

double run_vintage(const struct run *run)
{
    return run->observes ? run->observer.vintage : NAN;
}

bool run_used_data(struct run *run, const struct program *program)
{
    const bool asked = run->observes && store_was_asked(run->store);
    const bool used = run->observes && (asked || (program && program->dated) || run->crux->settings.as_of.length > 0);
    if (used)
        run->crux->report.vintage = run->observer.vintage_text;
    return used;
}

void need_data(struct run *run)
{
    struct text message;
    if (run->store && store_trouble(run->store, &message) != STORE_OK)
        refuse(run, message);
}
