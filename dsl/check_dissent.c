// What other sources say of the observations that an input is made of.
#include <math.h>

#include "base/buffer.h"
#include "base/number.h"
#include "dsl/check_input.h"

static void add_figure(struct buffer *out, const struct observation *seen)
{
    const double value = isnan(seen->central) ? seen->low : seen->central;
    if (text_is(seen->unit, "text")) {
        buffer_printf(out, "\"%.*s\"", TEXT_ARGS(seen->value));
        return;
    }
    if (text_is(seen->unit, "date")) {
        const double months = floor(value / (SECONDS_A_YEAR / 12) + 1e-6);
        buffer_printf(out, "%d-%02d", (int)floor(months / 12), (int)(months - 12 * floor(months / 12)) + 1);
        return;
    }
    const bool low = !isnan(seen->low), high = !isnan(seen->high);
    if (isnan(seen->central) && low != high)
        buffer_add_string(out, low ? "at least " : "at most ");
    number_write(out, isnan(value) ? seen->high : value, 4);
    if (isnan(seen->central) && low && high) {
        buffer_add_string(out, " to ");
        number_write(out, seen->high, 4);
    }
}

static bool has_no_unit(const struct observation *seen)
{
    return seen->unit.length == 0 || text_is(seen->unit, "1") || text_is(seen->unit, "date") || text_is(seen->unit, "text");
}

enum { FIGURES_SHOWN = 4 };

static void add_others(struct checker *checker, struct buffer *out, const struct observation *taken)
{
    const struct observer *observer = checker->options->observer;
    struct series all = observer->sources_of(observer->context, checker->arena, taken->name, taken->valid_end);
    size_t shown = 0;
    for (size_t i = 0; i < all.count; i++) {
        if (text_equal(all.at[i].source, taken->source))
            continue;
        if (shown++ >= FIGURES_SHOWN)
            continue;
        buffer_add_string(out, ", ");
        add_figure(out, &all.at[i]);
        buffer_printf(out, " (%.*s)", TEXT_ARGS(all.at[i].source));
    }
    if (shown > FIGURES_SHOWN)
        buffer_printf(out, " and %zu more", shown - FIGURES_SHOWN);
}

const char *data_dissent(struct checker *checker, struct text name, const struct series *taken)
{
    const struct observation *last = NULL;
    size_t periods = 0;
    for (size_t i = 0; i < taken->count; i++)
        if (taken->at[i].dissenters > 0) {
            last = &taken->at[i];
            periods++;
        }
    if (!last)
        return NULL;
    struct buffer out = buffer_on(checker->arena);
    buffer_printf(&out, "sources disagree on \"%.*s\"", TEXT_ARGS(name));
    if (!has_no_unit(last))
        buffer_printf(&out, " (%.*s)", TEXT_ARGS(last->unit));
    buffer_printf(&out, " for %.*s: ", TEXT_ARGS(last->valid));
    add_figure(&out, last);
    buffer_printf(&out, " (%.*s, taken)", TEXT_ARGS(last->source));
    add_others(checker, &out, last);
    if (periods > 1)
        buffer_printf(&out, "; and for %zu more period%s", periods - 1, periods == 2 ? "" : "s");
    buffer_add_string(&out, "; `from` picks one");
    return buffer_text(&out).at;
}
