// A row of observations: each cell read and checked, then appended.
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "dsl/written.h"
#include "store/ask.h"
#include "store/connection.h"
#include "store/import_parts.h"

enum { LONGEST_NAME = 200 };

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_empty(const struct cell *cell)
{
    return cell->text.length == 0;
}

static bool is_present(struct import *import, const struct cell *cell, enum column column)
{
    if (!is_empty(cell))
        return true;
    static const char *const help[COLUMN_COUNT] = {
#define COLUMN(id, name, needed, says) says,
#include "store/column.def"
    };
    import_blame(import, cell, help[column], "`%s` is empty", observation_columns[column].name);
    return false;
}

// ---- names -------------------------------------------------------------------------------------------------------------

// The name as it could be written, for the remedy.
static const char *clean_name(struct import *import, struct text name)
{
    struct buffer clean = buffer_on(&import->row);
    for (size_t i = 0; i < name.length && i < LONGEST_NAME; i++) {
        const char c = name.at[i];
        const bool dot_fits = c == '.' && clean.length > 0 && clean.at[clean.length - 1] != '.';
        if (is_lower(c) || is_digit(c) || dot_fits)
            buffer_add_char(&clean, c);
        else if (is_upper(c))
            buffer_add_char(&clean, (char)(c - 'A' + 'a'));
        else if (clean.length > 0 && clean.at[clean.length - 1] != '_')
            buffer_add_char(&clean, '_');
    }
    while (clean.length > 0 && (clean.at[clean.length - 1] == '_' || clean.at[clean.length - 1] == '.'))
        clean.at[--clean.length] = '\0';
    return clean.length > 0 ? arena_printf(&import->row, "write for example `%s`", clean.at) : "begin with a letter from a to z";
}

// Parts of lower-case letters, digits and underscores, joined with dots; the first begins with a letter.
static bool is_name(struct text t, bool dots)
{
    if (t.length == 0 || t.length > LONGEST_NAME || (dots && !is_lower(t.at[0])) || t.at[t.length - 1] == '.')
        return false;
    for (size_t i = 0; i < t.length; i++) {
        const bool dot = t.at[i] == '.' && dots && i > 0 && t.at[i - 1] != '.';
        if (!is_lower(t.at[i]) && !is_digit(t.at[i]) && t.at[i] != '_' && !dot)
            return false;
    }
    return true;
}

static bool read_name(struct import *import, const struct cell *cells, struct observation *observation)
{
    const struct cell *subject = &cells[COLUMN_SUBJECT], *quantity = &cells[COLUMN_QUANTITY];
    bool well = is_present(import, subject, COLUMN_SUBJECT);
    if (well && !is_name(subject->text, true)) {
        import_blame(import, subject, clean_name(import, subject->text), "%s is no name of lower-case words with dots between them",
                     import_quote(import, subject->text));
        well = false;
    }
    if (!is_present(import, quantity, COLUMN_QUANTITY))
        return false;
    if (!is_name(quantity->text, false)) {
        const bool dotted = memchr(quantity->text.at, '.', quantity->text.length) != NULL;
        import_blame(import, quantity, dotted ? "only the last part is the quantity: put the rest into `subject`" : clean_name(import, quantity->text),
                     "%s is no lower-case word", import_quote(import, quantity->text));
        return false;
    }
    observation->name = text_of(arena_printf(&import->row, "%.*s.%.*s", TEXT_ARGS(subject->text), TEXT_ARGS(quantity->text)));
    return well;
}

// ---- figures -----------------------------------------------------------------------------------------------------------

static const char *number_help(struct text t)
{
    if (t.length > 0 && t.at[t.length - 1] == '%')
        return "write the number alone, and % as its unit";
    for (size_t i = 1; i + 1 < t.length; i++)
        if ((t.at[i] == ',' || t.at[i] == '_' || t.at[i] == ' ' || t.at[i] == '\'') && is_digit(t.at[i - 1]) && is_digit(t.at[i + 1]))
            return "no marks between digits, and a point before decimals: 1234567.8";
    if (text_is(t, "NA") || text_is(t, "n/a") || text_is(t, "-") || text_is(t, "nan"))
        return "leave the field empty where nothing is known";
    return "write digits: 610000, 0.22, 1.3e-7; the unit has a column of its own";
}

static bool read_number(struct import *import, const struct cell *cell, double *value)
{
    struct text digits = cell->text;
    const bool negative = digits.length > 1 && digits.at[0] == '-';
    digits.at += negative;
    digits.length -= negative;
    if (!number_read(digits, value)) {
        import_blame(import, cell, number_help(cell->text), "%s is no number", import_quote(import, cell->text));
        return false;
    }
    if (!isfinite(*value)) {
        import_blame(import, cell, "write it in a larger unit", "%s is too large", import_quote(import, cell->text));
        return false;
    }
    *value = negative ? -*value : *value;
    return true;
}

static const char *date_help(struct import *import, struct text t)
{
    if (import->table->kind == TABLE_FOREIGN && t.length > 0 && memchr(t.at, '/', t.length))
        return "the map reads such dates with their order: {Column as m/d/y} or {Column as d/m/y}";
    return "dates are written 2025, 2025Q3, 2025-04, 2025-04-03, a period 2024-04 .. 2025-03";
}

static bool read_instant(struct import *import, const struct cell *cell, double *value)
{
    double end;
    if (written_date(cell->text, value, &end))
        return true;
    import_blame(import, cell, date_help(import, cell->text), "%s is no date", import_quote(import, cell->text));
    return false;
}

// low, central and high: numbers, or dates where the unit says so.
static bool read_ends(struct import *import, const struct cell *cells, struct observation *observation)
{
    static const enum column columns[] = {COLUMN_LOW, COLUMN_CENTRAL, COLUMN_HIGH};
    double *values[] = {&observation->low, &observation->central, &observation->high};
    const bool dates = text_is(observation->unit, "date");
    bool well = true;
    for (size_t i = 0; i < 3; i++) {
        *values[i] = NAN;
        if (!is_empty(&cells[columns[i]]))
            well = (dates ? read_instant : read_number)(import, &cells[columns[i]], values[i]) && well;
    }
    return well;
}

static bool are_in_order(struct import *import, const struct cell *cells, const struct observation *observation)
{
    static const struct {
        enum column low, high;
    } pairs[] = {{COLUMN_LOW, COLUMN_CENTRAL}, {COLUMN_CENTRAL, COLUMN_HIGH}, {COLUMN_LOW, COLUMN_HIGH}};
    const double values[COLUMN_COUNT] = {
        [COLUMN_LOW] = observation->low, [COLUMN_CENTRAL] = observation->central, [COLUMN_HIGH] = observation->high};
    for (size_t i = 0; i < 3; i++) {
        if (!(values[pairs[i].low] > values[pairs[i].high]))
            continue;
        import_blame(import, &cells[pairs[i].high], "low <= central <= high; leave out what the source does not say", "`%s` %s is below `%s` %s",
                     observation_columns[pairs[i].high].name, import_quote(import, cells[pairs[i].high].text),
                     observation_columns[pairs[i].low].name, import_quote(import, cells[pairs[i].low].text));
        return false;
    }
    return true;
}

static bool read_words(struct import *import, const struct cell *cells, struct observation *observation)
{
    static const enum column columns[] = {COLUMN_LOW, COLUMN_CENTRAL, COLUMN_HIGH};
    for (size_t i = 0; i < 3; i++)
        if (!is_empty(&cells[columns[i]])) {
            import_blame(import, &cells[columns[i]], "leave it empty, or give the figure a unit", "a figure in words has no number");
            return false;
        }
    observation->low = observation->central = observation->high = NAN;
    observation->value = cells[COLUMN_VALUE_TEXT].text;
    return is_present(import, &cells[COLUMN_VALUE_TEXT], COLUMN_VALUE_TEXT);
}

static bool read_figures(struct import *import, const struct cell *cells, struct observation *observation)
{
    if (text_is(observation->unit, "text"))
        return read_words(import, cells, observation);
    observation->value = cells[COLUMN_VALUE_TEXT].text;
    if (!read_ends(import, cells, observation))
        return false;
    if (isnan(observation->low) && isnan(observation->central) && isnan(observation->high)) {
        const bool words = !is_empty(&cells[COLUMN_VALUE_TEXT]);
        import_blame(import, &cells[words ? COLUMN_UNIT : COLUMN_CENTRAL],
                     words ? "for a figure in words write `text` as the unit" : "write at least one of low, central and high",
                     "the row has no figure");
        return false;
    }
    return are_in_order(import, cells, observation);
}

// ---- units -------------------------------------------------------------------------------------------------------------

// A unit is made once: tables repeat few of them a million times.
static const struct unit *unit_named(struct import *import, struct text name, struct text *bad)
{
    const struct unit *unit = map_get(&import->unit_texts, name);
    if (unit)
        return unit;
    unit = written_unit(import->units, name, bad);
    if (!unit)
        return NULL;
    struct unit *kept = arena_alloc(import->arena, sizeof *kept);
    *kept = *unit;
    map_put(&import->unit_texts, text_copy(import->arena, name), kept);
    return kept;
}

static bool is_special(struct text unit)
{
    return text_is(unit, "date") || text_is(unit, "text");
}

static bool read_unit(struct import *import, const struct cell *cell, struct observation *observation)
{
    struct text bad = TEXT("");
    observation->unit = cell->text;
    if (!is_present(import, cell, COLUMN_UNIT))
        return false;
    if (is_special(cell->text) || unit_named(import, cell->text, &bad))
        return true;
    const struct text near = units_nearest(import->units, bad);
    const char *help = near.length > 0 ? arena_printf(&import->row, "`%.*s` is near", TEXT_ARGS(near))
                                       : "write a unit of Crux (chip/year, 1/cm^2, fraction, 1), or `date`, or `text`";
    import_blame(import, cell, help, "there is no unit %s", import_quote(import, bad));
    return false;
}

// The same value to fifteen digits: a factor of a thousand leaves no traces.
static double converted(struct import *import, const struct unit *from, const struct unit *to, double value)
{
    if (isnan(value))
        return value;
    struct buffer digits = buffer_on(&import->row);
    double result = unit_from_base(to, unit_to_base(from, value));
    number_write(&digits, fabs(result), 15);
    double rounded;
    return number_read(buffer_text(&digits), &rounded) ? copysign(rounded, result) : result;
}

// A quantity has one unit in the store: what comes in another of its kind is converted.
static bool take_unit_of_store(struct import *import, const struct cell *cells, struct observation *observation)
{
    const struct text kept = store_unit(import->store, &import->row, observation->name);
    if (kept.length == 0 || text_equal(kept, observation->unit))
        return true;
    struct text bad;
    const bool special = is_special(kept) || is_special(observation->unit);
    const struct unit *from = special ? NULL : unit_named(import, observation->unit, &bad), *to = special ? NULL : unit_named(import, kept, &bad);
    if (!from || !to || from->dimension != to->dimension) {
        import_blame(import, &cells[COLUMN_UNIT], "another kind of quantity needs another name",
                     "the store has `%.*s` in %.*s, which %s is not", TEXT_ARGS(observation->name), TEXT_ARGS(kept),
                     import_quote(import, observation->unit));
        return false;
    }
    observation->low = converted(import, from, to, observation->low);
    observation->central = converted(import, from, to, observation->central);
    observation->high = converted(import, from, to, observation->high);
    observation->unit = kept;
    return true;
}

// ---- dates, source, basis ----------------------------------------------------------------------------------------------

static bool read_dates(struct import *import, const struct cell *cells, struct observation *observation)
{
    const struct cell *valid = &cells[COLUMN_VALID_DATE], *known = &cells[COLUMN_KNOWN_FROM];
    bool well = is_present(import, valid, COLUMN_VALID_DATE);
    observation->valid = valid->text;
    observation->known = known->text;
    if (well && !written_period(valid->text, &observation->valid_start, &observation->valid_end)) {
        import_blame(import, valid, date_help(import, valid->text), "%s is no date or period",
                     import_quote(import, valid->text));
        well = false;
    }
    return is_present(import, known, COLUMN_KNOWN_FROM) && read_instant(import, known, &observation->known_from) && well;
}

static bool read_basis(struct import *import, const struct cell *cell, struct observation *observation)
{
    if (!is_present(import, cell, COLUMN_BASIS))
        return false;
    for (int i = 0; i <= BASIS_GUESS; i++)
        if (text_is(cell->text, basis_words[i])) {
            observation->basis = (enum basis)i;
            return true;
        }
    import_blame(import, cell, "it is one of stated, secondary, derived, recalled, guess", "there is no basis %s",
                 import_quote(import, cell->text));
    return false;
}

static void blame_source(struct import *import, const struct cell *cell)
{
    if (import->sources_refused) // it may well be one of those
        return;
    const struct text near = ask_nearest_source(import->store, &import->row, cell->text);
    const char *help = near.length > 0 ? arena_printf(&import->row, "`%.*s` is near", TEXT_ARGS(near))
                                       : "import it too: a table with the header source_id,title,publisher,published,url";
    import_blame(import, cell, help, "there is no source %s", import_quote(import, cell->text));
}

// ---- the row -----------------------------------------------------------------------------------------------------------

static bool read_all(struct import *import, const struct cell *cells, struct observation *observation)
{
    // Each is tried whatever the others say, so that a row is told all of its mistakes.
    bool well = read_name(import, cells, observation);
    well = read_dates(import, cells, observation) && well;
    well = read_basis(import, &cells[COLUMN_BASIS], observation) && well;
    well = is_present(import, &cells[COLUMN_SOURCE_ID], COLUMN_SOURCE_ID) && well;
    well = read_unit(import, &cells[COLUMN_UNIT], observation) && well;
    well = read_figures(import, cells, observation) && well;
    observation->source = cells[COLUMN_SOURCE_ID].text;
    observation->note = cells[COLUMN_NOTE].text;
    return well && take_unit_of_store(import, cells, observation);
}

void import_observation(struct import *import, const struct cell *given)
{
    struct observation observation = {0};
    struct cell cells[COLUMN_COUNT];
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        cells[i] = given[i];
        cells[i].text = written_trim(cells[i].text);
    }
    if (!read_all(import, cells, &observation))
        return;
    switch (store_append_observation(import->store, &observation)) {
    case APPEND_ADDED:
        import->result->observations++;
        break;
    case APPEND_THERE:
        import->result->observations_there++;
        break;
    case APPEND_NO_SOURCE:
        blame_source(import, &cells[COLUMN_SOURCE_ID]);
        break;
    case APPEND_CONTRADICTS:
        import_blame(import, &cells[COLUMN_KNOWN_FROM], "an observation is never changed: give the correction its own known_from",
                     "another figure of `%.*s` for %.*s by %.*s is known from %.*s already", TEXT_ARGS(observation.name),
                     TEXT_ARGS(observation.valid), TEXT_ARGS(observation.source), TEXT_ARGS(observation.known));
        break;
    case APPEND_OTHER_UNIT: // converted above
    case APPEND_FAILED:
        break;
    }
}
