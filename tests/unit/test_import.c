// Tables into a store: every kind of bad row with its place and reason, nothing half done, foreign tables, constant memory.
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "dsl/program.h"
#include "store/append.h"
#include "store/ask.h"
#include "store/connection.h"
#include "store/import.h"
#include "tests/support/failing_allocator.h"

static struct arena arena;
static jmp_buf no_memory;
static struct store *store;
static struct import_result result;

#define HEADER "subject,quantity,low,central,high,value_text,unit,valid_date,known_from,source_id,basis,note\n"
#define SOURCES "source_id,title,publisher,published,url\nft,A report,A paper,2025-02,https://example.org/ft\nidc,Shipments,,,\n"

static void set_up(void)
{
    arena_init(&arena, &system_allocator, &no_memory);
    store = store_in_memory(&arena);
}

static void tear_down(void)
{
    arena_reset(&arena);
}
TestSuite(import, .init = set_up, .fini = tear_down);

static struct text table(const char *bytes)
{
    const char *path = arena_printf(&arena, "/tmp/crux-import-%d-%p", (int)getpid(), (const void *)bytes);
    FILE *file = fopen(path, "wb");
    fputs(bytes, file);
    fclose(file);
    return text_of(path);
}

// Imports up to three tables; `map` may be NULL.
static enum import_outcome import(const char *first, const char *second, const char *map)
{
    struct text paths[2], maps[1] = {text_of(map)};
    size_t count = 0;
    paths[count++] = table(first);
    if (second)
        paths[count++] = table(second);
    const struct import_request request = {.paths = paths, .count = count, .maps = maps, .map_count = map ? 1 : 0};
    const enum import_outcome outcome = import_tables(store, &arena, &request, &result);
    for (size_t i = 0; i < count; i++)
        unlink(paths[i].at);
    return outcome;
}

static struct observer observer_now(void)
{
    struct observer observer;
    store_observe(store, TEXT("2100"), INFINITY, &observer);
    return observer;
}

static struct observation newest(const char *name)
{
    struct observer observer = observer_now();
    struct series series = {0};
    struct text later;
    cr_assert(observer.series(observer.context, &arena, text_of(name), TEXT(""), &series, &later), "%s is there", name);
    return series.at[series.count - 1];
}

static size_t quantities(void)
{
    const struct observer observer = observer_now();
    return ask_names(store, &observer, &arena, TEXT("")).count;
}

Test(import, sources_come_first)
{
    cr_assert_eq(import(HEADER "fab.smic,yield,0.3,0.4,0.5,,fraction,2025Q3,2025-10-02,ft,stated,a note\n", SOURCES, NULL), IMPORT_DONE);
    cr_expect_eq(result.sources, 2);
    cr_expect_eq(result.observations, 1);
    cr_expect_eq(result.rows, 3);
    const struct observation o = newest("fab.smic.yield");
    cr_expect(o.low == 0.3 && o.central == 0.4 && o.high == 0.5);
    cr_expect(text_is(o.unit, "fraction") && text_is(o.valid, "2025Q3") && text_is(o.known, "2025-10-02"));
    cr_expect(text_is(o.source, "ft") && o.basis == BASIS_STATED && text_is(o.note, "a note"));
}

Test(import, again_changes_nothing)
{
    const char *rows = HEADER "a,b,,1,,,1,2025,2025,ft,guess,\na,c,,,,in words,text,2025,2025,ft,stated,\na,d,2026-01,2026-06,,,date,2025,2025,ft,stated,\n";
    cr_assert_eq(import(SOURCES, rows, NULL), IMPORT_DONE);
    cr_expect_eq(result.observations, 3);
    cr_assert_eq(import(rows, SOURCES, NULL), IMPORT_DONE);
    cr_expect_eq(result.observations + result.sources, 0);
    cr_expect_eq(result.observations_there, 3);
    cr_expect_eq(result.sources_there, 2);
    cr_expect_float_eq(newest("a.d").central, (2026 + 5 / 12.0) * SECONDS_A_YEAR, 1);
}

Test(import, columns_in_any_order)
{
    cr_assert_eq(import("basis,source_id,known_from,valid_date,unit,central,quantity,subject\nguess,ft,2025,2025,W,3,b,a\n", SOURCES, NULL), IMPORT_DONE);
    cr_expect_eq(newest("a.b").central, 3);
}

// ---- bad rows ----------------------------------------------------------------------------------------------------------------

static void expect_mistake(size_t position, size_t line, const char *column, const char *reason)
{
    cr_assert_lt(position, result.mistakes_kept, "mistake %zu: %s", position, reason);
    const struct import_mistake *mistake = &result.mistakes[position];
    cr_expect_eq(mistake->line, line, "%s: line %zu", reason, mistake->line);
    cr_expect(text_is(mistake->name, column), "%s: column %.*s", reason, TEXT_ARGS(mistake->name));
    cr_expect_str_eq(mistake->reason, reason);
    cr_expect(mistake->help != NULL && mistake->help[0] != '\0', "%s: a remedy", reason);
}

// A row with one bad cell, between two good ones: told, and nothing is imported.
static void expect_refused(const char *row, const char *column, const char *reason)
{
    const char *rows = arena_printf(&arena, HEADER "good,before,,1,,,1,2025,2025,ft,stated,\n%s\ngood,after,,1,,,1,2025,2025,ft,stated,\n", row);
    cr_expect_eq(import(SOURCES, rows, NULL), IMPORT_REFUSED, "%s", row);
    cr_expect_eq(result.mistake_count, 1, "%s: %zu mistakes", row, result.mistake_count);
    expect_mistake(0, 3, column, reason);
    cr_expect_eq(quantities(), 0, "%s: nothing is imported", row);
}

Test(import, bad_names)
{
    expect_refused(",b,,1,,,1,2025,2025,ft,stated,", "subject", "`subject` is empty");
    expect_refused("Fab SMIC,b,,1,,,1,2025,2025,ft,stated,", "subject", "`Fab SMIC` is no name of lower-case words with dots between them");
    cr_expect_str_eq(result.mistakes[0].help, "write for example `fab_smic`");
    expect_refused("a..b,b,,1,,,1,2025,2025,ft,stated,", "subject", "`a..b` is no name of lower-case words with dots between them");
    expect_refused("a,b.c,,1,,,1,2025,2025,ft,stated,", "quantity", "`b.c` is no lower-case word");
}

Test(import, bad_figures)
{
    expect_refused("a,b,,1e,,,1,2025,2025,ft,stated,", "central", "`1e` is no number");
    expect_refused("a,b,,\"1,000\",,,1,2025,2025,ft,stated,", "central", "`1,000` is no number");
    expect_refused("a,b,,40%,,,1,2025,2025,ft,stated,", "central", "`40%` is no number");
    expect_refused("a,b,nan,,,,1,2025,2025,ft,stated,", "low", "`nan` is no number");
    expect_refused("a,b,,inf,,,1,2025,2025,ft,stated,", "central", "`inf` is no number");
    expect_refused("a,b,,1e999,,,1,2025,2025,ft,stated,", "central", "`1e999` is too large");
    expect_refused("a,b,2,1,3,,1,2025,2025,ft,stated,", "central", "`central` `1` is below `low` `2`");
    expect_refused("a,b,1,3,2,,1,2025,2025,ft,stated,", "high", "`high` `2` is below `central` `3`");
    expect_refused("a,b,2,,1,,1,2025,2025,ft,stated,", "high", "`high` `1` is below `low` `2`");
    expect_refused("a,b,,,,,1,2025,2025,ft,stated,", "central", "the row has no figure");
    expect_refused("a,b,,,,many,1,2025,2025,ft,stated,", "unit", "the row has no figure");
    expect_refused("a,b,,3,,many,text,2025,2025,ft,stated,", "central", "a figure in words has no number");
    expect_refused("a,b,,June,,,date,2025,2025,ft,stated,", "central", "`June` is no date");
}

Test(import, bad_units_and_dates)
{
    expect_refused("a,b,,1,,,,2025,2025,ft,stated,", "unit", "`unit` is empty");
    expect_refused("a,b,,1,,,waffer,2025,2025,ft,stated,", "unit", "there is no unit `waffer`");
    cr_expect_str_eq(result.mistakes[0].help, "`wafer` is near");
    expect_refused("a,b,,1,,,1,,2025,ft,stated,", "valid_date", "`valid_date` is empty");
    expect_refused("a,b,,1,,,1,2025-13,2025,ft,stated,", "valid_date", "`2025-13` is no date or period");
    expect_refused("a,b,,1,,,1,2026 .. 2025,2025,ft,stated,", "valid_date", "`2026 .. 2025` is no date or period");
    expect_refused("a,b,,1,,,1,2025,,ft,stated,", "known_from", "`known_from` is empty");
    expect_refused("a,b,,1,,,1,2025,2025 .. 2026,ft,stated,", "known_from", "`2025 .. 2026` is no date");
}

Test(import, bad_sources_and_basis)
{
    expect_refused("a,b,,1,,,1,2025,2025,,stated,", "source_id", "`source_id` is empty");
    expect_refused("a,b,,1,,,1,2025,2025,fft,stated,", "source_id", "there is no source `fft`");
    cr_expect_str_eq(result.mistakes[0].help, "`ft` is near");
    expect_refused("a,b,,1,,,1,2025,2025,ft,,", "basis", "`basis` is empty");
    expect_refused("a,b,,1,,,1,2025,2025,ft,Stated,", "basis", "there is no basis `Stated`");
}

Test(import, bad_form)
{
    expect_refused("a,b,,1,,,1,2025,2025,ft,stated", "", "the row has 11 fields and the header 12");
    expect_refused("a,b,,1,,,1,2025,2025,ft,stated,x,y", "", "the row has 13 fields and the header 12");
    expect_refused("a,b,,1,,,1,2025,2025,ft,stated,a\"b", "note", "a quote inside a field that does not begin with one");
    expect_refused("a,b,,1,,,1,2025,2025,ft,stated,\xff", "note", "this is not UTF-8");
}

Test(import, every_mistake_is_told)
{
    struct buffer rows = buffer_on(&arena);
    buffer_add_string(&rows, HEADER "A,b,x,1,,,waffer,20,30,,sure,\n");
    cr_expect_eq(import(rows.at, NULL, NULL), IMPORT_REFUSED);
    cr_expect_eq(result.mistake_count, 7, "all of one row: %zu", result.mistake_count);
    for (int i = 0; i < 100; i++)
        buffer_add_string(&rows, "A,b,x,1,,,waffer,20,30,,sure,\n");
    cr_expect_eq(import(rows.at, NULL, NULL), IMPORT_REFUSED);
    cr_expect_eq(result.mistake_count, 707);
    cr_expect_eq(result.mistakes_kept, IMPORT_MISTAKES);
}

Test(import, bad_headers)
{
    cr_expect_eq(import("subject,quantity,central,unit,valid_date,known_form,source_id,basis\n", NULL, NULL), IMPORT_REFUSED);
    expect_mistake(0, 1, "", "the column `known_from` is missing");
    expect_mistake(1, 1, "known_form", "there is no column of this name");
    cr_expect_str_eq(result.mistakes[1].help, "`known_from` is near");
    cr_expect_eq(import("Chip,Units,Start\nA,1,2025\n", NULL, NULL), IMPORT_REFUSED);
    expect_mistake(0, 1, "", "this is no table of observations: of its 3 columns we know 0");
    cr_expect_eq(import("", NULL, NULL), IMPORT_REFUSED);
    expect_mistake(0, 0, "", "it is empty");
    cr_expect_eq(import("subject,subject,quantity,central,unit,valid_date,known_from,source_id,basis\n", NULL, NULL), IMPORT_REFUSED);
    expect_mistake(0, 1, "subject", "column 1 has the same name");
}

Test(import, bad_sources)
{
    cr_expect_eq(import("source_id,title,publisher,published,url\n1a,T,,,\nb,,,,\nc,T,,May,\nd,T,,,www.example.org\n", NULL, NULL), IMPORT_REFUSED);
    expect_mistake(0, 2, "source_id", "`1a` is no name of a source");
    expect_mistake(1, 3, "title", "`title` is empty");
    expect_mistake(2, 4, "published", "`May` is no date");
    expect_mistake(3, 5, "url", "`www.example.org` is no address");
    cr_assert_eq(import(SOURCES, NULL, NULL), IMPORT_DONE);
    cr_expect_eq(import("source_id,title\nft,Another\n", NULL, NULL), IMPORT_REFUSED);
    expect_mistake(0, 2, "source_id", "there is a source `ft` already, with another title, publisher, date or address");
}

// ---- what is there already -----------------------------------------------------------------------------------------------------

Test(import, nothing_is_changed)
{
    cr_assert_eq(import(SOURCES, HEADER "a,b,,1,,,1,2025,2025-03,ft,stated,\n", NULL), IMPORT_DONE);
    cr_expect_eq(import(HEADER "a,b,,2,,,1,2025,2025-03,ft,stated,\n", NULL, NULL), IMPORT_REFUSED);
    expect_mistake(0, 2, "known_from", "another figure of `a.b` for 2025 by ft is known from 2025-03 already");
    cr_expect_eq(newest("a.b").central, 1);
    cr_assert_eq(import(HEADER "a,b,,2,,,1,2025,2025-04,ft,stated,\n", NULL, NULL), IMPORT_DONE);
    cr_expect_eq(newest("a.b").central, 2);
}

Test(import, one_unit_a_quantity)
{
    cr_assert_eq(import(SOURCES, HEADER "a,power,,3000,,,MW,2025,2025-03,ft,stated,\na,power,0.1,0.3,,,GW,2026,2025-03,ft,stated,\n", NULL), IMPORT_DONE);
    const struct observation o = newest("a.power");
    cr_expect(text_is(o.unit, "MW"));
    cr_expect_eq(o.low, 100);
    cr_expect_eq(o.central, 300, "a factor of a thousand leaves no traces");
    cr_expect_eq(import(HEADER "a,power,,3,,,chip,2027,2025-03,ft,stated,\n", NULL, NULL), IMPORT_REFUSED);
    expect_mistake(0, 2, "unit", "the store has `a.power` in MW, which `chip` is not");
}

// ---- foreign tables ------------------------------------------------------------------------------------------------------------

#define CHIPS                                                                                                                        \
    "Chip type,Units (5th percentile),Units (median),Units (95th percentile),Start date,End date,Notes\n"                          \
    "Ascend 910B (SMIC),\"1,234,567\",\"2,000,000\",\"3,000,000.5\",2024-01-01,2024-12-31,\"two, of them\"\n"                         \
    "H100 80.0GB,1 000,2 000,,2024-01-01T00:00:00Z,2024-03-31,\n"                                                                     \
    "TPU v5e,,N/A,,2024-01-01,2024-12-31,\n"
#define CHIPS_MAP                                                                                                          \
    "subject = epoch.{Chip type}, quantity = units, low = {Units (5th percentile)}, central = {Units (median)},\n"       \
    "high = {Units (95th percentile)}, unit = chip, valid_date = {Start date} .. {End date}, known_from = 2026-09-25,\n" \
    "source_id = ft, basis = stated, note = \"from Epoch, as it stands: {Notes}\""

Test(import, foreign_table)
{
    cr_assert_eq(import(CHIPS, SOURCES, CHIPS_MAP), IMPORT_DONE);
    cr_expect_eq(result.observations, 2);
    cr_expect_eq(result.without_figure, 1);
    const struct observation ascend = newest("epoch.ascend_910b_smic.units");
    cr_expect(ascend.low == 1234567 && ascend.central == 2000000 && ascend.high == 3000000.5);
    cr_expect(text_is(ascend.valid, "2024-01-01 .. 2024-12-31") && text_is(ascend.known, "2026-09-25"));
    cr_expect(text_is(ascend.note, "from Epoch, as it stands: two, of them"));
    const struct observation h100 = newest("epoch.h100_80_0gb.units");
    cr_expect(h100.low == 1000 && h100.central == 2000 && isnan(h100.high));
    cr_expect(text_is(h100.valid, "2024-01-01 .. 2024-03-31"));
}

Test(import, foreign_dates_and_signs)
{
    cr_assert_eq(import("Firm,Spent,Share,Day\nMeta,\"$1,500\",40 %,3/31/2025\n", SOURCES,
                        "subject=capex.{Firm},quantity=spent,central={Spent}e6,unit=USD,valid_date={Day as m/d/y},known_from={Day as m/d/y},"
                        "source_id=ft,basis=derived"),
                 IMPORT_DONE);
    const struct observation o = newest("capex.meta.spent");
    cr_expect_eq(o.central, 1.5e9);
    cr_expect(text_is(o.valid, "2025-03-31"));
}

Test(import, bad_foreign_cells)
{
    cr_expect_eq(import("N,V,D\nA,\"1,23\",2025\nB,1,soon\nC,\"1234,567\",2025\n", SOURCES,
                        "subject={N},quantity=v,central={V},unit=1,valid_date={D},known_from=2025,source_id=ft,basis=guess"),
                 IMPORT_REFUSED);
    expect_mistake(0, 2, "V", "`1,23` is no number");
    expect_mistake(1, 3, "D", "`soon` is no date or period");
    expect_mistake(2, 4, "V", "`1234,567` is no number");
}

Test(import, bad_maps)
{
    static const struct {
        const char *map, *reason;
    } cases[] = {
        {"subject", "`subject` gives no value"},
        {"subjekt = a", "it gives a value to `subjekt`, which is no column of ours"},
        {"subject = {Chip", "a `{` is never closed"},
        {"subject = {}", "there is nothing between `{` and `}`"},
        {"subject = \"a", "a quote is never closed"},
        {"subject = \"a\" b", "there is more behind the value of `subject`"},
        {"subject = a, subject = b", "it gives `subject` twice"},
        {"subject = a, quantity = b", "it does not say what `unit` is"},
        {"subject=a,quantity=b,unit=1,valid_date=2025,known_from=2025,source_id=ft,basis=guess", "it does not say where the figure is"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_expect_eq(import(CHIPS, SOURCES, cases[i].map), IMPORT_REFUSED, "%s", cases[i].map);
        cr_expect_eq(result.mistake_count, 1, "%s", cases[i].map);
        expect_mistake(0, 0, "", cases[i].reason);
    }
    cr_expect_eq(import(CHIPS, SOURCES,
                        "subject={Chip typ},quantity=b,central=1,unit=1,valid_date=2025,known_from=2025,source_id=ft,basis=guess"),
                 IMPORT_REFUSED);
    expect_mistake(0, 1, "", "the map takes the column {Chip typ}, which the table does not have");
    cr_expect_str_eq(result.mistakes[0].help, "{Chip type} is near");
}

// ---- size ----------------------------------------------------------------------------------------------------------------------

// What importing so many rows takes at its height.
static size_t taken_by(int rows)
{
    struct buffer bytes = buffer_on(&arena);
    buffer_add_string(&bytes, HEADER);
    for (int i = 0; i < rows; i++)
        buffer_printf(&bytes, "many.n%d,b,,%d,,,chip/year,2025,2025-03,ft,stated,\"a note, not short\"\n", i, i);
    const struct text path = table(bytes.at);
    const struct import_request request = {.paths = &path, .count = 1};
    struct failing_allocator memory;
    struct arena counted;
    failing_allocator_init(&memory, SIZE_MAX);
    arena_init(&counted, &memory.allocator, &no_memory);
    cr_assert_eq(import_tables(store, &counted, &request, &result), IMPORT_DONE);
    cr_expect_eq(result.observations, (size_t)rows);
    arena_reset(&counted);
    unlink(path.at);
    return memory.peak_bytes;
}

Test(import, memory_does_not_grow)
{
    cr_assert_eq(import(SOURCES, NULL, NULL), IMPORT_DONE);
    const size_t few = taken_by(10);
    store = store_in_memory(&arena);
    cr_assert_eq(import(SOURCES, NULL, NULL), IMPORT_DONE);
    const size_t many = taken_by(20000);
    cr_expect_leq(many, few + 4096, "%zu bytes for 10 rows, %zu for 20000", few, many);
}
