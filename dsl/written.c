#include "dsl/written.h"

#include "dsl/checker.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '%';
}

struct text written_trim(struct text t)
{
    while (t.length > 0 && (t.at[0] == ' ' || t.at[0] == '\t')) {
        t.at++;
        t.length--;
    }
    while (t.length > 0 && (t.at[t.length - 1] == ' ' || t.at[t.length - 1] == '\t'))
        t.length--;
    return t;
}

// ---- dates -------------------------------------------------------------------------------------------------------------

// Whether the text looks like `form`, where a 0 stands for any digit.
static bool has_form(struct text t, const char *form)
{
    size_t i = 0;
    for (; i < t.length && form[i] != '\0'; i++)
        if (form[i] == '0' ? !is_digit(t.at[i]) : t.at[i] != form[i])
            return false;
    return i == t.length && form[i] == '\0';
}

static int whole(struct text t, size_t at, size_t digits)
{
    int value = 0;
    for (size_t i = at; i < at + digits; i++)
        value = 10 * value + (t.at[i] - '0');
    return value;
}

static bool read_parts(struct text t, struct date *date)
{
    if (has_form(t, "0000")) {
        *date = (struct date){.year = whole(t, 0, 4)};
        return true;
    }
    if (has_form(t, "0000Q0")) {
        *date = (struct date){.year = whole(t, 0, 4), .quarter = whole(t, 5, 1)};
        return date->quarter >= 1 && date->quarter <= 4;
    }
    const bool day = has_form(t, "0000-00-00");
    if (!day && !has_form(t, "0000-00"))
        return false;
    *date = (struct date){.year = whole(t, 0, 4), .month = whole(t, 5, 2), .day = day ? whole(t, 8, 2) : 0};
    if (date->month < 1 || date->month > 12)
        return false;
    return !day || (date->day >= 1 && date->day <= days_in_month(date->year, date->month));
}

bool written_date(struct text t, double *start, double *end)
{
    struct date date;
    if (!read_parts(written_trim(t), &date))
        return false;
    const struct date_span span = date_span_of(date);
    *start = span.start;
    *end = span.end;
    return true;
}

bool written_period(struct text t, double *start, double *end)
{
    for (size_t i = 0; i + 1 < t.length; i++) {
        if (t.at[i] != '.' || t.at[i + 1] != '.')
            continue;
        const struct text first = {t.at, i}, last = {t.at + i + 2, t.length - i - 2};
        double first_end, last_start;
        return written_date(first, start, &first_end) && written_date(last, &last_start, end) && *start <= last_start;
    }
    return written_date(t, start, end);
}

// ---- units -------------------------------------------------------------------------------------------------------------

enum { MOST_FACTORS = 12, MOST_POWER = 99 };

// Takes "^-2" from the front of the rest. False when there is a caret and no power behind it.
static bool take_power(struct text *rest, int *power)
{
    *power = 1;
    if (rest->length == 0 || rest->at[0] != '^')
        return true;
    size_t at = 1;
    const bool negative = at < rest->length && rest->at[at] == '-';
    at += negative;
    const size_t digits = at;
    int value = 0;
    for (; at < rest->length && is_digit(rest->at[at]) && value <= MOST_POWER; at++)
        value = 10 * value + (rest->at[at] - '0');
    *power = negative ? -value : value;
    rest->at += at;
    rest->length -= at;
    return at > digits && value <= MOST_POWER;
}

static bool take_factor(struct text *rest, bool divided, struct unit_factor *factor)
{
    size_t length = 0;
    while (length < rest->length && (is_letter(rest->at[length]) || (length > 0 && is_digit(rest->at[length]))))
        length++;
    factor->word = (struct text){rest->at, length};
    rest->at += length;
    rest->length -= length;
    if (length == 0 || !take_power(rest, &factor->power))
        return false;
    factor->power = divided ? -factor->power : factor->power;
    return true;
}

// "1/cm^2" and "/cm^2" begin with what divides.
static bool take_start(struct text *rest)
{
    struct text t = *rest;
    if (t.length > 1 && t.at[0] == '1' && t.at[1] == '/')
        *rest = (struct text){t.at + 1, t.length - 1};
    return rest->at[0] == '/';
}

const struct unit *written_unit(struct unit_system *units, struct text t, struct text *bad)
{
    struct unit_factor factors[MOST_FACTORS] = {0};
    struct unit_expr expr = {.factors = factors};
    struct text rest = written_trim(t);
    const struct text all = rest;
    *bad = all;
    if (rest.length == 0)
        return NULL;
    const struct unit_factor *unknown = NULL;
    if (text_is(rest, "1") || text_is(rest, "fraction"))
        return units_of(units, &expr, &unknown);
    bool divided = take_start(&rest);
    expr.starts_with_slash = divided;
    rest.at += divided;
    rest.length -= divided;
    for (;;) {
        if (expr.count == MOST_FACTORS || !take_factor(&rest, divided, &factors[expr.count++]))
            return NULL;
        if (rest.length == 0)
            break;
        divided = rest.at[0] == '/';
        if (!divided && rest.at[0] != '*')
            return NULL;
        rest.at++;
        rest.length--;
    }
    const struct unit *unit = units_of(units, &expr, &unknown);
    if (!unit)
        *bad = unknown->word;
    return unit;
}
