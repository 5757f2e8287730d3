// Dates, periods and units that stand alone, against the ones the parser reads.
#include <criterion/criterion.h>

#include "base/arena.h"
#include "dsl/program.h"
#include "dsl/unit.h"
#include "dsl/written.h"

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
TestSuite(written, .init = set_up, .fini = tear_down);

static const double month = SECONDS_A_YEAR / 12;

static void expect_period(const char *text, double start, double end)
{
    double first = 0, last = 0;
    cr_expect(written_period(text_of(text), &first, &last), "%s", text);
    cr_expect_float_eq(first, start * month, 1, "%s starts at month %g", text, first / month);
    cr_expect_float_eq(last, end * month, 1, "%s ends at month %g", text, last / month);
}

Test(written, periods)
{
    expect_period("2025", 2025 * 12, 2026 * 12);
    expect_period(" 2025Q3 ", 2025 * 12 + 6, 2025 * 12 + 9);
    expect_period("2025-04", 2025 * 12 + 3, 2025 * 12 + 4);
    expect_period("2025-04-03", 2025 * 12 + 3 + 2 / 30.0, 2025 * 12 + 3 + 3 / 30.0);
    expect_period("2024-04 .. 2025-03", 2024 * 12 + 3, 2025 * 12 + 3);
    expect_period("2024..2025", 2024 * 12, 2026 * 12);
}

Test(written, no_periods)
{
    static const char *const wrong[] = {"", "25", "2025Q5", "2025Q0", "2025-13", "2025-00", "2025-02-29", "2025-4", "2025-04-3", "202504",
                                        "April 2025", "2025 ..", ".. 2025", "2026 .. 2025", "2025 .. 2026 .. 2027", "2025-04-03T10:00"};
    double start, end;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        cr_expect_not(written_period(text_of(wrong[i]), &start, &end), "%s", wrong[i]);
    cr_expect_not(written_date(TEXT("2024 .. 2025"), &start, &end), "a span is no date");
    cr_expect(written_period(TEXT("2024-02-29"), &start, &end), "2024 is a leap year");
}

static void expect_unit(const char *text, const char *same, double factor)
{
    struct text bad;
    const struct unit *unit = written_unit(units, text_of(text), &bad), *other = written_unit(units, text_of(same), &bad);
    cr_assert(unit != NULL && other != NULL, "%s, %s", text, same);
    cr_expect_eq(unit->dimension, other->dimension, "%s is not of the kind of %s", text, same);
    cr_expect_float_eq(unit_to_base(unit, 1), factor * unit_to_base(other, 1), 1e-12 * unit_to_base(unit, 1), "%s", text);
}

Test(written, units)
{
    expect_unit("1/cm^2", "mm^-2", 0.01);
    expect_unit("/cm^2", "1/cm^2", 1);
    expect_unit("chip/year", "chips/month", 1 / 12.0);
    expect_unit("GW*year", "W*s", 1e9 * SECONDS_A_YEAR);
    expect_unit("fraction", "1", 1);
    expect_unit("%", "1", 0.01);
    expect_unit(" TB/s ", "GB/s", 1000);
}

Test(written, no_units)
{
    static const struct {
        const char *text, *bad;
    } wrong[] = {{"", ""}, {"waffer/month", "waffer"}, {"1/", "1/"}, {"/", "/"}, {"cm^", "cm^"}, {"cm^100", "cm^100"}, {"cm 2", "cm 2"},
                 {"cm**2", "cm**2"}, {"cm/s/", "cm/s/"}, {"3 cm", "3 cm"}, {"\xff", "\xff"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct text bad;
        cr_expect_null(written_unit(units, text_of(wrong[i].text), &bad), "%s", wrong[i].text);
        cr_expect(text_is(bad, wrong[i].bad), "%s: %.*s", wrong[i].text, TEXT_ARGS(bad));
    }
}
