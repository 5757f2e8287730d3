// Units and quantities as people read them.
#include <stdlib.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/number.h"
#include "dsl/unit_system.h"

// A unit being put together from powers of named units. Powers are in twelfths.
struct making {
    struct unit_system *units;
    struct dimension rest; // not yet named
    struct {
        const struct unit *unit;
        int power;
    } factors[LIMIT_DIMENSIONS + 1];
    size_t count;
};

static const struct unit *named(struct making *making, const char *name)
{
    return units_word(making->units, text_of(name), false);
}

static void take(struct making *making, const struct unit *unit, int power)
{
    for (size_t i = 0; i < LIMIT_DIMENSIONS; i++)
        making->rest.power[i] = (short)(making->rest.power[i] - unit->dimension->power[i] * power / POWER_SCALE);
    making->factors[making->count].unit = unit;
    making->factors[making->count++].power = power;
}

static int power_of(struct making *making, const char *name)
{
    const struct unit *unit = named(making, name);
    for (size_t i = 0; i < LIMIT_DIMENSIONS; i++)
        if (unit->dimension->power[i] != 0)
            return making->rest.power[i];
    return 0;
}

// Mass stands in power and energy more often than alone: USD/W rather than USD s^3/(kg m^2).
static void take_energy(struct making *making)
{
    int mass = power_of(making, "kg"), length = power_of(making, "m"), time = power_of(making, "s");
    if (mass == 0 || mass % POWER_SCALE != 0 || length != 2 * mass)
        return;
    take(making, named(making, time == -2 * mass ? "J" : "W"), mass);
}

static bool is_whole(const struct dimension *dimension)
{
    for (size_t i = 0; i < LIMIT_DIMENSIONS; i++)
        if (dimension->power[i] % POWER_SCALE != 0)
            return false;
    return true;
}

// The unit in which a base dimension is usually said beside the others.
static const struct unit *usual(struct making *making, size_t base, bool whole)
{
    struct text name = making->units->base_names[base];
    int power = making->rest.power[base];
    if (!whole)
        return units_word(making->units, name, false);
    if (text_is(name, "bit"))
        return named(making, "B");
    if (text_is(name, "m"))
        return named(making, abs(power) == 2 * POWER_SCALE ? "cm" : "m");
    bool fast = power_of(making, "FLOP") != 0 || power_of(making, "bit") != 0;
    if (text_is(name, "s"))
        return named(making, fast ? "s" : "year");
    return units_word(making->units, name, false);
}

static void write_power(struct buffer *buffer, const struct unit *unit, int power)
{
    buffer_add(buffer, unit->name);
    if (power % POWER_SCALE == 0 && power != POWER_SCALE)
        buffer_printf(buffer, "^%d", power / POWER_SCALE);
    else if (power % (POWER_SCALE / 2) == 0 && power != POWER_SCALE)
        buffer_printf(buffer, "^(%d/2)", power / (POWER_SCALE / 2));
    else if (power != POWER_SCALE)
        buffer_printf(buffer, "^(%d/%d)", power, POWER_SCALE);
}

static struct text made_name(const struct making *making)
{
    struct buffer name = buffer_on(making->units->arena);
    for (size_t i = 0; i < making->count; i++)
        if (making->factors[i].power > 0) {
            buffer_add_string(&name, name.length > 0 ? "*" : "");
            write_power(&name, making->factors[i].unit, making->factors[i].power);
        }
    if (name.length == 0)
        buffer_add_char(&name, '1');
    for (size_t i = 0; i < making->count; i++)
        if (making->factors[i].power < 0) {
            buffer_add_char(&name, '/');
            write_power(&name, making->factors[i].unit, -making->factors[i].power);
        }
    return buffer_text(&name);
}

static void multiply_in(struct unit *unit, const struct unit *factor, int power)
{
    for (int i = 0; i < abs(power) / POWER_SCALE; i++) {
        unit->multiply *= power > 0 ? factor->multiply : factor->divide;
        unit->divide *= power > 0 ? factor->divide : factor->multiply;
    }
}

const struct unit *units_natural(struct unit_system *units, const struct dimension *dimension)
{
    if (dimension == units->none)
        return &units->plain;
    struct making making = {.units = units, .rest = *dimension};
    bool whole = is_whole(dimension);
    if (whole)
        take_energy(&making);
    const struct unit *words[LIMIT_DIMENSIONS] = {0};
    for (size_t i = 0; i < units->base_count; i++)
        words[i] = making.rest.power[i] == 0 ? NULL : usual(&making, i, whole);
    for (size_t i = 0; i < units->base_count; i++)
        if (words[i] != NULL)
            take(&making, words[i], making.rest.power[i]);
    struct unit *unit = arena_alloc(units->arena, sizeof *unit);
    *unit = (struct unit){.name = made_name(&making), .dimension = dimension, .multiply = 1, .divide = 1};
    for (size_t i = 0; i < making.count; i++)
        multiply_in(unit, making.factors[i].unit, making.factors[i].power);
    return unit;
}

void unit_print(struct buffer *buffer, const struct unit *unit, double value, int digits)
{
    if (unit == NULL) {
        number_write_short(buffer, value, digits);
        return;
    }
    number_write_short(buffer, unit_from_base(unit, value), digits);
    struct text name = unit->name;
    if (name.length > 1 && name.at[0] == '1' && name.at[1] == '/')
        name = (struct text){name.at + 1, name.length - 1};
    if (name.length > 0)
        buffer_add_char(buffer, ' ');
    buffer_add(buffer, name);
}

void dimension_print(struct buffer *buffer, struct unit_system *units, const struct dimension *dimension)
{
    if (dimension == units->none)
        buffer_add_string(buffer, "a plain number");
    else
        buffer_add(buffer, units_natural(units, dimension)->name);
}
