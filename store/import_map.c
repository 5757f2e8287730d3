// Applying a mapping: foreign rows into our columns. Reading the statement: map_statement.c.
#include <string.h>

#include "dsl/written.h"
#include "store/import_parts.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t column_of(const struct table *table, struct text name)
{
    for (size_t i = 0; i < table->width; i++)
        if (text_equal(table->names[i], name))
            return i + 1;
    return 0;
}

static void blame_column(struct import *import, struct text name)
{
    const struct table *table = import->table;
    const struct cell header = {.line = 1};
    const struct text near = import_nearest(name, table->names, table->width);
    struct buffer help = buffer_on(&import->row);
    if (near.length > 0) {
        buffer_printf(&help, "{%.*s} is near", TEXT_ARGS(near));
    } else {
        buffer_add_string(&help, "it has");
        for (size_t i = 0; i < table->width && i < 8; i++)
            buffer_printf(&help, "%s {%.*s}", i > 0 ? "," : "", TEXT_ARGS(table->names[i]));
        buffer_add_string(&help, table->width > 8 ? " and more" : "");
    }
    import_blame(import, &header, help.at, "the map takes the column {%.*s}, which the table does not have", TEXT_ARGS(name));
}

bool mapping_fits(struct import *import, const struct mapping *mapping)
{
    bool fits = true;
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        const struct map_value *value = &mapping->values[i];
        for (size_t j = 0; j < value->count; j++)
            if (value->pieces[j].is_column && column_of(import->table, value->pieces[j].text) == 0) {
                blame_column(import, value->pieces[j].text);
                fits = false;
            }
    }
    return fits;
}

// ---- what foreign cells look like ------------------------------------------------------------------------------------------

// Cells that stand for nothing.
static bool is_nothing(struct text t)
{
    static const char *const words[] = {"", "-", "--", "N/A", "n/a", "NA", "NaN", "nan", "null", "None", "\xe2\x80\x93", "\xe2\x80\x94"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_is(t, words[i]))
            return true;
    return false;
}

// Lower-case words: "Ascend 910B (SMIC)" is ascend_910b_smic.
static void add_clean(struct buffer *out, struct text t)
{
    bool owed = false; // an underscore, if something follows
    const size_t start = out->length;
    for (size_t i = 0; i < t.length; i++) {
        char c = t.at[i];
        c = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        if (!is_digit(c) && !(c >= 'a' && c <= 'z')) {
            owed = out->length > start;
            continue;
        }
        if (owed)
            buffer_add_char(out, '_');
        buffer_add_char(out, c);
        owed = false;
    }
}

static bool is_mark(char c)
{
    return c == ',' || c == '_' || c == '\'' || c == ' ';
}

// Whether marks cut the digits before a point into threes: 1,234,567.8
static bool is_grouped(struct text t)
{
    size_t digits = 0, groups = 0;
    for (size_t i = 0; i < t.length && (is_digit(t.at[i]) || is_mark(t.at[i])); i++) {
        if (is_digit(t.at[i])) {
            digits++;
            continue;
        }
        if (digits == 0 || digits > 3 || (groups > 0 && digits != 3))
            return false;
        groups++;
        digits = 0;
    }
    return groups > 0 && digits == 3;
}

// Blanks of any width as plain ones.
static struct text with_plain_blanks(struct arena *arena, struct text t)
{
    static const char *const blanks[] = {"\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89"};
    struct buffer out = buffer_on(arena);
    for (size_t i = 0; i < t.length; i++) {
        size_t width = 0;
        for (size_t j = 0; j < 3 && width == 0; j++)
            if (t.length - i >= strlen(blanks[j]) && memcmp(t.at + i, blanks[j], strlen(blanks[j])) == 0)
                width = strlen(blanks[j]);
        buffer_add_char(&out, width > 0 ? ' ' : t.at[i]);
        i += width > 0 ? width - 1 : 0;
    }
    return out.at ? buffer_text(&out) : t;
}

// "$1,234,567" is 1234567, "45 %" is 45 where the unit is %.
static void add_number(struct buffer *out, struct text t, struct text unit)
{
    t = written_trim(with_plain_blanks(out->arena, t));
    if (t.length > 1 && t.at[0] == '$' && unit.length >= 3 && memcmp(unit.at, "USD", 3) == 0)
        t = (struct text){t.at + 1, t.length - 1};
    if (t.length > 1 && t.at[t.length - 1] == '%' && text_is(unit, "%"))
        t = written_trim((struct text){t.at, t.length - 1});
    const bool negative = t.length > 0 && t.at[0] == '-';
    const bool grouped = is_grouped((struct text){t.at + negative, t.length - negative});
    for (size_t i = 0; i < t.length; i++)
        if (!grouped || !is_mark(t.at[i]))
            buffer_add_char(out, t.at[i]);
}

// Three numbers with marks between them.
static bool read_three(struct text t, int parts[3])
{
    size_t part = 0, digits = 0;
    parts[0] = parts[1] = parts[2] = 0;
    for (size_t i = 0; i < t.length; i++) {
        if (is_digit(t.at[i])) {
            parts[part] = 10 * parts[part] + (t.at[i] - '0');
            if (++digits > 4)
                return false;
        } else if ((t.at[i] == '/' || t.at[i] == '.' || t.at[i] == '-') && digits > 0 && part < 2) {
            part++;
            digits = 0;
        } else {
            return false;
        }
    }
    return part == 2 && digits == 4;
}

static void add_date(struct buffer *out, struct text t, enum date_order order)
{
    int parts[3];
    // Of a date with a time of day, the date.
    if (t.length > 10 && (t.at[10] == 'T' || t.at[10] == ' ') && is_digit(t.at[0]) && t.at[4] == '-')
        t.length = 10;
    if (order == DATE_AS_IT_IS || !read_three(t, parts))
        buffer_add(out, t);
    else
        buffer_printf(out, "%04d-%02d-%02d", parts[2], parts[order == DATE_MONTH_FIRST ? 0 : 1], parts[order == DATE_MONTH_FIRST ? 1 : 0]);
}

// ---- rows ----------------------------------------------------------------------------------------------------------------

static void add_piece(struct buffer *out, enum column column, const struct map_piece *piece, struct text field, struct text unit)
{
    switch (column) {
    case COLUMN_SUBJECT:
    case COLUMN_QUANTITY:
        add_clean(out, field);
        break;
    case COLUMN_LOW:
    case COLUMN_CENTRAL:
    case COLUMN_HIGH:
        if (text_is(unit, "date"))
            add_date(out, field, piece->order);
        else
            add_number(out, field, unit);
        break;
    case COLUMN_VALID_DATE:
    case COLUMN_KNOWN_FROM:
        add_date(out, field, piece->order);
        break;
    default:
        buffer_add(out, field);
    }
}

// A value made of columns is empty when all of them are.
static void fill(struct import *import, const struct map_value *value, const struct csv_row *row, enum column column, struct cell *cells)
{
    struct cell *cell = &cells[column];
    struct buffer out = buffer_on(&import->row);
    bool something = false, has_column = false;
    *cell = (struct cell){.text = TEXT(""), .line = row->line};
    for (size_t i = 0; i < value->count; i++) {
        const struct map_piece *piece = &value->pieces[i];
        if (!piece->is_column) {
            buffer_add(&out, piece->text);
            continue;
        }
        const size_t position = column_of(import->table, piece->text);
        const struct text field = written_trim(row->fields[position - 1].text);
        if (!has_column)
            *cell = (struct cell){.text = TEXT(""), .line = row->fields[position - 1].line, .position = position};
        has_column = true;
        if (is_nothing(field))
            continue;
        something = true;
        add_piece(&out, column, piece, field, cells[COLUMN_UNIT].text);
    }
    if ((something || !has_column) && out.length > 0)
        cell->text = buffer_text(&out);
}

bool mapping_apply(struct import *import, const struct mapping *mapping, const struct csv_row *row, struct cell *cells)
{
    fill(import, &mapping->values[COLUMN_UNIT], row, COLUMN_UNIT, cells); // the figures are read by it
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        if (i != COLUMN_UNIT)
            fill(import, &mapping->values[i], row, (enum column)i, cells);
    return cells[COLUMN_LOW].text.length + cells[COLUMN_CENTRAL].text.length + cells[COLUMN_HIGH].text.length +
               cells[COLUMN_VALUE_TEXT].text.length >
           0;
}
