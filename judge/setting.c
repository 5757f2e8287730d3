#include "judge/setting.h"

#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "base/elementary.h"
#include "base/number.h"
#include "judge/places.h"

#define SECONDS_A_MONTH (SECONDS_A_YEAR / 12)

// ---- what can be set ---------------------------------------------------------------------------------------------------

static bool draws(const struct override *overrides, size_t count, const struct input *input)
{
    for (size_t i = 0; i < count; i++)
        if (overrides[i].value && overrides[i].value->kind == NODE_INPUT && overrides[i].value->input == input)
            return true;
    return false;
}

static bool is_set(const struct scenario *scenario, const struct input *input)
{
    for (size_t i = 0; scenario && i < scenario->override_count; i++)
        if (scenario->overrides[i].input == input)
            return true;
    return false;
}

static const struct unit *unit_of(const struct program *program, const struct type *type)
{
    if (type->kind != KIND_QUANTITY || type->fraction)
        return NULL;
    return type->shown ? type->shown : units_natural(program->units, type->dimension);
}

static bool in_percent(const struct program *program, const struct type *type)
{
    const struct unit *unit = unit_of(program, type);
    return type->fraction || (unit && text_is(unit->name, "%"));
}

static bool writable(const struct program *program, const struct type *type)
{
    const struct unit *unit = unit_of(program, type);
    return type->kind != KIND_ERROR && (!unit || unit->name.length == 0 || !memchr(unit->name.at, '(', unit->name.length));
}

static double end_of(const struct program *program)
{
    return program->timeline.start + program->timeline.count * program->timeline.length;
}

// A path that is straight although all its points may be positive, which `set` would draw in the logarithm.
static bool is_straight(const struct input_instance *instance)
{
    bool straight = instance->point_count > 1 && !instance->logarithmic;
    for (size_t i = 0; i < instance->point_count; i++)
        straight = straight && !(instance->points[i].law.law == LAW_KNOWN && instance->points[i].law.a <= 0);
    return straight;
}

// It can be made straight by a zero behind the last step, unless there are steps at which it has no value.
static bool bends(const struct program *program, const struct variable *variable)
{
    const struct input_instance *instance = &variable->input->instances[variable->instance];
    return is_straight(instance) && !instance->hold && instance->points[instance->point_count - 1].instant < end_of(program);
}

bool setting_possible(const struct work *work, const struct inquiry *inquiry, size_t position)
{
    const struct program *program = work->model->program;
    const struct variable *variable = &work->model->variables[position];
    const struct scenario *scenario = inquiry->verdict.scenario;
    const struct claim *claim = inquiry->verdict.claim;
    const struct input *input = variable->input;
    if (!program || program->scenario_count == 0 || !input || !input->instances || !writable(program, &variable->type) || bends(program, variable))
        return false;
    const struct scenario *baseline = program->scenarios[0];
    bool own = scenario && scenario != baseline;
    if (own && (!scenario->item || memchr(scenario->name.at, '.', scenario->name.length)))
        return false; // what it says cannot be repeated here
    if (draws(claim->overrides, claim->override_count, input))
        return false;
    if (input->hidden)
        return draws(baseline->overrides, baseline->override_count, input) || (own && draws(scenario->overrides, scenario->override_count, input));
    return !is_set(baseline, input) && !(own && is_set(scenario, input));
}

// ---- numbers -----------------------------------------------------------------------------------------------------------

static double read_text(struct text text)
{
    bool negative = text.length > 0 && text.at[0] == '-';
    double value = NAN;
    if (negative)
        text = (struct text){text.at + 1, text.length - 1};
    return number_read(text, &value) ? (negative ? -value : value) : NAN;
}

static double nearest_of(struct arena *arena, double value, int digits)
{
    struct buffer text = buffer_on(arena);
    number_write(&text, value, digits);
    return read_text(buffer_text(&text));
}

// The nearest number of so many digits; `away` 1 or -1: not below, or not above, the value.
static double round_to(struct arena *arena, double value, int digits, int away)
{
    double near = nearest_of(arena, value, digits);
    if (away * (near - value) >= 0)
        return near;
    double place = elementary_floor(elementary_log10(fabs(near > 0 || near < 0 ? near : value))) - digits + 1;
    return nearest_of(arena, near + away * elementary_pow(10, place), digits);
}

struct writing {
    struct arena *arena;
    const struct program *program;
    const struct type *type;
    int digits, away;
};

// A whole number of months, or of days where more exactness is asked for, as an instant.
static double round_date(const struct writing *w, double instant, struct buffer *text)
{
    double months = instant / SECONDS_A_MONTH, whole = w->away > 0 ? ceil(months - 1e-9) : w->away < 0 ? floor(months + 1e-9) : floor(months + 0.5);
    double day = 0;
    if (w->digits > 2)
        whole = floor(months + 1e-9);
    int year = (int)floor(whole / 12), month = (int)(whole - 12.0 * floor(whole / 12)) + 1;
    buffer_printf(text, "%04d-%02d", year, month);
    if (w->digits <= 2)
        return whole * SECONDS_A_MONTH;
    int length = days_in_month(year, month);
    day = (months - whole) * length;
    day = fmin(w->away > 0 ? ceil(day - 1e-9) : floor(day + 1e-9), length - 1);
    buffer_printf(text, "-%02d", (int)day + 1);
    return whole * SECONDS_A_MONTH + day * (SECONDS_A_MONTH / length);
}

static double round_percent(const struct writing *w, double share, struct buffer *text)
{
    double percent = round_to(w->arena, share * 100, w->digits, w->away);
    number_write(text, percent, w->digits);
    struct text digits = buffer_text(text);
    bool plain = !memchr(digits.at, 'e', digits.length);
    double value = plain ? read_text(text_of(arena_printf(w->arena, "%.*se-2", TEXT_ARGS(digits)))) : percent / 100;
    buffer_add_char(text, '%');
    return value;
}

static double round_quantity(const struct writing *w, double value, struct buffer *text)
{
    const struct unit *unit = unit_of(w->program, w->type);
    double shown = round_to(w->arena, unit ? unit_from_base(unit, value) : value, w->digits, w->away);
    number_write_short(text, shown, w->digits);
    if (!unit)
        return shown;
    struct text name = unit->name;
    if (name.length > 1 && name.at[0] == '1' && name.at[1] == '/')
        name = (struct text){name.at + 1, name.length - 1};
    if (name.length > 0 && !text_is(name, "1"))
        buffer_printf(text, " %.*s", TEXT_ARGS(name));
    return unit_to_base(unit, shown);
}

static double write_value(const struct writing *w, double value, struct text *written)
{
    struct buffer text = buffer_on(w->arena);
    double meant = value;
    switch (w->type->kind) {
    case KIND_DATE:
        meant = round_date(w, value, &text);
        break;
    case KIND_TRUTH:
        buffer_add_string(&text, value != 0 ? "yes" : "no");
        break;
    case KIND_MEMBER:
        buffer_add(&text, w->type->index->members[(size_t)value]);
        break;
    case KIND_QUANTITY:
    case KIND_ERROR:
        meant = in_percent(w->program, w->type) ? round_percent(w, value, &text) : round_quantity(w, value, &text);
        break;
    }
    *written = buffer_text(&text);
    return meant;
}

// ---- an input ------------------------------------------------------------------------------------------------------------

// Two and more digits, near and away by turns; at last all there are.
static struct writing writing_of(const struct places *places, size_t input, int attempt, double from_centre)
{
    const struct model *model = places->work->model;
    struct writing w = {places->work->scratch, model->program, &places->inputs[input].mover.variable->type, 2 + attempt / 2, 0};
    if (attempt == SETTING_ATTEMPTS - 1)
        w.digits = 17;
    else if (attempt % 2 == 1)
        w.away = from_centre > 0 ? 1 : from_centre < 0 ? -1 : 0;
    return w;
}

// What would lie outside the range is rounded the other way.
static void towards(struct writing *w, double from_centre)
{
    if (w->digits < 17)
        w->away = from_centre > 0 ? -1 : 1;
}

// A law as a column of a model of its own, so that points that no claim reads have values too.
struct lone_point {
    struct distribution law;
    struct column column;
    struct model model;
    struct mover mover;
};

static void lone_point(const struct mover *mover, const struct distribution *law, struct lone_point *lone)
{
    lone->law = *law;
    if (mover->variable->type.fraction && law->law != LAW_KNOWN) {
        lone->law.cut_low = fmax(law->cut_low, 0);
        lone->law.cut_high = fmin(law->cut_high, 1);
    }
    lone->column = (struct column){.kind = COLUMN_INPUT, .law = &lone->law};
    lone->model = (struct model){.column_count = 1, .columns = &lone->column};
    lone->mover = *mover;
    lone->mover.model = &lone->model;
}

static bool in_range(const struct mover *mover, const struct column *column, double value)
{
    double low = column_quantile(column, mover->bounds ? 0 : 0.001), high = column_quantile(column, mover->bounds ? 1 : 0.999);
    double slack = 1e-12 * fmax(fabs(low), fabs(high));
    return value >= low - slack && value <= high + slack;
}

static bool same_law(const struct distribution *a, const struct distribution *b)
{
    return a->law == b->law && a->a == b->a && a->b == b->b && a->c == b->c;
}

// Point number i of a path, written; its value goes to the next column when that is of this point.
static bool make_point(const struct places *places, double step, int attempt, size_t i, struct setting *setting, size_t *next)
{
    const struct mover *mover = &places->inputs[setting->input].mover;
    const struct input_instance *instance = &mover->variable->input->instances[mover->variable->instance];
    struct lone_point lone;
    lone_point(mover, &instance->points[i].law, &lone);
    double central = column_central(&lone.column);
    double value = lone.law.law == LAW_KNOWN ? central : mover_value(&lone.mover, 0, places_position(mover, step));
    struct writing w = writing_of(places, setting->input, lone.law.law == LAW_KNOWN ? SETTING_ATTEMPTS - 1 : attempt, value - central);
    double meant = write_value(&w, value, &setting->points[i]);
    if (lone.law.law != LAW_KNOWN && !in_range(mover, &lone.column, meant)) {
        towards(&w, value - central);
        meant = write_value(&w, value, &setting->points[i]);
    }
    if (lone.law.law != LAW_KNOWN && !in_range(mover, &lone.column, meant))
        return false;
    if (*next < setting->column_count && same_law(places->work->model->columns[setting->columns[*next]].law, &instance->points[i].law))
        setting->values[(*next)++] = meant;
    return true;
}

// What a point's period is called: it ends at the instant.
static struct text period_ending(struct arena *arena, double instant)
{
    double months = instant / SECONDS_A_MONTH, whole = floor(months + 0.5);
    if (fabs(months - whole) > 1e-6) {
        double first = floor(months);
        int year = (int)floor(first / 12), month = (int)(first - 12.0 * floor(first / 12)) + 1;
        int day = (int)floor((months - first) * days_in_month(year, month) + 0.5);
        return text_of(arena_printf(arena, "%04d-%02d-%02d", year, month, day));
    }
    int last = (int)(whole - 12 * floor(whole / 12)), year = (int)floor((whole - 1) / 12);
    if (last == 0)
        return text_of(arena_printf(arena, "%04d", year));
    if (last % 3 == 0)
        return text_of(arena_printf(arena, "%04dQ%d", year, last / 3));
    return text_of(arena_printf(arena, "%04d-%02d", year, last));
}

static void add_point(struct setting *setting, struct text date, struct text value)
{
    setting->dates[setting->point_count] = date;
    setting->points[setting->point_count++] = value;
}

// Lines are straight where a point is zero: one behind the last step changes nothing else.
static void straighten(const struct places *places, const struct input_instance *instance, struct setting *setting)
{
    const struct program *program = places->work->model->program;
    struct arena *scratch = places->work->scratch;
    size_t last = setting->point_count - 1;
    double end = end_of(program);
    struct text zero;
    struct writing w = writing_of(places, setting->input, 0, 0);
    write_value(&w, 0, &zero);
    if (instance->points[last].instant < end - 1)
        add_point(setting, period_ending(scratch, end), setting->points[last]);
    add_point(setting, period_ending(scratch, fmax(end, instance->points[last].instant) + SECONDS_A_YEAR), zero);
}

static bool make_path(const struct places *places, double step, int attempt, struct setting *setting)
{
    struct arena *scratch = places->work->scratch;
    const struct variable *variable = places->inputs[setting->input].mover.variable;
    const struct input_instance *instance = &variable->input->instances[variable->instance];
    size_t next = 0;
    setting->point_count = instance->point_count;
    setting->hold = instance->hold;
    setting->dates = arena_array(scratch, instance->point_count + 2, sizeof *setting->dates);
    setting->points = arena_array(scratch, instance->point_count + 2, sizeof *setting->points);
    for (size_t i = 0; i < instance->point_count; i++) {
        setting->dates[i] = period_ending(scratch, instance->points[i].instant);
        if (!make_point(places, step, attempt, i, setting, &next))
            return false;
    }
    if (is_straight(instance))
        straighten(places, instance, setting);
    return next == setting->column_count;
}

static bool make_value(const struct places *places, double step, int attempt, struct setting *setting)
{
    const struct mover *mover = &places->inputs[setting->input].mover;
    double value = places_value(places, setting->input, mover->reported, step);
    struct writing w = writing_of(places, setting->input, attempt, value - mover->central);
    double meant = write_value(&w, value, &setting->text);
    const struct column *column = &places->work->model->columns[mover->reported];
    if (mover->move != MOVE_CHOICE && !in_range(mover, column, meant)) {
        towards(&w, value - mover->central);
        meant = write_value(&w, value, &setting->text);
    }
    for (size_t i = 0; i < setting->column_count; i++)
        setting->values[i] = meant;
    return mover->move == MOVE_CHOICE ? meant == value : in_range(mover, column, meant);
}

bool setting_make(const struct places *places, size_t input, double step, int attempt, struct setting *setting)
{
    const struct mover *mover = &places->inputs[input].mover;
    const struct variable *variable = mover->variable;
    *setting = (struct setting){.input = input, .column_count = variable->column_count, .columns = variable->columns};
    setting->values = arena_array(places->work->scratch, variable->column_count, sizeof *setting->values);
    bool path = variable->input->instances[variable->instance].point_count > 1;
    if (!(path ? make_path(places, step, attempt, setting) : make_value(places, step, attempt, setting)))
        return false;
    for (size_t i = 0; i < setting->column_count; i++)
        if (setting->columns[i] == mover->reported)
            setting->value = setting->values[i];
    setting->distance = mover->move == MOVE_CHOICE ? 1 : fabs(setting->value - mover->central) / mover->half;
    return setting->value != mover->central;
}
