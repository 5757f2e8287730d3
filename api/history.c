// crux_history: what recorded runs say over time.
#include <string.h>

#include "api/data.h"
#include "report/history.h"

struct asking {
    const char *name;
};

static const struct outcome *outcome_of(const struct scores *scores, const struct recorded_verdict *verdict)
{
    for (size_t i = 0; i < scores->outcome_count; i++)
        if (text_is(verdict->scenario, "baseline") && text_equal(scores->outcomes[i].module, verdict->module) &&
            text_equal(scores->outcomes[i].name, verdict->name) && text_equal(scores->outcomes[i].wording, verdict->wording))
            return &scores->outcomes[i];
    return NULL;
}

static size_t count_moved(struct crux_session *crux, struct store *store, const struct past_claim *claim)
{
    size_t moved = 0;
    for (size_t i = 1; i < claim->count; i++)
        moved += past_goalposts(store, &crux->scratch, claim, i) != NULL;
    return moved;
}

static void answer_claims(struct crux_session *crux, struct store *store, const struct past *past, struct history_answer *answer)
{
    struct history_claim *claims = arena_array(&crux->run, past->claim_count, sizeof *claims);
    answer->scores = past_scores(store, &crux->run, past);
    for (size_t i = 0; i < past->claim_count; i++) {
        const struct past_claim *claim = &past->claims[i];
        claims[i] = (struct history_claim){
            .claim = claim,
            .outcome = outcome_of(&answer->scores, &claim->at[claim->count - 1].verdict),
            .turns = past_turns(claim),
            .moved = count_moved(crux, store, claim),
            .steps = answer->name.length > 0 ? past_steps(store, &crux->run, claim) : NULL,
        };
    }
    answer->run_count = past->run_count;
    answer->runs = past->runs;
    answer->claim_count = past->claim_count;
    answer->claims = claims;
}

static void fail_to_find(struct crux_session *crux, struct store *store, struct text name)
{
    enum { FAR = 3 };
    const struct past all = ask_past(store, &crux->run, TEXT(""));
    size_t nearest = FAR + 1;
    struct text near = {0};
    for (size_t i = 0; i < all.claim_count; i++) {
        const size_t far = text_distance(name, all.claims[i].at[0].verdict.name, FAR);
        if (far < nearest) {
            nearest = far;
            near = all.claims[i].at[0].verdict.name;
        }
    }
    if (near.length > 0)
        session_fail(crux, CRUX_NOT_FOUND, "no claim `%.*s` was recorded; `%.*s` is near", TEXT_ARGS(name), TEXT_ARGS(near));
    else
        session_fail(crux, CRUX_NOT_FOUND, "no claim `%.*s` was recorded; `crux history` lists those that were", TEXT_ARGS(name));
}

static void ask(struct crux_session *crux, void *argument)
{
    const struct asking *asking = argument;
    struct text message = TEXT("");
    session_start_run(crux);
    if (crux->settings.db.length == 0) {
        session_fail(crux, CRUX_BAD_ARGUMENT, "the data store that comes with Crux has no recorded runs: name the one that `crux check --record` keeps them in with --db FILE");
        return;
    }
    struct store *store = session_store(crux, &message);
    if (!store) {
        session_fail(crux, CRUX_STORE, "%.*s", TEXT_ARGS(message));
        return;
    }
    struct history_answer *answer = arena_alloc(&crux->run, sizeof *answer);
    *answer = (struct history_answer){.store = crux->settings.db, .name = text_copy(&crux->run, text_of(asking->name))};
    const struct past past = ask_past(store, &crux->run, answer->name);
    answer_claims(crux, store, &past, answer);
    if (store_trouble(store, &message) != STORE_OK)
        session_fail(crux, CRUX_STORE, "%.*s", TEXT_ARGS(message));
    else if (answer->name.length > 0 && past.claim_count == 0 && past.run_count > 0)
        fail_to_find(crux, store, answer->name);
    else
        crux->history = answer;
}

enum crux_status crux_history(struct crux_session *crux, const char *claim)
{
    struct asking asking = {claim};
    const enum crux_status status = session_enter(crux, ask, &asking);
    crux->report.exit_code = status == CRUX_OK ? 0 : 2;
    return status;
}

struct writing {
    const char *format;
    bool scores;
    const struct crux_style *style;
    const struct crux_writer *writer;
};

static void write_answer(struct crux_session *crux, void *argument)
{
    const struct writing *writing = argument;
    const bool human = strcmp(writing->format, "human") == 0;
    if (!crux->history) {
        session_fail(crux, CRUX_BAD_ARGUMENT, "no history has been asked for");
        return;
    }
    if (!human && strcmp(writing->format, "json") != 0) {
        session_fail(crux, CRUX_NOT_FOUND, "a history is human or json, not `%s`", writing->format);
        return;
    }
    struct history_answer answer = *crux->history;
    answer.scores_asked = writing->scores;
    const struct report_style style = {.colour = writing->style && writing->style->colour};
    struct buffer out = buffer_on(&crux->scratch);
    (human ? write_history_human : write_history_json)(&out, &answer, &style);
    if (!writing->writer->write(writing->writer->user, out.at, out.length))
        session_fail(crux, CRUX_NOT_WRITTEN, "the writer refused what it was given");
}

enum crux_status crux_write_history(struct crux_session *crux, const char *format, bool scores, const struct crux_style *style,
                                    const struct crux_writer *writer)
{
    struct writing writing = {format, scores, style, writer};
    return session_enter(crux, write_answer, &writing);
}
