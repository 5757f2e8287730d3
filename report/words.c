#include "report/words.h"

#include <math.h>

#include "base/buffer.h"
#include "base/number.h"
#include "dsl/program.h"
#include "dsl/unit.h"

// ---- shares and counts -----------------------------------------------------------------------------------------------------

static double rounded(double percent, int decimals)
{
    const double scale = pow(10, decimals);
    return round(percent * scale) / scale;
}

void words_percent_number(struct buffer *out, double share, int decimals)
{
    const double percent = share * 100;
    const bool inside = share > 0 && share < 1;
    // Ten decimals tell apart what a run can: beyond, 99.99999999999 % may look like 100.
    while (inside && decimals < 10 && (rounded(percent, decimals) <= 0 || rounded(percent, decimals) >= 100))
        decimals++;
    number_write(out, rounded(percent, decimals), 15);
}

void words_percent(struct buffer *out, double share, int decimals)
{
    words_percent_number(out, share, decimals);
    buffer_add_char(out, WORDS_JOIN);
    buffer_add_char(out, '%');
}

void words_count(struct buffer *out, uint64_t count)
{
    char digits[32];
    size_t length = 0;
    do {
        digits[length++] = (char)('0' + count % 10);
        count /= 10;
    } while (count > 0);
    while (length > 0) {
        buffer_add_char(out, digits[--length]);
        if (length > 0 && length % 3 == 0)
            buffer_add_char(out, WORDS_JOIN);
    }
}

// ---- quantities and dates ----------------------------------------------------------------------------------------------------

static const struct unit *unit_of_type(const struct program *program, const struct type *type)
{
    if (type->kind != KIND_QUANTITY || type->fraction)
        return NULL;
    return type->shown ? type->shown : units_natural(program->units, type->dimension);
}

void words_date(struct buffer *out, double instant)
{
    if (!isfinite(instant)) {
        buffer_add_string(out, "never");
        return;
    }
    // A month has 365.25 / 12 days in the nominal calendar; half a minute covers rounding.
    const double months = (instant + 30) * 12 / SECONDS_A_YEAR;
    const long year = (long)floor(months / 12);
    const int month = (int)floor(months - (double)year * 12);
    const double share = months - floor(months);
    const int day = (int)floor(share * 365.25 / 12);
    buffer_printf(out, "%04ld-%02d", year, month + 1);
    if (day > 0)
        buffer_printf(out, "-%02d", day + 1);
}

static void join_blanks(struct buffer *out, size_t from)
{
    for (size_t i = from; i < out->length; i++)
        if (out->at[i] == ' ')
            out->at[i] = WORDS_JOIN;
}

void words_value(struct buffer *out, const struct program *program, const struct type *type, double value, int digits)
{
    const size_t from = out->length;
    if (isnan(value)) {
        buffer_add_string(out, "no value");
    } else if (type->kind == KIND_DATE) {
        words_date(out, value);
    } else if (type->kind == KIND_TRUTH) {
        buffer_add_string(out, value != 0 ? "true" : "false");
    } else if (type->kind == KIND_MEMBER && type->index && value >= 0 && value < (double)type->index->count) {
        buffer_add(out, type->index->members[(size_t)value]);
    } else if (type->kind == KIND_QUANTITY && type->fraction) {
        number_write(out, value * 100, digits);
        buffer_add_string(out, " %");
    } else if (unit_of_type(program, type)) {
        unit_print(out, unit_of_type(program, type), value, digits);
    } else {
        number_write_short(out, value, digits);
    }
    join_blanks(out, from);
}

void words_margin(struct buffer *out, const struct program *program, const struct type *type, double left, double right)
{
    if (type->kind == KIND_QUANTITY && !type->fraction && left > 0 && right > 0) {
        const double factor = left / right;
        if (fabs(factor - 1) < 1e-9)
            return;
        if (factor >= 3 || factor <= 1.0 / 3) {
            number_write(out, factor >= 1 ? factor : 1 / factor, 2);
            buffer_add_string(out, factor >= 1 ? "x" : "x less");
            return;
        }
        buffer_add_char(out, factor >= 1 ? '+' : '-');
        number_write(out, fabs(factor - 1) * 100, 2);
        buffer_add_char(out, WORDS_JOIN);
        buffer_add_char(out, '%');
        return;
    }
    if (type->kind == KIND_DATE) {
        buffer_add_char(out, left >= right ? '+' : '-');
        number_write(out, fabs(left - right) / SECONDS_A_YEAR, 2);
        buffer_printf(out, "%cyears", WORDS_JOIN);
        return;
    }
    if (type->kind != KIND_QUANTITY)
        return;
    buffer_add_char(out, left >= right ? '+' : '-');
    if (type->fraction) {
        number_write(out, fabs(left - right) * 100, 2);
        buffer_printf(out, "%cpoints", WORDS_JOIN);
    } else {
        words_value(out, program, type, fabs(left - right), 2);
    }
}

struct text words_source(struct arena *arena, const struct sources *sources, const struct expr *expr)
{
    struct buffer out = buffer_on(arena);
    const struct text written = expr ? sources_text(sources, expr->span) : TEXT("");
    bool blank = false, comment = false;
    for (size_t i = 0; i < written.length; i++) {
        const char c = written.at[i];
        comment = (comment || c == '#') && c != '\n';
        if (comment || c == ' ' || c == '\n' || c == '\t' || c == '\r') {
            blank = out.length > 0;
            continue;
        }
        if (blank)
            buffer_add_char(&out, ' ');
        blank = false;
        buffer_add_char(&out, c);
    }
    return buffer_text(&out);
}

// ---- for machines ------------------------------------------------------------------------------------------------------------

const char *words_unit(struct arena *arena, const struct program *program, const struct type *type)
{
    const struct unit *unit = unit_of_type(program, type);
    switch (type->kind) {
    case KIND_DATE:
        return "date";
    case KIND_TRUTH:
        return "truth";
    case KIND_MEMBER:
        return type->index ? text_copy(arena, type->index->name).at : "member";
    case KIND_QUANTITY:
        return unit && unit->name.length > 0 ? text_copy(arena, unit->name).at : "1";
    case KIND_ERROR:
        break;
    }
    return "1";
}

double words_in_unit(const struct program *program, const struct type *type, double value)
{
    const struct unit *unit = unit_of_type(program, type);
    if (type->kind == KIND_DATE)
        return value / SECONDS_A_YEAR;
    return unit ? unit_from_base(unit, value) : value;
}
