#include "tests/support/golden.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/parsed.h"

const char *golden_path(const char *path, const char *ending)
{
    const char *dot = strrchr(path, '.');
    size_t stem = dot != NULL ? (size_t)(dot - path) : strlen(path);
    return arena_printf(parsed_arena(), "%.*s%s", (int)stem, path, ending);
}

static void rewrite(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    cr_assert_not_null(file, "%s cannot be written", path);
    fputs(text, file);
    fclose(file);
}

bool golden_check(const char *expected_path, const char *actual)
{
    if (getenv("GOLDEN") != NULL) {
        rewrite(expected_path, actual);
        return true;
    }
    const char *expected = parsed_file(expected_path).at;
    if (expected == NULL)
        expected = "";
    if (strcmp(expected, actual) == 0)
        return true;
    size_t at = 0, line = 1;
    for (; expected[at] != '\0' && expected[at] == actual[at]; at++)
        line += expected[at] == '\n';
    cr_expect(false, "%s: differs at line %zu\n--- is\n%s\n--- should be\n%s", expected_path, line, actual, expected);
    return false;
}
