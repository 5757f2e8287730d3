#include "report/words.h"

#include <math.h>

#include "base/buffer.h"
#include "base/number.h"
#include "dsl/program.h"
#include "dsl/unit.h"

// ---- shares and counts -----------------------------------------------------------------------------------------------------

static double rounded(double percent, int decimals)
{
    double scale = 1;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
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
    // Months are equally long, and so are the days of one month; half a minute covers rounding.
    const double months = (instant + 30) * 12 / SECONDS_A_YEAR;
    const int year = (int)floor(months / 12);
    const int month = (int)floor(months - (double)year * 12);
    const double share = months - floor(months);
    const int day = (int)floor(share * days_in_month(year, month + 1));
    buffer_printf(out, "%04d-%02d", year, month + 1);
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
    } else if (isinf(value) && type->kind == KIND_QUANTITY) {
        buffer_add_string(out, value > 0 ? "infinity" : "-infinity");
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
    if (!isfinite(left - right) || (right != 0 && !isfinite(left / right)))
        return; // too large to compare: the values themselves say it
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
    if (type->kind == KIND_DATE && isfinite(left) && isfinite(right)) {
        buffer_add_char(out, left >= right ? '+' : '-');
        const size_t before = out->length;
        number_write(out, fabs(left - right) / SECONDS_A_YEAR, 2);
        const bool one = out->length == before + 1 && out->at[before] == '1';
        buffer_printf(out, "%cyear%s", WORDS_JOIN, one ? "" : "s");
        return;
    }
    if (type->kind != KIND_QUANTITY || !isfinite(left) || !isfinite(right))
        return;
    buffer_add_char(out, left >= right ? '+' : '-');
    if (type->fraction) {
        number_write(out, fabs(left - right) * 100, 2);
        buffer_printf(out, "%cpoints", WORDS_JOIN);
    } else {
        words_value(out, program, type, fabs(left - right), 2);
    }
}

// ---- expressions ---------------------------------------------------------------------------------------------------------------

// A place in an expression and what is written there instead.
struct written_instead {
    struct span span;
    struct text text;
};
struct exchange {
    size_t count;
    struct written_instead at[16];
    const int *members;
};

static void find_binders(const struct node *node, struct exchange *exchange, unsigned hidden)
{
    enum { MOST = sizeof exchange->at / sizeof *exchange->at, SLOTS = 16 };
    const bool slotted = node->slot >= 0 && node->slot < SLOTS;
    if (node->kind == NODE_REDUCE && slotted)
        hidden |= 1u << node->slot;
    const struct index *index = node->type.index;
    const bool free = node->kind == NODE_BINDER && slotted && node->expr && node->expr->kind == EXPR_REF && index && !(hidden >> node->slot & 1);
    const size_t member = free ? (size_t)exchange->members[node->slot] : 0;
    if (free && member < index->count && exchange->count < MOST)
        exchange->at[exchange->count++] = (struct written_instead){node->expr->span, index->members[member]};
    for (size_t i = 0; i < node->count; i++)
        if (node->args[i])
            find_binders(node->args[i], exchange, hidden);
}

// What stands at the offset instead, its end in *end; empty when nothing does.
static struct text instead(const struct exchange *exchange, uint32_t offset, uint32_t *end)
{
    for (size_t i = 0; i < exchange->count; i++)
        if (exchange->at[i].span.start == offset) {
            *end = exchange->at[i].span.end;
            return exchange->at[i].text;
        }
    return TEXT("");
}

static void add_code(struct buffer *out, struct text written, uint32_t start, const struct exchange *exchange)
{
    bool blank = false, comment = false;
    for (size_t i = 0; i < written.length; i++) {
        const char c = written.at[i];
        comment = (comment || c == '#') && c != '\n';
        if (comment || c == ' ' || c == '\n' || c == '\t' || c == '\r') {
            blank = out->length > 0;
            continue;
        }
        if (blank)
            buffer_add_char(out, ' ');
        blank = false;
        uint32_t end = 0;
        const struct text other = instead(exchange, start + (uint32_t)i, &end);
        if (other.length == 0) {
            buffer_add_char(out, c);
            continue;
        }
        buffer_add(out, other);
        i = end - start - 1;
    }
}

struct text words_bound(struct arena *arena, const struct sources *sources, const struct expr *expr, const struct node *node,
                        const int *members)
{
    struct buffer out = buffer_on(arena);
    struct exchange exchange = {.members = members};
    if (node && members)
        find_binders(node, &exchange, 0);
    // Alone it stays: "m clean", not "clean clean".
    if (exchange.count == 1 && expr && exchange.at[0].span.start == expr->span.start && exchange.at[0].span.end == expr->span.end)
        exchange.count = 0;
    if (expr)
        add_code(&out, sources_text(sources, expr->span), expr->span.start, &exchange);
    return buffer_text(&out);
}

struct text words_source(struct arena *arena, const struct sources *sources, const struct expr *expr)
{
    return words_bound(arena, sources, expr, NULL, NULL);
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
