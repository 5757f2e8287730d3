// Figures of observations in words, for people.
#include <math.h>

#include "base/buffer.h"
#include "base/number.h"
#include "report/data.h"
#include "report/words.h"

enum { DIGITS = 4 };

const char *words_basis(enum basis basis)
{
    static const char *const words[] = {
        [BASIS_STATED] = "stated",     [BASIS_SECONDARY] = "secondary", [BASIS_DERIVED] = "derived",
        [BASIS_RECALLED] = "recalled", [BASIS_GUESS] = "guess",
    };
    return words[basis];
}

static void add_value(struct buffer *out, struct text unit, double value)
{
    if (text_is(unit, "date"))
        words_date(out, value);
    else if (text_is(unit, "fraction"))
        number_write(out, value * 100, DIGITS);
    else
        number_write_short(out, value, DIGITS);
}

static void add_numbers(struct buffer *out, const struct observation *o)
{
    const bool low = !isnan(o->low), central = !isnan(o->central), high = !isnan(o->high);
    if (central)
        add_value(out, o->unit, o->central);
    if (!low && !high)
        return;
    buffer_add_string(out, central ? " (" : "");
    if (low && high) {
        add_value(out, o->unit, o->low);
        buffer_add_string(out, " to ");
        add_value(out, o->unit, o->high);
    } else {
        buffer_add_string(out, low ? "at least " : "at most ");
        add_value(out, o->unit, low ? o->low : o->high);
    }
    buffer_add_string(out, central ? ")" : "");
}

void words_figure(struct buffer *out, const struct observation *o)
{
    if (text_is(o->unit, "text")) {
        buffer_add(out, o->value);
        return;
    }
    add_numbers(out, o);
    if (text_is(o->unit, "fraction"))
        buffer_add_string(out, " %");
    else if (!text_is(o->unit, "date") && !text_is(o->unit, "1"))
        buffer_printf(out, " %.*s", TEXT_ARGS(o->unit));
    if (o->value.length > 0)
        buffer_printf(out, " (%.*s)", TEXT_ARGS(o->value));
}
