#include "report/law_words.h"

#include <math.h>

#include "base/buffer.h"
#include "base/number.h"
#include "dsl/distribution.h"
#include "dsl/program.h"
#include "report/words.h"

enum { DIGITS = 3, MOST_CHOICES = 6 };

static void add(struct buffer *out, const struct program *program, const struct type *type, double value)
{
    words_value(out, program, type, value, DIGITS);
}

static void add_pair(struct buffer *out, const struct program *program, const struct type *type, double a, const char *between, double b)
{
    add(out, program, type, a);
    buffer_add_string(out, between);
    add(out, program, type, b);
}

static void add_choices(struct buffer *out, const struct program *program, const struct type *type, const struct distribution *law)
{
    buffer_add_string(out, law->law == LAW_CHOICE ? "one of " : "possibly ");
    for (size_t i = 0; i < law->choice_count && i < MOST_CHOICES; i++) {
        buffer_add_string(out, i > 0 ? ", " : "");
        add(out, program, type, law->values[i]);
        if (law->law == LAW_CHOICE && law->weights) {
            buffer_add_string(out, " (");
            words_percent(out, law->weights[i], 0);
            buffer_add_char(out, ')');
        }
    }
    if (law->choice_count > MOST_CHOICES)
        buffer_printf(out, " and %zu more", law->choice_count - MOST_CHOICES);
}

static void add_spread(struct buffer *out, const struct program *program, const struct type *type, const struct distribution *law)
{
    add_pair(out, program, type, law->a, " to ", law->b);
    buffer_add_string(out, " in ");
    words_percent(out, law->level > 0 ? law->level : 0.9, 0);
    buffer_add_string(out, " of the futures");
    const bool two = law->law == LAW_SPREAD_TWO_NORMAL || law->law == LAW_SPREAD_TWO_LOGNORMAL || law->law == LAW_SPREAD_TWO_ZERO;
    if (two) {
        buffer_add_string(out, ", median ");
        add(out, program, type, law->c);
    }
    const bool logarithmic = law->law == LAW_SPREAD_LOGNORMAL || law->law == LAW_SPREAD_TWO_LOGNORMAL;
    buffer_add_string(out, logarithmic ? " (lognormal)" : " (normal)");
}

static void add_law(struct buffer *out, const struct program *program, const struct type *type, const struct distribution *law)
{
    switch (law->law) {
    case LAW_KNOWN:
        add(out, program, type, law->a);
        buffer_add_string(out, ", known");
        break;
    case LAW_BOUNDS:
        add_pair(out, program, type, law->a, " .. ", law->b);
        buffer_add_string(out, ", central ");
        add(out, program, type, law->c);
        buffer_add_string(out, "; possible, no probability claimed");
        break;
    case LAW_CHOICE:
    case LAW_POSSIBLE:
        add_choices(out, program, type, law);
        break;
    case LAW_UNIFORM:
        buffer_add_string(out, "anywhere alike in ");
        add_pair(out, program, type, law->a, " .. ", law->b);
        break;
    case LAW_TRIANGULAR:
    case LAW_PERT:
        add_pair(out, program, type, law->a, " .. ", law->b);
        buffer_add_string(out, ", most likely ");
        add(out, program, type, law->c);
        buffer_printf(out, " (%s)", law_table[law->law].text);
        break;
    case LAW_NORMAL:
        buffer_add_string(out, "normal around ");
        add_pair(out, program, type, law->a, ", standard deviation ", law->b);
        break;
    case LAW_LOGNORMAL:
        buffer_add_string(out, "lognormal around ");
        add(out, program, type, law->a);
        buffer_add_string(out, ", geometric standard deviation ");
        number_write(out, law->b, DIGITS);
        break;
    case LAW_BETA:
        buffer_add_string(out, "beta law over 0 .. 1 with shapes ");
        number_write(out, law->a, DIGITS);
        buffer_add_string(out, " and ");
        number_write(out, law->b, DIGITS);
        break;
    default:
        add_spread(out, program, type, law);
        break;
    }
    if (isfinite(law->cut_low) || isfinite(law->cut_high)) {
        buffer_add_string(out, ", within ");
        add_pair(out, program, type, law->cut_low, " .. ", law->cut_high);
    }
}

// The period that a point of a path ends.
static void add_period(struct buffer *out, const struct program *program, double instant)
{
    const int step = timeline_step_at(&program->timeline, instant - 1);
    if (program->timeline.given && step >= 0)
        buffer_add(out, timeline_step_name(out->arena, &program->timeline, step));
    else
        buffer_printf(out, "%d", (int)floor((instant - 1) / SECONDS_A_YEAR));
}

void law_words_point(struct buffer *out, const struct program *program, const struct input *input, size_t instance, size_t point)
{
    const struct input_point *it = &input->instances[instance].points[point];
    add_period(out, program, it->instant);
    buffer_add_string(out, ": ");
    add_law(out, program, &input->type, &it->law);
}

void law_words(struct buffer *out, const struct program *program, const struct input *input, size_t instance)
{
    enum { MOST_POINTS = 12 };
    const struct input_instance *it = &input->instances[instance];
    if (it->missing) {
        buffer_printf(out, "not there: %s", it->missing);
        return;
    }
    for (size_t i = 0; i < it->point_count && i < MOST_POINTS; i++) {
        buffer_add_string(out, i > 0 ? "; " : "");
        if (it->point_count > 1)
            law_words_point(out, program, input, instance, i);
        else
            add_law(out, program, &input->type, &it->points[i].law);
    }
    if (it->point_count > MOST_POINTS)
        buffer_printf(out, "; and %zu points more", it->point_count - MOST_POINTS);
    if (it->point_count > 1)
        buffer_add_string(out, "; one draw for the whole path");
    if (input->varies > 0)
        buffer_add_string(out, "; drawn anew each period");
}
