// Input that nobody writes by accident: each is told apart with a place, a cause and a remedy, in under a second and 200 MB.
#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "crux.h"
#include "tests/support/failing_allocator.h"
#include "tests/support/nowhere.h"

#if defined(__SANITIZE_ADDRESS__)
#define PATIENCE 10 // the sanitizers take their time
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PATIENCE 10
#endif
#endif
#ifndef PATIENCE
#define PATIENCE 2 // seconds: twice what is promised, because machines differ
#endif

enum { MOST_BYTES = 200 << 20 };

struct page {
    char *at;
    size_t length, room;
};

static void add(struct page *page, const char *bytes, size_t length)
{
    if (page->length + length > page->room) {
        page->room = (page->length + length) * 2;
        page->at = realloc(page->at, page->room);
    }
    memcpy(page->at + page->length, bytes, length);
    page->length += length;
}

__attribute__((format(printf, 2, 3))) static void add_line(struct page *page, const char *format, ...)
{
    char line[80];
    va_list args;
    va_start(args, format);
    add(page, line, (size_t)vsnprintf(line, sizeof line, format, args));
    va_end(args);
}

static void repeat(struct page *page, const char *string, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add(page, string, strlen(string));
}

static void has_place_and_remedy(struct crux_session *crux, const char *code)
{
    bool found = false;
    for (size_t i = 0; i < crux_diagnostic_count(crux); i++) {
        const struct crux_diagnostic *diag = crux_diagnostic(crux, i);
        cr_assert(diag->message[0] != '\0');
        if (strcmp(diag->code, code) != 0)
            continue;
        found = true;
        cr_assert(diag->file != NULL, "%s: %s", code, diag->message);
        cr_assert(diag->help != NULL && diag->help[0] != '\0', "%s: no remedy: %s", code, diag->message);
    }
    cr_assert(found, "no %s; the first is %s", code,
              crux_diagnostic_count(crux) > 0 ? crux_diagnostic(crux, 0)->message : "none");
}

// Checks the page and frees it. The diagnostic `code` must be there, or with NULL only an answer in time.
static void refuses(struct page *page, const char *code)
{
    struct failing_allocator memory;
    failing_allocator_init(&memory, SIZE_MAX);
    const struct crux_allocator allocator = {.resize = memory.allocator.resize, .user = &memory};
    clock_t start = clock();
    struct crux_session *crux = crux_open(&allocator);
    cr_assert(crux_set(crux, CRUX_SAMPLES, "1k") == CRUX_OK);
    cr_assert(crux_add_text(crux, "hostile.crux", page->at == NULL ? "" : page->at, page->length) == CRUX_OK);
    enum crux_status status = crux_check(crux);
    cr_assert(code == NULL || status == CRUX_REJECTED, "status %d: %s", (int)status, crux_message(crux));
    cr_assert(status == CRUX_REJECTED || status == CRUX_OK, "status %d: %s", (int)status, crux_message(crux));
    cr_assert(code == NULL || crux_exit_code(crux) == 2);
    cr_assert(crux_write_diagnostics(crux, false, &nowhere) == CRUX_OK);
    cr_assert(crux_write(crux, "json", NULL, &nowhere) == CRUX_OK);
    if (code != NULL)
        has_place_and_remedy(crux, code);
    crux_close(crux);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    cr_assert(memory.live_bytes == 0);
    cr_assert(memory.peak_bytes < MOST_BYTES, "%zu MB", memory.peak_bytes >> 20);
    cr_assert(seconds < PATIENCE, "%f s", seconds);
    free(page->at);
    *page = (struct page){0};
}

Test(hostile, empty_files)
{
    struct page page = {0};
    refuses(&page, "E004");
    repeat(&page, "# nothing but a comment\n", 3);
    refuses(&page, "E004");
    repeat(&page, "\xEF\xBB\xBF", 1);
    refuses(&page, "E004");
}

Test(hostile, bytes_that_are_no_text)
{
    struct page page = {0};
    uint64_t state = 1;
    for (int i = 0; i < 100000; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        char byte = (char)(state >> 56);
        add(&page, &byte, 1);
    }
    refuses(&page, "E003");
    repeat(&page, "claim a : 1 < 2 # \xC3\x28\n", 1);
    refuses(&page, "E003");
    add(&page, "claim a : 1 < 2\0\n", 17);
    refuses(&page, "E003");
}

Test(hostile, long_lines_and_files)
{
    struct page page = {0};
    repeat(&page, "a", 10 << 20);
    refuses(&page, "E002");
    repeat(&page, "claim a : 1 < 2 ", 100000);
    refuses(&page, "E002");
    repeat(&page, "# a comment\n", 1 << 20);
    refuses(&page, "E002");
}

Test(hostile, deep_nesting)
{
    static const char *const openings[] = {"(", "not ", "- ", "1 ^ ", "min(", "if ", "some i in s: ", "a implies ", "a[", "a unless ", "{"};
    for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++) {
        struct page page = {0};
        repeat(&page, "claim a : ", 1);
        repeat(&page, openings[i], (1 << 20) / strlen(openings[i]) - 100);
        refuses(&page, NULL);
        repeat(&page, "let x = ", 1);
        repeat(&page, openings[i], 100000);
        refuses(&page, NULL);
    }
    struct page page = {0};
    repeat(&page, "let a = ", 1);
    repeat(&page, "(", 100000);
    repeat(&page, "1", 1);
    repeat(&page, ")", 100000);
    refuses(&page, "E002");
}

Test(hostile, long_chains)
{
    static const char *const links[] = {" + 1", " * 2", " and 1 < 2", " < 1", " or a", " at 2027", " unless a", " implies a", "[a]", ".a"};
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
        struct page page = {0};
        repeat(&page, "let b = 1\nclaim a : b", 1);
        repeat(&page, links[i], 20000);
        refuses(&page, NULL);
    }
}

Test(hostile, a_million_claims)
{
    struct page page = {0};
    for (int i = 0; i < 1000000; i++)
        add_line(&page, "claim c%d:1<2\n", i);
    refuses(&page, "E002");
    repeat(&page, "claim a:1\n", 800000);
    refuses(&page, "E002");
}

Test(hostile, many_mistakes)
{
    struct page page = {0};
    for (int i = 0; i < 40000; i++)
        add_line(&page, "let v%d = w%d + 3 zz\n", i, i * 7 + 1);
    refuses(&page, NULL);
    repeat(&page, ") ( $ ", 150000);
    refuses(&page, NULL);
    for (int i = 0; i < 100000; i++)
        repeat(&page, "let x =\n", 1);
    refuses(&page, NULL);
}

Test(hostile, numbers_that_are_too_large)
{
    struct page page = {0};
    repeat(&page, "claim a : 1e999 > 1\n", 1);
    refuses(&page, NULL);
    repeat(&page, "claim a : 1", 1);
    repeat(&page, "0", 1000000);
    repeat(&page, " > 1\n", 1);
    refuses(&page, NULL);
    repeat(&page, "index i = a, b\nlet x[j in i] = 1\nclaim c : 2 ^ 1e308 > 10 ^ -400 and 1e300 * 1e300 > 1\n", 1);
    refuses(&page, NULL);
}

Test(hostile, definitions_that_multiply)
{
    // x19 doubles twenty times over: a million instructions, unless equal parts are shared.
    struct page page = {0};
    repeat(&page, "input x0 : 1 = 1 to 2\n", 1);
    for (int i = 1; i < 60; i++)
        add_line(&page, "let x%d = x%d * 0.5 + x%d * 0.5\n", i, i - 1, i - 1);
    repeat(&page, "claim a : x59 > 1\n", 1);
    refuses(&page, NULL);
    // The same by functions, which are taken apart at each call.
    repeat(&page, "def f0(x: 1) = x + 1\n", 1);
    for (int i = 1; i < 60; i++)
        add_line(&page, "def f%d(x: 1) = f%d(x) + f%d(x + 1)\n", i, i - 1, i - 1);
    repeat(&page, "claim a : f59(1) > 1\n", 1);
    refuses(&page, NULL);
}

Test(hostile, indexes_that_multiply)
{
    struct page page = {0};
    repeat(&page, "index i = m0", 1);
    for (int i = 1; i < 1000; i++)
        add_line(&page, ", m%d", i);
    repeat(&page, "\nlet x[a in i, b in i, c in i] = 1\nclaim big : sum(x[a, b, c] over a in i, b in i, c in i) > 1\n", 1);
    repeat(&page, "claim each[a in i, b in i] : x[a, b, a] > 0\n", 1);
    refuses(&page, NULL);
}

Test(hostile, timelines_without_end)
{
    struct page page = {0};
    repeat(&page, "timeline 0001 .. 9999 by month, present 0001\nlet x = previous(x, 0) + 1\nclaim a : x > 5 at 9999\n", 1);
    refuses(&page, NULL);
    repeat(&page, "timeline 2030 .. 2020 by year\nclaim a : 1 < 2 by 2025\n", 1);
    refuses(&page, NULL);
}

// Files that take each other in: "0" uses "1" uses "2" ... and the last one the first again.
struct library {
    int files;
    char bytes[64];
};

static bool load(void *user, const char *path, const char **bytes, size_t *length)
{
    struct library *library = user;
    int number = (int)strtol(path, NULL, 10);
    *length = (size_t)snprintf(library->bytes, sizeof library->bytes, "use \"%d.crux\"\n", (number + 1) % library->files);
    *bytes = library->bytes;
    return true;
}

static void takes_itself_in(int files)
{
    struct library library = {.files = files};
    const struct crux_loader loader = {.load = load, .user = &library};
    struct crux_session *crux = crux_open(NULL);
    crux_set_loader(crux, &loader);
    cr_assert(crux_add_file(crux, "0.crux") == CRUX_OK);
    clock_t start = clock();
    cr_assert(crux_check(crux) == CRUX_REJECTED);
    cr_assert((double)(clock() - start) / CLOCKS_PER_SEC < PATIENCE);
    cr_assert(crux_diagnostic_count(crux) > 0 && crux_exit_code(crux) == 2);
    crux_close(crux);
}

Test(hostile, files_that_take_each_other_in)
{
    takes_itself_in(1);
    takes_itself_in(2);
    takes_itself_in(500);
    takes_itself_in(1 << 20);
}
