// The boundary of the library, seen by a host.
#include "crux.h"

#include <criterion/criterion.h>
#include <fenv.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/failing_allocator.h"

static const char claim[] = "claim small \"two and two\" : 2 + 2 < 5\n";

struct memory {
    char bytes[20000];
    size_t length;
};

static bool remember(void *user, const char *bytes, size_t length)
{
    struct memory *memory = user;
    if (memory->length + length >= sizeof memory->bytes)
        return false;
    memcpy(memory->bytes + memory->length, bytes, length);
    memory->length += length;
    memory->bytes[memory->length] = '\0';
    return true;
}

static bool refuse(void *user, const char *bytes, size_t length)
{
    (void)user;
    (void)bytes;
    (void)length;
    return false;
}

Test(session, opens_and_closes)
{
    struct crux_session *crux = crux_open(NULL);
    cr_assert_not_null(crux);
    cr_assert_str_eq(crux_message(crux), "");
    cr_assert(crux_verdict_count(crux) == 0 && crux_verdict(crux, 0) == NULL);
    cr_assert(crux_diagnostic_count(crux) == 0 && crux_diagnostic(crux, 0) == NULL);
    cr_assert_null(crux_value(crux));
    crux_close(crux);
    crux_close(NULL);
}

Test(session, settings_say_what_is_wrong)
{
    struct crux_session *crux = crux_open(NULL);
    cr_assert(crux_set(crux, CRUX_LEVEL, "95%") == CRUX_OK);
    cr_assert(crux_set(crux, CRUX_LEVEL, "95 %") == CRUX_OK);
    cr_assert(crux_set(crux, CRUX_LEVEL, "0.95") == CRUX_OK);
    static const char *const bad_levels[] = {"", "%", "50%", "100%", "95", "high", "nan", "-0.9"};
    for (size_t i = 0; i < sizeof bad_levels / sizeof *bad_levels; i++)
        cr_assert(crux_set(crux, CRUX_LEVEL, bad_levels[i]) == CRUX_BAD_ARGUMENT, "%s", bad_levels[i]);
    cr_assert_not_null(strstr(crux_message(crux), "`-0.9` is not a level"));
    cr_assert(crux_set(crux, CRUX_SAMPLES, "100k") == CRUX_OK);
    cr_assert(crux_set(crux, CRUX_SAMPLES, "1.5M") == CRUX_OK);
    cr_assert(crux_set(crux, CRUX_SAMPLES, "0") == CRUX_BAD_ARGUMENT);
    cr_assert(crux_set(crux, CRUX_SAMPLES, "1e999") == CRUX_BAD_ARGUMENT);
    cr_assert(crux_set(crux, CRUX_BUDGET, "2.5") == CRUX_OK);
    cr_assert(crux_set(crux, CRUX_BUDGET, "0") == CRUX_BAD_ARGUMENT);
    cr_assert(crux_set(crux, CRUX_AS_OF, "2025-04-03") == CRUX_OK);
    cr_assert(crux_set(crux, CRUX_AS_OF, " 2025Q2 ") == CRUX_OK);
    cr_assert(crux_set(crux, CRUX_AS_OF, "2025-02-29") == CRUX_BAD_ARGUMENT && strstr(crux_message(crux), "2025-02-29"));
    cr_assert(crux_set(crux, CRUX_AS_OF, "today") == CRUX_BAD_ARGUMENT, "the library looks at no clock");
    cr_assert(crux_set(crux, CRUX_AS_OF, "") == CRUX_BAD_ARGUMENT);
    cr_assert(crux_set(crux, CRUX_DB, "any file") == CRUX_OK);
    cr_assert(crux_set(crux, CRUX_DB, NULL) == CRUX_OK && crux_set(crux, CRUX_AS_OF, NULL) == CRUX_OK);
    cr_assert(crux_set(crux, CRUX_SEED, "0") == CRUX_OK);
    cr_assert(crux_set(crux, CRUX_SEED, "1.5") == CRUX_BAD_ARGUMENT);
    cr_assert(crux_set(crux, CRUX_THREADS, "0") == CRUX_BAD_ARGUMENT);
    cr_assert(crux_set(crux, (enum crux_setting)99, "x") == CRUX_BAD_ARGUMENT);
    cr_assert(crux_set(crux, CRUX_THREADS, NULL) == CRUX_OK);
    crux_close(crux);
}

Test(session, leaves_locale_and_rounding_alone)
{
    fesetround(FE_UPWARD);
    const locale_t before = uselocale((locale_t)0);
    struct crux_session *crux = crux_open(NULL);
    cr_assert(crux_add_text(crux, "a", claim, strlen(claim)) == CRUX_OK);
    const enum crux_status status = crux_check(crux);
    (void)status;
    cr_assert(fegetround() == FE_UPWARD);
    cr_assert(uselocale((locale_t)0) == before);
    crux_close(crux);
    fesetround(FE_TONEAREST);
}

Test(session, mistakes_are_diagnostics_with_places)
{
    static const char text[] = "claim a : 1 < 2\nclaim broken : (2 +\n";
    struct crux_session *crux = crux_open(NULL);
    cr_assert(crux_add_text(crux, "thread.crux", text, strlen(text)) == CRUX_OK);
    cr_assert(crux_check(crux) == CRUX_REJECTED);
    cr_assert(crux_exit_code(crux) == 2);
    cr_assert(crux_verdict_count(crux) == 0);
    size_t i = 0;
    while (i < crux_diagnostic_count(crux) && strcmp(crux_diagnostic(crux, i)->code, "E107") != 0)
        i++;
    const struct crux_diagnostic *found = crux_diagnostic(crux, i);
    cr_assert_not_null(found);
    cr_assert_str_eq(found->file, "thread.crux");
    cr_assert(found->line == 2 && found->column == 16 && found->severity == CRUX_ERROR);
    cr_assert_not_null(found->help);

    struct memory memory = {.length = 0};
    const struct crux_writer writer = {remember, &memory};
    cr_assert(crux_write_diagnostics(crux, false, &writer) == CRUX_OK);
    cr_assert_not_null(strstr(memory.bytes, "thread.crux:2:16: error[E107]"));
    crux_close(crux);
}

Test(session, nothing_to_check_is_an_error)
{
    struct crux_session *crux = crux_open(NULL);
    cr_assert(crux_check(crux) == CRUX_REJECTED);
    cr_assert_str_eq(crux_diagnostic(crux, 0)->code, "E004");
    cr_assert(crux_exit_code(crux) == 2);
    crux_close(crux);
}

Test(session, writes_only_formats_it_knows)
{
    struct crux_session *crux = crux_open(NULL);
    struct memory memory = {.length = 0};
    const struct crux_writer writer = {remember, &memory}, stubborn = {refuse, NULL};
    cr_assert(crux_write(crux, "json", NULL, &writer) == CRUX_BAD_ARGUMENT);
    cr_assert(crux_check(crux) == CRUX_REJECTED);
    cr_assert(crux_write(crux, "yaml", NULL, &writer) == CRUX_NOT_FOUND);
    cr_assert_not_null(strstr(crux_message(crux), "human, json"));
    cr_assert(crux_write(crux, "json", NULL, &writer) == CRUX_OK);
    cr_assert_not_null(strstr(memory.bytes, "\"exit_code\": 2"));
    cr_assert(crux_write(crux, "json", NULL, &stubborn) == CRUX_NOT_WRITTEN);
    crux_close(crux);
}

// ---- a host without files ------------------------------------------------------------------------------------------------------

struct shelf {
    int loads, releases;
    const char *last;
};

static bool take(void *user, const char *path, const char **bytes, size_t *length)
{
    static const char main_text[] = "use \"sub/one.crux\"\nuse \"sub/../sub/one.crux\"\n", one[] = "use \"two.crux\"\n", two[] = "let b = (\n";
    struct shelf *shelf = user;
    const char *text = strcmp(path, "main.crux") == 0      ? main_text
                       : strcmp(path, "sub/one.crux") == 0 ? one
                       : strcmp(path, "sub/two.crux") == 0 ? two
                                                           : NULL;
    shelf->loads++;
    *bytes = text ? text : "not on the shelf";
    *length = text ? strlen(text) : 0;
    return text != NULL;
}

static void put_back(void *user, const char *bytes, size_t length)
{
    struct shelf *shelf = user;
    (void)bytes;
    (void)length;
    shelf->releases++;
}

Test(session, a_loader_stands_for_files)
{
    struct shelf shelf = {0};
    const struct crux_loader loader = {take, put_back, &shelf};
    struct crux_session *crux = crux_open(NULL);
    crux_set_loader(crux, &loader);
    cr_assert(crux_add_file(crux, "./main.crux") == CRUX_OK);
    cr_assert(crux_check(crux) == CRUX_REJECTED);
    cr_assert(shelf.loads == 3 && shelf.releases == 3, "each file once: %d loads", shelf.loads);
    crux_clear(crux);
    cr_assert(crux_add_file(crux, "other.crux") == CRUX_OK);
    cr_assert(crux_check(crux) == CRUX_REJECTED);
    cr_assert_not_null(strstr(crux_diagnostic(crux, 0)->message, "not on the shelf"));
    cr_assert(shelf.releases == 3);
    crux_close(crux);
}

// ---- memory --------------------------------------------------------------------------------------------------------------------

struct host_memory {
    struct failing_allocator failing;
};

static void *host_resize(void *user, void *block, size_t old_size, size_t new_size)
{
    const struct failing_allocator *failing = user;
    return failing->allocator.resize(failing->allocator.user, block, old_size, new_size);
}

static enum crux_status whole_road(struct crux_session *crux)
{
    struct memory memory = {.length = 0};
    const struct crux_writer writer = {remember, &memory};
    enum crux_status status = crux_set(crux, CRUX_SET, "x = 1");
    if (status == CRUX_OK)
        status = crux_set(crux, CRUX_SET, NULL);
    if (status == CRUX_OK)
        status = crux_add_text(crux, "a", claim, strlen(claim));
    if (status == CRUX_OK)
        status = crux_check(crux);
    if (status == CRUX_OK)
        status = crux_write(crux, "json", NULL, &writer);
    if (status == CRUX_OK)
        status = crux_write(crux, "human", NULL, &writer);
    return status;
}

// Every allocation fails once, and so does the rest: the library says so, gives everything back, and works the next time.
Test(session, no_memory_is_a_status)
{
    enum crux_status status = CRUX_NO_MEMORY;
    for (size_t fail_at = 0; status == CRUX_NO_MEMORY; fail_at++) {
        struct failing_allocator failing;
        failing_allocator_init(&failing, fail_at);
        const struct crux_allocator host = {host_resize, &failing};
        struct crux_session *crux = crux_open(&host);
        status = crux ? whole_road(crux) : CRUX_NO_MEMORY;
        if (crux && status == CRUX_NO_MEMORY) {
            cr_assert_not_null(strstr(crux_message(crux), "memory"));
            cr_assert(crux_exit_code(crux) != 0 || crux_verdict_count(crux) == 0);
            crux_clear(crux);
            cr_assert(whole_road(crux) == CRUX_OK, "after allocation %zu failed: %s", fail_at, crux_message(crux));
        }
        crux_close(crux);
        cr_assert(failing.live_blocks == 0, "%zu blocks are lost after allocation %zu failed", failing.live_blocks, fail_at);
        cr_assert(fail_at < 100000);
    }
    cr_assert(status == CRUX_OK);
}

Test(session, a_verdict_says_what_its_arguments_came_to)
{
    static const char arguments[] = "input x : fraction = uniform(0, 1)\n"
                                    "claim low : x < 0.5\n"
                                    "claim high : x > 0.5 rebuts low supports words\n"
                                    "claim words \"they say so\"\n";
    struct crux_session *crux = crux_open(NULL);
    cr_assert_eq(crux_add_text(crux, "a.crux", arguments, strlen(arguments)), CRUX_OK);
    cr_assert_eq(crux_check(crux), CRUX_OK);
    const struct crux_verdict *low = crux_verdict(crux, 0), *high = crux_verdict(crux, 1), *words = crux_verdict(crux, 2);
    cr_assert_str_eq(low->standing, "defeated");
    cr_assert(low->standing_by_count == 1 && strcmp(low->standing_by[0], "high") == 0 && low->relation_count == 0);
    cr_assert_str_eq(high->standing, "stands");
    cr_assert_eq(high->relation_count, 2);
    cr_assert_str_eq(high->relations[0].relation, "rebuts");
    cr_assert_str_eq(high->relations[0].target, "low");
    cr_assert_str_eq(high->relations[0].finding, "grounded");
    cr_assert_eq(high->relations[0].with, 0);
    cr_assert_float_eq(high->relations[0].without, 0.5, 0.001);
    cr_assert_str_eq(high->relations[1].finding, "recorded");
    cr_assert_str_eq(words->standing, "recorded");
    crux_close(crux);
}
