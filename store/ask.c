#include "store/ask.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/vector.h"
#include "dsl/program.h"
#include "dsl/written.h"
#include "store/connection.h"

// ---- which quantities ----------------------------------------------------------------------------------------------------

static bool has_wildcard(struct text t)
{
    for (size_t i = 0; i < t.length; i++)
        if (strchr("*?[", t.at[i]) != NULL)
            return true;
    return false;
}

static void bind_patterns(struct arena *arena, sqlite3_stmt *statement, struct text pattern)
{
    const bool plain = pattern.length > 0 && !has_wildcard(pattern);
    bind_text(statement, 2, pattern.length > 0 ? pattern : TEXT("*"));
    bind_text(statement, 3, plain ? text_of(arena_printf(arena, "%.*s.*", TEXT_ARGS(pattern))) : TEXT(""));
}

static struct text joined(struct arena *arena, sqlite3_stmt *row)
{
    const struct text subject = column_text(arena, row, 0), quantity = column_text(arena, row, 1);
    return text_of(arena_printf(arena, "%.*s.%.*s", TEXT_ARGS(subject), TEXT_ARGS(quantity)));
}

static void find_newest(const struct observer *observer, struct arena *arena, struct asked_name *name)
{
    struct series series;
    struct text later;
    name->has_newest = observer->series(observer->context, arena, name->name, TEXT(""), &series, &later);
    if (name->has_newest)
        name->newest = series.at[series.count - 1];
}

struct asked_names ask_names(struct store *store, const struct observer *observer, struct arena *arena, struct text pattern)
{
    VECTOR(struct asked_name) names = {0};
    sqlite3_stmt *statement = store_statement(store, STATEMENT_NAMES);
    if (!statement)
        return (struct asked_names){0};
    bind_number(statement, 1, observer->vintage);
    bind_patterns(arena, statement, pattern);
    while (store_step(store, statement)) {
        const struct asked_name name = {.name = joined(arena, statement), .known = (size_t)sqlite3_column_int64(statement, 2)};
        vector_push(arena, &names, name);
    }
    for (size_t i = 0; i < names.count; i++)
        find_newest(observer, arena, &names.at[i]);
    return (struct asked_names){names.count, names.at};
}

// ---- one quantity --------------------------------------------------------------------------------------------------------

static enum why_it_counts why_it_counts(const struct observation *first, const struct observation *second)
{
    if (first->known_from > second->known_from)
        return WHY_LATER;
    if (first->basis < second->basis)
        return WHY_BASIS;
    return text_equal(first->source, second->source) ? WHY_PERIOD : WHY_ORDER;
}

static struct known_source source_of(const struct observer *observer, struct arena *arena, struct text id)
{
    struct known_source source = {.id = id};
    return observer->source(observer->context, arena, id, &source) ? source : (struct known_source){.id = id};
}

static struct asked_period period_of(const struct observer *observer, struct arena *arena, const struct observation *counts)
{
    struct asked_period period = {.counts = *counts, .source = source_of(observer, arena, counts->source)};
    const struct series all = observer->sources_of(observer->context, arena, counts->name, counts->valid_end);
    struct observation *others = arena_array(arena, all.count + 1, sizeof *others);
    bool *dissents = arena_array(arena, all.count + 1, sizeof *dissents);
    for (size_t i = 0; i < all.count; i++) {
        if (text_equal(all.at[i].source, counts->source))
            continue;
        if (period.other_count == 0)
            period.why = why_it_counts(counts, &all.at[i]);
        dissents[period.other_count] = observations_disagree(counts, &all.at[i]);
        others[period.other_count++] = all.at[i];
    }
    period.others = others;
    period.dissents = dissents;
    return period;
}

struct asked_periods ask_periods(const struct observer *observer, struct arena *arena, struct text name)
{
    struct series series;
    struct text later;
    if (!observer->series(observer->context, arena, name, TEXT(""), &series, &later))
        return (struct asked_periods){0};
    struct asked_period *periods = arena_array(arena, series.count, sizeof *periods);
    for (size_t i = 0; i < series.count; i++)
        periods[i] = period_of(observer, arena, &series.at[i]);
    return (struct asked_periods){series.count, periods};
}

static int by_known_from(const void *first, const void *second)
{
    const struct observation *a = &((const struct asked_step *)first)->observation, *b = &((const struct asked_step *)second)->observation;
    if (a->known_from != b->known_from)
        return a->known_from < b->known_from ? -1 : 1;
    if (a->valid_end != b->valid_end)
        return a->valid_end < b->valid_end ? -1 : 1;
    return text_compare(a->source, b->source);
}

static bool same_period(const struct observation *a, const struct observation *b)
{
    return fabs(a->valid_end - b->valid_end) < 0.5;
}

static bool is_in(const struct series *series, const struct observation *observation)
{
    for (size_t i = 0; i < series->count; i++)
        if (same_period(&series->at[i], observation) && text_equal(series->at[i].source, observation->source) &&
            series->at[i].known_from == observation->known_from && series->at[i].valid_start == observation->valid_start)
            return true;
    return false;
}

// The steps stand in the order of known_from, so whatever supersedes one stands behind it.
static void mark_superseded(struct asked_step *steps, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count && !steps[i].superseded; j++)
            steps[i].superseded = same_period(&steps[i].observation, &steps[j].observation) &&
                                  text_equal(steps[i].observation.source, steps[j].observation.source);
}

struct asked_steps ask_history(struct store *store, const struct observer *observer, struct arena *arena, struct text name)
{
    VECTOR(struct asked_step) steps = {0};
    struct text subject, quantity, later;
    struct series series = {0};
    sqlite3_stmt *statement = split_name(name, &subject, &quantity) ? store_statement(store, STATEMENT_SERIES) : NULL;
    if (!statement)
        return (struct asked_steps){0};
    bind_text(statement, 1, subject);
    bind_text(statement, 2, quantity);
    bind_number(statement, 3, observer->vintage);
    while (store_step(store, statement))
        vector_push(arena, &steps, ((struct asked_step){.observation = read_observation(arena, statement, name)}));
    if (steps.count > 0)
        qsort(steps.at, steps.count, sizeof *steps.at, by_known_from);
    observer->series(observer->context, arena, name, TEXT(""), &series, &later);
    for (size_t i = 0; i < steps.count; i++)
        steps.at[i].counts = is_in(&series, &steps.at[i].observation);
    mark_superseded(steps.at, steps.count);
    return (struct asked_steps){steps.count, steps.at};
}

// ---- what is wrong -------------------------------------------------------------------------------------------------------

// It was said before its period began (before half of a long one was over), and the period is over now.
static bool is_overtaken(const struct observer *observer, const struct observation *observation)
{
    double start, end;
    const double length = observation->valid_end - observation->valid_start;
    const bool over = observation->valid_end <= observer->vintage && !text_is(observation->unit, "text");
    if (!over || !written_date(observation->known, &start, &end))
        return false;
    return end <= observation->valid_start + (length > SECONDS_A_YEAR / 5 ? length / 2 : 0);
}

struct findings {
    VECTOR(struct asked_period) conflicts;
    VECTOR(struct observation) overtaken;
    VECTOR(struct asked_source) untraceable, unused;
};

static void look_at(const struct observer *observer, struct arena *arena, struct text name, struct findings *findings)
{
    struct series series;
    struct text later;
    if (!observer->series(observer->context, arena, name, TEXT(""), &series, &later))
        return;
    for (size_t i = 0; i < series.count; i++) {
        if (series.at[i].dissenters > 0)
            vector_push(arena, &findings->conflicts, period_of(observer, arena, &series.at[i]));
        if (is_overtaken(observer, &series.at[i]))
            vector_push(arena, &findings->overtaken, series.at[i]);
    }
}

static void look_at_sources(struct store *store, const struct observer *observer, struct arena *arena, struct findings *findings, size_t *count)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_SOURCES);
    if (!statement)
        return;
    bind_number(statement, 1, observer->vintage);
    while (store_step(store, statement)) {
        const struct asked_source source = {
            .source = {column_text(arena, statement, 0), column_text(arena, statement, 1), column_text(arena, statement, 2),
                       column_text(arena, statement, 3), column_text(arena, statement, 4)},
            .known = (size_t)sqlite3_column_int64(statement, 5),
        };
        ++*count;
        if (source.known == 0)
            vector_push(arena, &findings->unused, source);
        if (source.known > 0 && source.source.url.length == 0)
            vector_push(arena, &findings->untraceable, source);
    }
}

static void count_basis(struct store *store, const struct observer *observer, struct arena *arena, struct asked_findings *found)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_BASES);
    if (!statement)
        return;
    bind_number(statement, 1, observer->vintage);
    while (store_step(store, statement)) {
        const struct text word = column_text(arena, statement, 0);
        for (int i = 0; i <= BASIS_GUESS; i++)
            if (text_is(word, basis_words[i]))
                found->basis_count[i] = (size_t)sqlite3_column_int64(statement, 1);
    }
    for (int i = 0; i <= BASIS_GUESS; i++)
        found->observation_count += found->basis_count[i];
}

// The names first: a statement that is being read cannot be asked again.
static void look_at_names(struct store *store, const struct observer *observer, struct arena *arena, struct findings *findings, size_t *count)
{
    VECTOR(struct text) names = {0};
    sqlite3_stmt *statement = store_statement(store, STATEMENT_NAMES);
    if (!statement)
        return;
    bind_number(statement, 1, observer->vintage);
    bind_patterns(arena, statement, TEXT(""));
    while (store_step(store, statement))
        vector_push(arena, &names, joined(arena, statement));
    for (size_t i = 0; i < names.count; i++)
        look_at(observer, arena, names.at[i], findings);
    *count = names.count;
}

struct asked_findings ask_findings(struct store *store, const struct observer *observer, struct arena *arena)
{
    struct findings findings = {0};
    struct asked_findings found = {0};
    look_at_names(store, observer, arena, &findings, &found.name_count);
    look_at_sources(store, observer, arena, &findings, &found.source_count);
    count_basis(store, observer, arena, &found);
    found.conflicts = (struct asked_periods){findings.conflicts.count, findings.conflicts.at};
    found.overtaken = (struct series){findings.overtaken.count, findings.overtaken.at};
    found.untraceable = findings.untraceable.at;
    found.untraceable_count = findings.untraceable.count;
    found.unused = findings.unused.at;
    found.unused_count = findings.unused.count;
    return found;
}

// ---- near names ----------------------------------------------------------------------------------------------------------

struct text ask_nearest_source(struct store *store, struct arena *arena, struct text id)
{
    struct text nearest = TEXT("");
    size_t least = id.length / 4 + 2;
    sqlite3_stmt *statement = store_statement(store, STATEMENT_SOURCE_IDS);
    if (!statement)
        return nearest;
    while (store_step(store, statement)) {
        const struct text candidate = column_text(arena, statement, 0);
        const size_t distance = text_distance(id, candidate, least - 1);
        if (distance < least) {
            least = distance;
            nearest = candidate;
        }
    }
    return nearest;
}
