// What a side says, in the words of a Crux file.
#include <math.h>

#include "base/buffer.h"
#include "base/number.h"
#include "dsl/blend_make.h"
#include "dsl/print.h"

enum { DIGITS = 4, MOST_CHOICES = 6 };

const char *blend_say(struct arena *arena, const struct expr *expr)
{
    struct buffer out = buffer_on(arena);
    if (expr != NULL)
        print_expr(&out, expr);
    return out.at != NULL ? out.at : "";
}

const char *blend_say_definition(struct arena *arena, const struct program *program, const struct definition *definition)
{
    (void)program;
    return blend_say(arena, definition->item != NULL ? definition->item->value : NULL);
}

// ---- values ------------------------------------------------------------------------------------------------------------

struct saying {
    struct buffer out;
    const struct type *type;
    const struct unit *unit;
};

static void say_date(struct buffer *out, double instant)
{
    double years = instant / SECONDS_A_YEAR, year = floor(years + 1e-9), month = floor((years - year) * 12 + 1e-6);
    buffer_printf(out, "%d-%02d", (int)year, (int)month + 1);
}

// Without its unit, which comes once at the end.
static void say_value(struct saying *saying, double value)
{
    const struct type *type = saying->type;
    struct buffer *out = &saying->out;
    if (type->kind == KIND_TRUTH)
        buffer_add_string(out, value != 0 ? "yes" : "no");
    else if (type->kind == KIND_DATE)
        say_date(out, value);
    else if (type->kind == KIND_MEMBER && value >= 0 && value < (double)type->index->count)
        buffer_add(out, type->index->members[(size_t)value]);
    else if (type->fraction)
        number_write_short(out, value * 100, DIGITS);
    else
        number_write_short(out, saying->unit != NULL ? unit_from_base(saying->unit, value) : value, DIGITS);
    if (type->kind == KIND_QUANTITY && type->fraction)
        buffer_add_char(out, '%');
}

static void say_unit(struct saying *saying)
{
    if (saying->type->kind != KIND_QUANTITY || saying->type->fraction || saying->unit == NULL || saying->unit->name.length == 0)
        return;
    buffer_add_char(&saying->out, ' ');
    buffer_add(&saying->out, saying->unit->name);
}

// ---- laws --------------------------------------------------------------------------------------------------------------

static void say_list(struct saying *saying, const char *between, size_t count, const double *values)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buffer_add_string(&saying->out, between);
        say_value(saying, values[i]);
    }
}

static void say_choice(struct saying *saying, const struct distribution *law)
{
    buffer_add_string(&saying->out, "choice(");
    for (size_t i = 0; i < law->choice_count && i < MOST_CHOICES; i++) {
        buffer_add_string(&saying->out, i > 0 ? ", " : "");
        say_value(saying, law->values[i]);
        if (law->law == LAW_CHOICE && law->weights != NULL) {
            buffer_add_string(&saying->out, ": ");
            number_write(&saying->out, law->weights[i] * 100, 3);
            buffer_add_char(&saying->out, '%');
        }
    }
    buffer_add_string(&saying->out, law->choice_count > MOST_CHOICES ? ", ...)" : ")");
}

static void say_function(struct saying *saying, const struct distribution *law)
{
    const int count = law_table[law->law].high;
    const bool middle = law->law == LAW_TRIANGULAR || law->law == LAW_PERT; // a, mode, b
    const double values[] = {law->a, middle ? law->c : law->b, middle ? law->b : law->c};
    const bool plain = law->law == LAW_BETA || law->law == LAW_LOGNORMAL;   // the second has no unit
    buffer_printf(&saying->out, "%s(", law_table[law->law].text);
    for (int i = 0; i < count && i < 3; i++) {
        buffer_add_string(&saying->out, i > 0 ? ", " : "");
        if (plain && (i > 0 || law->law == LAW_BETA))
            number_write(&saying->out, values[i], DIGITS);
        else
            say_value(saying, values[i]);
    }
    buffer_add_char(&saying->out, ')');
}

static void say_law(struct saying *saying, const struct distribution *law)
{
    const double three[] = {law->a, law->c, law->b}, two[] = {law->a, law->b};
    switch (law->law) {
    case LAW_KNOWN:
        say_value(saying, law->a);
        break;
    case LAW_BOUNDS:
        say_list(saying, " .. ", law->c == (law->a + law->b) / 2 ? 2 : 3, law->c == (law->a + law->b) / 2 ? two : three);
        break;
    case LAW_SPREAD_NORMAL:
    case LAW_SPREAD_LOGNORMAL:
    case LAW_SPREAD_ZERO:
        say_list(saying, " to ", 2, two);
        break;
    case LAW_SPREAD_TWO_NORMAL:
    case LAW_SPREAD_TWO_LOGNORMAL:
    case LAW_SPREAD_TWO_ZERO:
        say_list(saying, " to ", 3, three);
        break;
    case LAW_CHOICE:
    case LAW_POSSIBLE:
        say_choice(saying, law);
        break;
    default:
        say_function(saying, law);
        break;
    }
}

static void say_point(struct saying *saying, const struct program *program, const struct input_point *point)
{
    const int step = timeline_step_at(&program->timeline, point->instant - 1);
    if (program->timeline.given && step >= 0)
        buffer_add(&saying->out, timeline_step_name(saying->out.arena, &program->timeline, step));
    else
        buffer_printf(&saying->out, "%d", (int)floor((point->instant - 1) / SECONDS_A_YEAR));
    buffer_add_string(&saying->out, ": ");
    say_law(saying, &point->law);
}

const char *blend_say_instance(struct arena *arena, const struct program *program, const struct input *input, size_t instance)
{
    const struct input_instance *it = &input->instances[instance];
    if (it->missing != NULL)
        return "not known";
    struct saying saying = {.out = buffer_on(arena), .type = &input->type, .unit = input->type.shown};
    if (saying.unit == NULL && input->type.kind == KIND_QUANTITY && input->type.dimension != NULL)
        saying.unit = units_natural(program->units, input->type.dimension);
    for (size_t i = 0; i < it->point_count; i++) {
        if (i > 0)
            buffer_add_string(&saying.out, ", ");
        if (it->point_count > 1)
            say_point(&saying, program, &it->points[i]);
        else
            say_law(&saying, &it->points[i].law);
    }
    say_unit(&saying);
    return saying.out.at != NULL ? saying.out.at : "";
}
