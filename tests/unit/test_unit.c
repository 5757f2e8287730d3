// Units against UDUNITS-2, which knows the same ones by other means, and what it does not know by hand.
#include <criterion/criterion.h>
#include <math.h>
#include <udunits2.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "dsl/unit.h"

static struct arena arena;
static jmp_buf no_memory;
static struct unit_system *units;

static void set_up(void)
{
    arena_init(&arena, &system_allocator, &no_memory);
    units = units_new(&arena);
}

static void tear_down(void)
{
    arena_reset(&arena);
}
TestSuite(unit, .init = set_up, .fini = tear_down);

// "kg*m^2/s^3" with `/` before each divisor, as the parser would give it.
static const struct unit *unit(const char *written)
{
    static struct unit_factor factors[16];
    struct unit_expr expr = {.factors = factors};
    int sign = 1;
    for (const char *at = written; *at != '\0';) {
        size_t length = strcspn(at, "*/^");
        struct unit_factor *factor = &factors[expr.count++];
        *factor = (struct unit_factor){.word = {at, length}, .power = sign};
        at += length;
        if (*at == '^') {
            char *end;
            factor->power = sign * (int)strtol(at + 1, &end, 10);
            at = end;
        }
        if (length == 1 && factor->word.at[0] == '1')
            expr.count--;
        sign = *at == '/' ? -1 : 1;
        at += *at != '\0';
    }
    const struct unit_factor *bad;
    return units_of(units, &expr, &bad);
}

struct pair {
    const char *ours, *theirs;
};
static const struct pair pairs[] = {
    {"m", "m"}, {"kg", "kg"}, {"s", "s"}, {"A", "A"}, {"K", "K"}, {"mol", "mol"}, {"cd", "cd"},
    {"Hz", "Hz"}, {"N", "N"}, {"Pa", "Pa"}, {"J", "J"}, {"W", "W"}, {"V", "V"}, {"C", "C"}, {"ohm", "ohm"}, {"F", "F"},
    {"l", "l"}, {"bar", "bar"}, {"eV", "1.602176634e-19 J"}, {"Wh", "W.h"}, {"g", "g"}, {"t", "t"},
    {"minute", "minute"}, {"hour", "hour"}, {"day", "day"}, {"week", "week"}, {"year", "31557600 s"},
    {"month", "2629800 s"}, {"quarter", "7889400 s"},
    {"mm^2", "mm2"}, {"1/cm^2", "cm-2"}, {"nm", "nm"}, {"um", "um"}, {"kW", "kW"}, {"GW", "GW"}, {"TWh", "TW.h"},
    {"km/hour", "km.h-1"}, {"kg*m^2/s^3", "W"}, {"mA", "mA"}, {"pF", "pF"}, {"hour/day", "h.d-1"}, {"mK", "mK"},
    {"kilowatts", "kilowatts"}, {"megajoule", "megajoule"}, {"micrometre", "micrometer"}, {"GB", "8e9 infobit"}, {"MiB", "8388608 infobit"},
    {"byte", "8 infobit"}, {"kbit", "1000 infobit"}, {"TB/s", "8e12 infobit/s"}, {"inch", "inch"}, {"foot", "foot"}, {"mile", "mile"},
    {"ha", "hectare"}, {"lb", "lb"}, {"barrel", "158.987294928 l"}, {"cl", "cl"}, {"ml", "ml"}, {"mg/l", "mg/l"},
    {"wafer/month", "wafer/(2629800 s)"}, {"USD/W", "USD/W"}, {"H100e", "hoe"}, {"die", "die"}, {"FLOP/s", "flop/s"}, {"PFLOP", "1e15 flop"},
    {"%", "percent"}, {"percent", "percent"}, {"chip*year", "chip.(31557600 s)"}, {"kcal", "4184 J"}, {"acre", "4046.8564224 m2"},
};

static ut_system *oracle(void)
{
    static const char *const bases[] = {"wafer", "USD", "hoe", "die", "flop", "chip", "infobit"};
    ut_set_error_message_handler(ut_ignore);
    ut_system *system = ut_read_xml(NULL);
    cr_assert_not_null(system);
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
        if (ut_get_unit_by_name(system, bases[i]) == NULL)
            cr_assert_eq(ut_map_name_to_unit(bases[i], UT_ASCII, ut_new_base_unit(system)), UT_SUCCESS, "%s", bases[i]);
    return system;
}

Test(unit, agrees_with_udunits)
{
    ut_system *system = oracle();
    size_t count = sizeof pairs / sizeof *pairs;
    const struct unit *ours[sizeof pairs / sizeof *pairs];
    ut_unit *theirs[sizeof pairs / sizeof *pairs];
    for (size_t i = 0; i < count; i++) {
        ours[i] = unit(pairs[i].ours);
        theirs[i] = ut_parse(system, pairs[i].theirs, UT_ASCII);
        cr_assert_not_null(ours[i], "%s", pairs[i].ours);
        cr_assert_not_null(theirs[i], "UDUNITS-2 does not know %s", pairs[i].theirs);
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < count; k++) {
            // UDUNITS-2 also converts a unit to its reciprocal; we do not.
            cv_converter *converter = ut_get_converter(theirs[i], theirs[k]);
            double answer = converter == NULL ? NAN : cv_convert_double(converter, 3);
            bool same = ours[i]->dimension == ours[k]->dimension;
            if (!same)
                continue;
            cr_assert_not_null(converter, "%s to %s", pairs[i].ours, pairs[k].ours);
            double value = unit_from_base(ours[k], unit_to_base(ours[i], 3));
            cr_assert(fabs(value - answer) <= 4e-15 * fabs(answer), "3 %s is %a %s, UDUNITS-2 says %a", pairs[i].ours, value, pairs[k].ours, answer);
            cv_free(converter);
        }
    }
}

// What UDUNITS-2 cannot convert differs in dimension for us too.
Test(unit, dimensions_differ_as_in_udunits)
{
    ut_system *system = oracle();
    size_t count = sizeof pairs / sizeof *pairs;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++) {
            ut_unit *a = ut_parse(system, pairs[i].theirs, UT_ASCII), *b = ut_parse(system, pairs[k].theirs, UT_ASCII);
            ut_unit *quotient = ut_divide(a, b);
            bool alike = ut_is_dimensionless(quotient);
            cr_assert_eq(alike, unit(pairs[i].ours)->dimension == unit(pairs[k].ours)->dimension, "%s and %s", pairs[i].ours, pairs[k].ours);
            ut_free(quotient);
            ut_free(a);
            ut_free(b);
        }
}

Test(unit, conversions_are_correctly_rounded)
{
    cr_assert_eq(unit_to_base(unit("mm^2"), 666), 666 / 1e6);
    cr_assert_eq(unit_to_base(unit("1/cm^2"), 0.22), 0.22 * 1e4);
    cr_assert_eq(unit_to_base(unit("%"), 40), 0.4);
    cr_assert_eq(unit_to_base(unit("quarter"), 4), 31557600.0);
    cr_assert_eq(unit_to_base(unit("month"), 12), 31557600.0);
}

Test(unit, knows_plurals_and_refuses_letters_alone)
{
    cr_assert_eq(unit("months"), unit("month"));
    cr_assert_eq(unit("dice"), unit("die"));
    cr_assert_eq(unit("people"), unit("person"));
    cr_assert_not_null(units_word(units, TEXT("h"), false));
    cr_assert_null(units_word(units, TEXT("h"), true));
    cr_assert_null(units_word(units, TEXT("m"), true));
    cr_assert_not_null(units_word(units, TEXT("year"), true));
    cr_assert_null(units_word(units, TEXT("kyear"), false));
    cr_assert_null(units_word(units, TEXT("kiloW"), false));
    cr_assert_null(units_word(units, TEXT("kwatt"), false));
    cr_assert_null(units_word(units, TEXT(""), false));
}

Test(unit, names_what_is_near)
{
    cr_assert(text_is(units_nearest(units, TEXT("wafr")), "wafer"));
    cr_assert(text_is(units_nearest(units, TEXT("yeer")), "year"));
    cr_assert_eq(units_nearest(units, TEXT("elephants")).length, 0);
}

Test(unit, names_the_bad_factor)
{
    struct unit_factor factors[] = {{.word = TEXT("chip"), .power = 1}, {.word = TEXT("fortnight"), .power = -1}};
    struct unit_expr expr = {.count = 2, .factors = factors};
    const struct unit_factor *bad;
    cr_assert_null(units_of(units, &expr, &bad));
    cr_assert_eq(bad, &factors[1]);
    factors[1] = (struct unit_factor){.word = TEXT("year"), .power = -100000};
    cr_assert_null(units_of(units, &expr, &bad));
    cr_assert_eq(bad, &factors[1]);
}

Test(unit, takes_new_ones)
{
    const struct unit *taken;
    const struct unit *home = units_add_base(units, TEXT("home"), &taken);
    cr_assert_not_null(home);
    cr_assert_null(units_add_base(units, TEXT("home"), &taken));
    cr_assert_eq(taken, home);
    const struct unit *pflops = units_add_derived(units, TEXT("PFLOPS"), 1e15, unit("FLOP/s"), &taken);
    cr_assert_not_null(pflops);
    cr_assert_eq(unit_to_base(pflops, 2), 2e15);
    cr_assert_eq(pflops->dimension, unit("FLOP/s")->dimension);
    cr_assert_null(units_add_base(units, TEXT("chips"), &taken));
    cr_assert_eq(taken, unit("chip"));
}

Test(unit, base_units_are_limited)
{
    const struct unit *taken, *last = unit("chip");
    int count = 0;
    for (; last != NULL; count++)
        last = units_add_base(units, text_of(arena_printf(&arena, "thing%d", count)), &taken);
    cr_assert_gt(count, 20);
    cr_assert_null(taken);
}

static const char *printed(const char *written, double value)
{
    struct buffer buffer = buffer_on(&arena);
    unit_print(&buffer, unit(written), unit_to_base(unit(written), value), 3);
    return buffer.at;
}

static const char *natural(const char *written)
{
    struct buffer buffer = buffer_on(&arena);
    dimension_print(&buffer, units, unit(written)->dimension);
    return buffer.at;
}

Test(unit, prints_quantities)
{
    cr_assert_str_eq(printed("chip/year", 610000), "610k chip/year");
    cr_assert_str_eq(printed("%", 40), "40 %");
    cr_assert_str_eq(printed("1/cm^2", 0.22), "0.22 /cm^2");
    cr_assert_str_eq(printed("1", 5), "5");
    cr_assert_str_eq(printed("mm^2", 858), "858 mm^2");
}

Test(unit, names_dimensions_as_people_do)
{
    cr_assert_str_eq(natural("USD/month"), "USD/year");
    cr_assert_str_eq(natural("1/mm^2"), "1/cm^2");
    cr_assert_str_eq(natural("H100e"), "H100e");
    cr_assert_str_eq(natural("1"), "a plain number");
    cr_assert_str_eq(natural("GW"), "W");
    cr_assert_str_eq(natural("USD/kW"), "USD/W");
    cr_assert_str_eq(natural("kWh"), "J");
    cr_assert_str_eq(natural("GB/s"), "B/s");
    cr_assert_str_eq(natural("FLOP/day"), "FLOP/s");
    cr_assert_str_eq(natural("N"), "kg*m/year^2");
}

Test(unit, roots_stay_exact)
{
    const struct dimension *length = unit("m")->dimension;
    cr_assert_eq(dimension_power(units, unit("mm^2")->dimension, 1, 2), length);
    const struct dimension *half = dimension_power(units, length, 1, 2);
    cr_assert_not_null(half);
    cr_assert_eq(dimension_product(units, half, half, 1), length);
    cr_assert_null(dimension_power(units, length, 1, 7));
    cr_assert(dimension_is_time(units, unit("week")->dimension));
}

// For every pair of our units: converting there and back gives the value again, to a rounding or two.
Test(unit, conversion_comes_back)
{
    size_t count = sizeof pairs / sizeof *pairs;
    for (size_t i = 0; i < count; i++) {
        const struct unit *one = unit(pairs[i].ours);
        double back = unit_from_base(one, unit_to_base(one, 0.1));
        cr_assert(fabs(back - 0.1) <= 1e-16, "%s", pairs[i].ours);
    }
}

static const char *product(const char *a, const char *b, int times)
{
    return units_product_name(units, text_of(a), text_of(b), times).at;
}

Test(unit, products_keep_the_words_of_their_factors)
{
    cr_assert_str_eq(product("km", "USD", 1), "km*USD");
    cr_assert_str_eq(product("km", "hour", -1), "km/hour");
    cr_assert_str_eq(product("USD/km", "km", 1), "USD");
    cr_assert_str_eq(product("1", "1/cm^2", -1), "cm^2");
    cr_assert_str_eq(product("km", "km", -1), "1");
    cr_assert_str_eq(product("1", "km", 3), "km^3");
    cr_assert_eq(units_product_name(units, TEXT("km"), TEXT("m"), -1).length, 0);
    cr_assert_eq(units_product_name(units, TEXT("m^(1/2)"), TEXT("USD"), 1).length, 0);
}
