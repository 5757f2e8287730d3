// The answers of a store at one vintage.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/vector.h"
#include "dsl/program.h"
#include "store/connection.h"

struct listed_name {
    struct text text;
    uint64_t letters; // which occur
};

struct view {
    struct store *store;
    double vintage; // what is known before it counts
    bool listed;    // `names` has the names of all quantities, known at the vintage or not
    VECTOR(struct listed_name) names;
};

// ---- rows --------------------------------------------------------------------------------------------------------------------

static enum basis read_basis(struct text word)
{
    for (int i = 0; i < BASIS_GUESS; i++)
        if (text_is(word, basis_words[i]))
            return (enum basis)i;
    return BASIS_GUESS;
}

struct observation read_observation(struct arena *arena, sqlite3_stmt *row, struct text name)
{
    return (struct observation){
        .name = name,
        .unit = column_text(arena, row, 2),
        .low = column_number(row, 3),
        .central = column_number(row, 4),
        .high = column_number(row, 5),
        .value = column_text(arena, row, 6),
        .valid = column_text(arena, row, 7),
        .valid_start = column_number(row, 8),
        .valid_end = column_number(row, 9),
        .known = column_text(arena, row, 10),
        .known_from = column_number(row, 11),
        .source = column_text(arena, row, 12),
        .basis = read_basis(column_text(arena, row, 13)),
        .note = column_text(arena, row, 14),
    };
}

struct rows {
    struct observation *at;
    size_t count, room;
};

// All that was known of a name, or of the name at the end of one period (NAN: all periods).
static struct rows read_rows(const struct view *view, struct arena *arena, struct text name, double valid_end)
{
    struct rows rows = {0};
    struct text subject, quantity;
    view->store->asked = true;
    if (!split_name(name, &subject, &quantity))
        return rows;
    sqlite3_stmt *statement = store_statement(view->store, isnan(valid_end) ? STATEMENT_SERIES : STATEMENT_PERIOD);
    if (!statement)
        return rows;
    bind_text(statement, 1, subject);
    bind_text(statement, 2, quantity);
    bind_number(statement, 3, view->vintage);
    if (!isnan(valid_end)) {
        bind_number(statement, 4, valid_end - 0.5);
        bind_number(statement, 5, valid_end + 0.5);
    }
    const struct text kept = text_copy(arena, name);
    while (store_step(view->store, statement))
        vector_push(arena, &rows, read_observation(arena, statement, kept));
    return rows;
}

// ---- which of them counts ------------------------------------------------------------------------------------------------------

static int compare_numbers(double a, double b)
{
    return (a > b) - (a < b);
}

// Days are parts of a month with rounding: two ends less than half a second apart are one.
static int compare_periods(const struct observation *a, const struct observation *b)
{
    return compare_numbers(floor(a->valid_end + 0.5), floor(b->valid_end + 0.5));
}

// Negative: a counts before b, for the same end of a period. The shorter period is the more exact one.
static int compare_weight(const struct observation *a, const struct observation *b)
{
    int order = compare_numbers(b->known_from, a->known_from);
    if (order == 0)
        order = (int)a->basis - (int)b->basis;
    if (order == 0)
        order = text_compare(a->source, b->source);
    return order != 0 ? order : compare_numbers(b->valid_start, a->valid_start);
}

static int by_period_and_source(const void *first, const void *second)
{
    const struct observation *a = first, *b = second;
    int order = compare_periods(a, b);
    if (order == 0)
        order = text_compare(a->source, b->source);
    return order != 0 ? order : compare_weight(a, b);
}

static int by_period_and_weight(const void *first, const void *second)
{
    const struct observation *a = first, *b = second;
    const int order = compare_periods(a, b);
    return order != 0 ? order : compare_weight(a, b);
}

// Of each source and period the row that nothing later supersedes, in the order of periods, what counts most first.
static void leave_current(struct rows *rows)
{
    size_t kept = 0;
    if (rows->count > 0)
        qsort(rows->at, rows->count, sizeof *rows->at, by_period_and_source);
    for (size_t i = 0; i < rows->count; i++) {
        const struct observation *before = kept > 0 ? &rows->at[kept - 1] : NULL;
        if (!before || compare_periods(before, &rows->at[i]) != 0 || !text_equal(before->source, rows->at[i].source))
            rows->at[kept++] = rows->at[i];
    }
    rows->count = kept;
    if (kept > 0)
        qsort(rows->at, rows->count, sizeof *rows->at, by_period_and_weight);
}

static size_t end_of_period(const struct rows *rows, size_t first)
{
    size_t end = first;
    while (end < rows->count && compare_periods(&rows->at[first], &rows->at[end]) == 0)
        end++;
    return end;
}

// ---- disagreement --------------------------------------------------------------------------------------------------------------

// How far apart two central values without bounds may be.
static double tolerance(const struct observation *observation)
{
    return text_is(observation->unit, "date") ? SECONDS_A_YEAR / 12 : 0.05 * fabs(observation->central);
}

// Whether a source that says only "at most" or "at least" leaves no room for what `from` says.
static bool bound_excludes(const struct observation *from, const struct observation *other)
{
    const double least = !isnan(from->low) ? from->low : from->central - tolerance(from);
    const double most = !isnan(from->high) ? from->high : from->central + tolerance(from);
    return other->high < least || other->low > most;
}

bool observations_disagree(const struct observation *from, const struct observation *other)
{
    if (text_is(from->unit, "text"))
        return !text_equal(from->value, other->value);
    if (isnan(other->central))
        return bound_excludes(from, other);
    if (!isnan(from->low) || !isnan(from->high))
        return other->central < from->low || other->central > from->high;
    return fabs(other->central - from->central) > tolerance(from);
}

static void count_others(const struct rows *rows, size_t first, size_t end, struct observation *observation)
{
    for (size_t i = first; i < end; i++) {
        if (text_equal(rows->at[i].source, observation->source))
            continue;
        observation->others++;
        observation->dissenters += observations_disagree(observation, &rows->at[i]);
    }
}

// ---- the questions -------------------------------------------------------------------------------------------------------------

static struct text earliest(const struct view *view, struct arena *arena, struct text name, struct text source)
{
    struct text subject, quantity, found = {0};
    if (!split_name(name, &subject, &quantity))
        return found;
    sqlite3_stmt *statement = store_statement(view->store, STATEMENT_EARLIEST);
    if (!statement)
        return found;
    bind_text(statement, 1, subject);
    bind_text(statement, 2, quantity);
    bind_number(statement, 3, view->vintage);
    bind_text(statement, 4, source);
    if (store_step(view->store, statement)) {
        found = column_text(arena, statement, 0);
        store_finish(statement);
    }
    return found;
}

static bool answer_series(void *context, struct arena *arena, struct text name, struct text source, struct series *found, struct text *later)
{
    const struct view *view = context;
    struct rows rows = read_rows(view, arena, name, NAN);
    struct rows chosen = {0};
    leave_current(&rows);
    for (size_t first = 0, end; first < rows.count; first = end) {
        end = end_of_period(&rows, first);
        size_t i = first;
        while (source.length > 0 && i < end && !text_equal(rows.at[i].source, source))
            i++;
        if (i == end)
            continue;
        struct observation observation = rows.at[i];
        count_others(&rows, first, end, &observation);
        vector_push(arena, &chosen, observation);
    }
    *found = (struct series){chosen.count, chosen.at};
    *later = chosen.count == 0 ? earliest(view, arena, name, source) : (struct text){0};
    return chosen.count > 0;
}

static struct series answer_sources_of(void *context, struct arena *arena, struct text name, double valid_end)
{
    struct rows rows = read_rows(context, arena, name, valid_end);
    leave_current(&rows);
    for (size_t i = 0; i < rows.count; i++)
        count_others(&rows, 0, rows.count, &rows.at[i]);
    return (struct series){rows.count, rows.at};
}

static bool answer_source(void *context, struct arena *arena, struct text id, struct known_source *found)
{
    const struct view *view = context;
    sqlite3_stmt *statement = store_statement(view->store, STATEMENT_SOURCE);
    if (!statement)
        return false;
    bind_text(statement, 1, id);
    if (!store_step(view->store, statement))
        return false;
    *found = (struct known_source){
        .id = text_copy(arena, id),
        .title = column_text(arena, statement, 0),
        .publisher = column_text(arena, statement, 1),
        .published = column_text(arena, statement, 2),
        .url = column_text(arena, statement, 3),
    };
    store_finish(statement);
    return true;
}

// ---- names ---------------------------------------------------------------------------------------------------------------------

static bool subject_is_known(const struct view *view, struct text subject)
{
    sqlite3_stmt *statement = store_statement(view->store, STATEMENT_SUBJECT_KNOWN);
    if (!statement)
        return false;
    bind_text(statement, 1, subject);
    bind_number(statement, 2, view->vintage);
    const bool known = store_step(view->store, statement);
    if (known)
        store_finish(statement);
    return known;
}

// The first subject behind `last`; empty after the last one. In a damaged file the index may lead back: that is the end as well.
static struct text next_subject(const struct view *view, struct arena *arena, struct text last)
{
    struct text next = {0};
    sqlite3_stmt *statement = store_statement(view->store, STATEMENT_NEXT_SUBJECT);
    if (!statement)
        return next;
    bind_text(statement, 1, last);
    if (store_step(view->store, statement)) {
        next = column_text(arena, statement, 0);
        store_finish(statement);
    }
    return text_compare(next, last) > 0 ? next : (struct text){0};
}

static bool starts_with(struct text t, struct text start)
{
    return t.length >= start.length && text_equal((struct text){t.at, start.length}, start);
}

// What stands for the star in a subject: one part of it, without dots. Empty when the pattern does not fit.
static struct text star_of(struct text subject, struct text before, struct text after)
{
    const size_t fixed = before.length + after.length;
    if (subject.length <= fixed || !starts_with(subject, before))
        return (struct text){0};
    const struct text star = {subject.at + before.length, subject.length - fixed};
    if (!text_equal((struct text){star.at + star.length, after.length}, after) || memchr(star.at, '.', star.length))
        return (struct text){0};
    return star;
}

static int by_bytes(const void *first, const void *second)
{
    return text_compare(*(const struct text *)first, *(const struct text *)second);
}

static size_t answer_members(void *context, struct arena *arena, struct text pattern, const struct text **found)
{
    const struct view *view = context;
    VECTOR(struct text) stars = {0};
    view->store->asked = true;
    const char *at = pattern.length > 0 ? memchr(pattern.at, '*', pattern.length) : NULL;
    *found = NULL;
    if (!at)
        return 0;
    const struct text before = {pattern.at, (size_t)(at - pattern.at)};
    const struct text after = {at + 1, pattern.length - before.length - 1};
    struct text subject = next_subject(view, arena, before);
    for (; subject.length > 0 && starts_with(subject, before); subject = next_subject(view, arena, subject)) {
        const struct text star = star_of(subject, before, after);
        if (star.length > 0 && subject_is_known(view, subject))
            vector_push(arena, &stars, star);
    }
    if (stars.count > 0)
        qsort(stars.at, stars.count, sizeof *stars.at, by_bytes);
    *found = stars.at;
    return stars.count;
}

// One bit for each byte that occurs, of bytes 64 apart one bit for all.
static uint64_t letters_of(struct text t)
{
    uint64_t letters = 0;
    for (size_t i = 0; i < t.length; i++)
        letters |= (uint64_t)1 << ((unsigned char)t.at[i] % 64);
    return letters;
}

// Read when the first hint is asked for: steps from name to name, not from row to row.
static void list_names(struct view *view)
{
    struct arena *arena = view->store->arena;
    struct text subject = {0}, quantity = {0};
    view->listed = true;
    for (;;) {
        sqlite3_stmt *statement = store_statement(view->store, STATEMENT_NEXT_NAME);
        if (!statement)
            return;
        bind_text(statement, 1, subject);
        bind_text(statement, 2, quantity);
        if (!store_step(view->store, statement))
            return;
        const struct text last_subject = subject, last_quantity = quantity;
        subject = column_text(arena, statement, 0);
        quantity = column_text(arena, statement, 1);
        store_finish(statement);
        const int order = text_compare(subject, last_subject);
        if (order < 0 || (order == 0 && text_compare(quantity, last_quantity) <= 0))
            return; // a damaged index leads back
        struct buffer name = buffer_on(arena);
        buffer_add(&name, subject);
        buffer_add_char(&name, '.');
        buffer_add(&name, quantity);
        const struct text text = buffer_text(&name);
        vector_push(arena, &view->names, ((struct listed_name){text, letters_of(text)}));
    }
}

// Each edit brings in one new letter at most, and takes away one at most.
static bool too_many_letters(uint64_t letters, uint64_t others, size_t limit)
{
    return (size_t)__builtin_popcountll(letters & ~others) > limit || (size_t)__builtin_popcountll(others & ~letters) > limit;
}

static struct text answer_near(void *context, struct arena *arena, struct text name)
{
    struct view *view = context;
    struct text near = {0};
    size_t least = name.length < 12 ? name.length / 4 + 2 : 5; // a letter in four, and one more, but four at most
    const uint64_t letters = letters_of(name);
    if (!view->listed)
        list_names(view);
    for (size_t i = 0; i < view->names.count; i++) {
        const struct listed_name *candidate = &view->names.at[i];
        if (too_many_letters(letters, candidate->letters, least - 1))
            continue;
        const size_t distance = text_distance(name, candidate->text, least - 1);
        if (distance < least) {
            least = distance;
            near = candidate->text;
        }
    }
    return text_copy(arena, near);
}

void store_observe(struct store *store, struct text vintage, double vintage_end, struct observer *observer)
{
    struct view *view = arena_alloc(store->arena, sizeof *view);
    *view = (struct view){.store = store, .vintage = vintage_end};
    *observer = (struct observer){
        .context = view,
        .vintage = vintage_end,
        .vintage_text = text_copy(store->arena, vintage),
        .series = answer_series,
        .sources_of = answer_sources_of,
        .source = answer_source,
        .members = answer_members,
        .near = answer_near,
    };
}
