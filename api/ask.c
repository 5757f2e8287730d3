// crux_data: questions to the data store, and their answers.
#include <string.h>

#include "api/data.h"
#include "base/vector.h"
#include "dsl/program.h"
#include "report/data.h"

// ---- answers as the interface has them ---------------------------------------------------------------------------------------

struct views {
    struct crux_observation *at;
    size_t count, room;
};

static const char *string_of(struct crux_session *crux, struct text t)
{
    return text_copy(&crux->run, t).at;
}

// Instants are years in the interface.
static double number_of(const struct observation *observation, double value)
{
    return text_is(observation->unit, "date") ? value / SECONDS_A_YEAR : value;
}

static void view(struct crux_session *crux, struct views *views, const struct observation *o, bool counts, bool superseded)
{
    const struct crux_observation observation = {
        .name = string_of(crux, o->name),
        .unit = string_of(crux, o->unit),
        .low = number_of(o, o->low),
        .central = number_of(o, o->central),
        .high = number_of(o, o->high),
        .value = string_of(crux, o->value),
        .valid = string_of(crux, o->valid),
        .known_from = string_of(crux, o->known),
        .source = string_of(crux, o->source),
        .basis = words_basis(o->basis),
        .note = string_of(crux, o->note),
        .counts = counts,
        .superseded = superseded,
    };
    vector_push(&crux->run, views, observation);
}

static void view_periods(struct crux_session *crux, struct views *views, const struct asked_periods *periods)
{
    for (size_t i = 0; i < periods->count; i++) {
        view(crux, views, &periods->at[i].counts, true, false);
        for (size_t j = 0; j < periods->at[i].other_count; j++)
            view(crux, views, &periods->at[i].others[j], false, false);
    }
}

static void view_answer(struct crux_session *crux, const struct data_answer *answer)
{
    struct views views = {0};
    for (size_t i = 0; i < answer->names.count; i++)
        if (answer->names.at[i].has_newest)
            view(crux, &views, &answer->names.at[i].newest, true, false);
    view_periods(crux, &views, &answer->periods);
    view_periods(crux, &views, &answer->findings.conflicts);
    for (size_t i = 0; i < answer->steps.count; i++)
        view(crux, &views, &answer->steps.at[i].observation, answer->steps.at[i].counts, answer->steps.at[i].superseded);
    crux->data = answer;
    crux->observations = views.at;
    crux->observation_count = views.count;
}

size_t crux_observation_count(const struct crux_session *crux)
{
    return crux->observation_count;
}

const struct crux_observation *crux_observation(const struct crux_session *crux, size_t position)
{
    return position < crux->observation_count ? &crux->observations[position] : NULL;
}

// ---- questions ---------------------------------------------------------------------------------------------------------------

struct asking {
    enum crux_data_question question;
    const char *name;
};

static void ask_store(struct crux_session *crux, struct store *store, const struct observer *observer, struct data_answer *answer)
{
    struct arena *arena = &crux->run;
    switch (answer->question) {
    case DATA_LIST:
        answer->names = ask_names(store, observer, arena, answer->name);
        break;
    case DATA_SHOW:
        answer->periods = ask_periods(observer, arena, answer->name);
        break;
    case DATA_HISTORY:
        answer->steps = ask_history(store, observer, arena, answer->name);
        break;
    case DATA_CHECK:
        answer->findings = ask_findings(store, observer, arena);
        break;
    }
}

// Nothing was found: is it known later, or misspelt?
static void fail_to_find(struct crux_session *crux, const struct observer *observer, const struct data_answer *answer)
{
    const struct text name = answer->name;
    struct series none;
    struct text later = TEXT("");
    if (answer->question == DATA_LIST) {
        session_fail(crux, CRUX_NOT_FOUND, "no quantity known by %.*s matches `%.*s`", TEXT_ARGS(answer->vintage), TEXT_ARGS(name));
        return;
    }
    observer->series(observer->context, &crux->run, name, TEXT(""), &none, &later);
    const struct text near = observer->near(observer->context, &crux->run, name);
    if (later.length > 0)
        session_fail(crux, CRUX_NOT_FOUND, "nothing was known of `%.*s` by %.*s; the first observation is known from %.*s", TEXT_ARGS(name),
                     TEXT_ARGS(answer->vintage), TEXT_ARGS(later));
    else if (near.length > 0)
        session_fail(crux, CRUX_NOT_FOUND, "there is no quantity `%.*s`; `%.*s` is near", TEXT_ARGS(name), TEXT_ARGS(near));
    else
        session_fail(crux, CRUX_NOT_FOUND, "there is no quantity `%.*s`", TEXT_ARGS(name));
}

static bool is_found(const struct data_answer *answer)
{
    switch (answer->question) {
    case DATA_LIST:
        return answer->names.count > 0 || answer->name.length == 0;
    case DATA_SHOW:
        return answer->periods.count > 0;
    case DATA_HISTORY:
        return answer->steps.count > 0;
    case DATA_CHECK:
        break;
    }
    return true;
}

static void ask(struct crux_session *crux, void *argument)
{
    const struct asking *asking = argument;
    struct text message = TEXT("");
    struct observer observer;
    session_start_run(crux);
    struct store *store = session_store(crux, &message);
    if (store && !session_observe(crux, store, &observer) && store_trouble(store, &message) == STORE_OK)
        message = TEXT("the data store is empty: add observations with `crux data import`");
    if (message.length > 0) {
        session_fail(crux, CRUX_STORE, "%.*s", TEXT_ARGS(message));
        return;
    }
    struct data_answer *answer = arena_alloc(&crux->run, sizeof *answer);
    *answer = (struct data_answer){
        .question = (enum data_question)asking->question,
        .store = crux->settings.db,
        .vintage = observer.vintage_text,
        .name = text_copy(&crux->run, text_of(asking->name)),
    };
    ask_store(crux, store, &observer, answer);
    if (store_trouble(store, &message) != STORE_OK)
        session_fail(crux, CRUX_STORE, "%.*s", TEXT_ARGS(message));
    else if (!is_found(answer))
        fail_to_find(crux, &observer, answer);
    else
        view_answer(crux, answer);
}

enum crux_status crux_data(struct crux_session *crux, enum crux_data_question question, const char *name)
{
    struct asking asking = {question, name};
    const enum crux_status status = session_enter(crux, ask, &asking);
    crux->report.exit_code = status == CRUX_OK ? 0 : 2;
    return status;
}

// ---- writing -----------------------------------------------------------------------------------------------------------------

struct writing {
    const char *format;
    const struct crux_style *style;
    const struct crux_writer *writer;
};

static void write_answer(struct crux_session *crux, void *argument)
{
    const struct writing *writing = argument;
    const bool human = strcmp(writing->format, "human") == 0;
    if (!crux->data) {
        session_fail(crux, CRUX_BAD_ARGUMENT, "no question to the data store has been answered");
        return;
    }
    if (!human && strcmp(writing->format, "json") != 0) {
        session_fail(crux, CRUX_NOT_FOUND, "answers of the data store are human or json, not `%s`", writing->format);
        return;
    }
    const struct report_style style = {.colour = writing->style && writing->style->colour};
    struct buffer out = buffer_on(&crux->scratch);
    (human ? write_data_human : write_data_json)(&out, crux->data, &style);
    if (!writing->writer->write(writing->writer->user, out.at, out.length))
        session_fail(crux, CRUX_NOT_WRITTEN, "the writer refused what it was given");
}

enum crux_status crux_write_data(struct crux_session *crux, const char *format, const struct crux_style *style,
                                 const struct crux_writer *writer)
{
    struct writing writing = {format, style, writer};
    return session_enter(crux, write_answer, &writing);
}
