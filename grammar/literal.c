#include "grammar/literal.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/number.h"
#include "grammar/build.h"

struct text text_at(const struct parse *p, struct span span)
{
    uint32_t base = p->source->base;
    return (struct text){p->source->bytes.at + (span.start - base), span.end - span.start};
}

struct name name_at(const struct parse *p, struct span span)
{
    return (struct name){text_at(p, span), span};
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// ---- numbers -------------------------------------------------------------------------------------------------------------

// The decimal exponent a suffix stands for.
static int suffix_exponent(char suffix)
{
    switch (suffix) {
    case 'k':
        return 3;
    case 'M':
        return 6;
    case 'B':
        return 9;
    case 'T':
        return 12;
    default:
        return 0;
    }
}

// Adds the exponent to the digits, so that 2.9M is the double nearest to 2.9e6 and not a product of two roundings.
static double scaled(struct parse *p, struct text digits, int exponent)
{
    double value = 0;
    if (exponent == 0 || memchr(digits.at, 'e', digits.length) != NULL || memchr(digits.at, 'E', digits.length) != NULL) {
        number_read(digits, &value);
        return exponent < 0 ? value / pow(10, -exponent) : value * pow(10, exponent);
    }
    number_read(text_of(arena_printf(p->arena, "%.*se%d", TEXT_ARGS(digits), exponent)), &value);
    return value;
}

static size_t plain_digits(struct text spelling)
{
    size_t length = spelling.length;
    while (length > 0 && !is_digit(spelling.at[length - 1]))
        length--;
    return length;
}

struct expr *read_number(struct parse *p, struct span span)
{
    struct expr *expr = ast_expr(p->arena, EXPR_NUMBER, span);
    struct text spelling = text_at(p, span);
    struct text digits = {spelling.at, plain_digits(spelling)};
    int exponent = 0;
    for (size_t i = digits.length; i < spelling.length; i++) {
        exponent += spelling.at[i] == '%' ? -2 : suffix_exponent(spelling.at[i]);
        expr->percent = expr->percent || spelling.at[i] == '%';
    }
    expr->spelling = spelling;
    expr->number = scaled(p, digits, exponent);
    if (isfinite(expr->number))
        return expr;
    struct diag *diag = diag_add(p->diags, DIAG_NUMBER_RANGE, span, "the number is too large");
    diag_help(p->diags, diag, "the largest is about 1.8e308; write it in a larger unit");
    return ast_error(p->arena, span);
}

struct expr *grouped_number(struct parse *p, struct span span)
{
    struct text spelling = text_at(p, span);
    struct buffer plain = buffer_on(p->arena);
    for (size_t i = 0; i < spelling.length && i < 40; i++)
        if (is_digit(spelling.at[i]))
            buffer_add_char(&plain, spelling.at[i]);
    struct diag *diag = diag_add(p->diags, DIAG_NUMBER_FORM, span, "a number has no marks between its digits");
    diag_help(p->diags, diag, "write %s; if these are several numbers, put a space after each comma", buffer_text(&plain).at);
    return ast_error(p->arena, span);
}

struct expr *misspelt_number(struct parse *p, struct span span)
{
    struct text spelling = text_at(p, span);
    size_t split = 0;
    while (split < spelling.length && !is_letter(spelling.at[split]))
        split++;
    struct diag *diag;
    if (spelling.at[0] == '.') {
        diag = diag_add(p->diags, DIAG_NUMBER_FORM, span, "a number starts with a digit");
        diag_help(p->diags, diag, "write 0%.*s", TEXT_ARGS(spelling));
    } else if (spelling.at[spelling.length - 1] == '.') {
        diag = diag_add(p->diags, DIAG_NUMBER_FORM, span, "a number needs a digit after its point");
        diag_help(p->diags, diag, "write %.*s0, or leave the point out", TEXT_ARGS(spelling));
    } else {
        diag = diag_add(p->diags, DIAG_NUMBER_FORM, span, "a number and the word after it need a space between them");
        struct text unit = {spelling.at + split, spelling.length - split};
        diag_help(p->diags, diag, "write %.*s %.*s; only %% x k M B T stick to the digits", (int)split, spelling.at, TEXT_ARGS(unit));
    }
    return ast_error(p->arena, span);
}

void warn_of_difference(struct parse *p, struct span span)
{
    struct text spelling = text_at(p, span);
    if (spelling.at[0] != '1' && spelling.at[0] != '2')
        return;
    struct diag *diag = diag_add(p->diags, DIAG_DIGITS_MINUS, span, "%.*s is read as a difference", TEXT_ARGS(spelling));
    diag_help(p->diags, diag, "a month has two digits: 2027-04; for a difference put spaces around the minus");
}

// ---- dates ---------------------------------------------------------------------------------------------------------------

bool looks_like_date(struct text spelling)
{
    for (size_t i = 0; i < spelling.length; i++)
        if (is_digit(spelling.at[i]) == (i == 4 || i == 7))
            return false;
    return spelling.length == 7 || spelling.length == 10;
}

// At most nine digits from `at` on.
static int whole(struct text spelling, size_t at, size_t most)
{
    int value = 0;
    for (size_t i = at; i < spelling.length && i < at + most && is_digit(spelling.at[i]); i++)
        value = 10 * value + (spelling.at[i] - '0');
    return value;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static struct expr *no_such_date(struct parse *p, struct span span, const char *why)
{
    struct text spelling = text_at(p, span);
    struct diag *diag = diag_add(p->diags, DIAG_DATE, span, "there is no %.*s", TEXT_ARGS(spelling));
    diag_primary(p->diags, diag, "%s", why);
    diag_help(p->diags, diag, "dates are written 2027, 2027Q4, 2027-04, 2027-04-03; a difference has spaces around its minus");
    return ast_error(p->arena, span);
}

struct expr *read_date(struct parse *p, struct span span)
{
    struct text spelling = text_at(p, span);
    struct expr *expr = ast_expr(p->arena, EXPR_DATE, span);
    struct date *date = &expr->date;
    expr->spelling = spelling;
    date->year = whole(spelling, 0, 4);
    if (spelling.at[4] == 'Q') {
        date->quarter = whole(spelling, 5, 9);
        if (spelling.length > 6 || date->quarter < 1 || date->quarter > 4)
            return no_such_date(p, span, "a year has the quarters Q1 to Q4");
        return expr;
    }
    date->month = whole(spelling, 5, 2);
    if (date->month < 1 || date->month > 12)
        return no_such_date(p, span, "a year has the months 01 to 12");
    if (spelling.length < 10)
        return expr;
    date->day = whole(spelling, 8, 2);
    if (date->day < 1 || date->day > days_in(date->year, date->month))
        return no_such_date(p, span, arena_printf(p->arena, "this month has %d days", days_in(date->year, date->month)));
    return expr;
}

struct expr *read_hole(struct parse *p, struct span span)
{
    struct expr *expr = ast_expr(p->arena, EXPR_HOLE, span);
    expr->name = name_at(p, (struct span){span.start + 1, span.end});
    return expr;
}

struct text read_string(const struct parse *p, struct span span)
{
    struct text text = text_at(p, span);
    return (struct text){text.at + 1, text.length - 2};
}

// ---- units ---------------------------------------------------------------------------------------------------------------

struct cursor {
    struct text text;
    size_t at;
    uint32_t offset; // of text.at[0]
};

static bool more(const struct cursor *c)
{
    return c->at < c->text.length;
}

static int read_power(struct parse *p, struct cursor *c)
{
    size_t start = c->at++;
    bool negative = more(c) && c->text.at[c->at] == '-';
    c->at += negative;
    size_t digits = c->at;
    while (more(c) && is_digit(c->text.at[c->at]))
        c->at++;
    if (c->at - digits > 2) {
        struct span span = {c->offset + (uint32_t)start, c->offset + (uint32_t)c->at};
        struct diag *diag = diag_add(p->diags, DIAG_NUMBER_RANGE, span, "the power of a unit is too large");
        diag_help(p->diags, diag, "powers go from -99 to 99");
    }
    int power = whole(c->text, digits, 2);
    return negative ? -power : power;
}

static struct unit_factor read_factor(struct parse *p, struct cursor *c, bool divided)
{
    size_t start = c->at;
    while (more(c) && (is_letter(c->text.at[c->at]) || is_digit(c->text.at[c->at])))
        c->at++;
    struct unit_factor factor = {.word = {c->text.at + start, c->at - start}, .power = 1};
    if (more(c) && c->text.at[c->at] == '^')
        factor.power = read_power(p, c);
    if (divided)
        factor.power = -factor.power;
    factor.span = (struct span){c->offset + (uint32_t)start, c->offset + (uint32_t)c->at};
    return factor;
}

static bool is_blank(char c)
{
    return !is_letter(c) && c != '/';
}

struct unit_expr *read_units(struct parse *p, struct span span)
{
    struct cursor c = {.text = text_at(p, span), .offset = span.start};
    while (more(&c) && is_blank(c.text.at[c.at]))
        c.at++;
    struct unit_expr *unit = arena_alloc(p->arena, sizeof *unit);
    unit->span = (struct span){span.start + (uint32_t)c.at, span.end};
    bool divided = more(&c) && c.text.at[c.at] == '/';
    unit->starts_with_slash = divided;
    c.at += divided;
    while (more(&c)) {
        unit_push(p->arena, unit, read_factor(p, &c, divided));
        divided = more(&c) && c.text.at[c.at] == '/';
        c.at++;
    }
    return unit;
}
