#include "report/json_writer.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"

static struct arena arena;

static void setup(void)
{
    arena_init(&arena, &system_allocator, NULL);
}

static void teardown(void)
{
    arena_reset(&arena);
}

TestSuite(json_writer, .init = setup, .fini = teardown);

Test(json_writer, writes_every_kind_of_value)
{
    struct buffer out = buffer_on(&arena);
    struct json json = {.out = &out, .first = true};
    json_open(&json, NULL, '{');
    json_string(&json, "text", "a\"b\\c\n\t\001\xc3\xa9");
    json_string(&json, "none", NULL);
    json_number(&json, "third", 1.0 / 3);
    json_number(&json, "never", INFINITY);
    json_number(&json, "unknown", NAN);
    json_count(&json, "count", UINT64_C(9007199254740993));
    json_truth(&json, "yes", true);
    json_open(&json, "empty", '[');
    json_close(&json, ']');
    json_open(&json, "nothing", '{');
    json_close(&json, '}');
    json_numbers(&json, "pair", (const double[]){0.5, -1e300}, 2);
    json_open(&json, "list", '[');
    json_text(&json, NULL, TEXT("x"));
    json_text(&json, NULL, TEXT("y"));
    json_close(&json, ']');
    json_close(&json, '}');
    cr_assert_str_eq(out.at, "{\n"
                             "  \"text\": \"a\\\"b\\\\c\\n\\t\\u0001\xc3\xa9\",\n"
                             "  \"none\": null,\n"
                             "  \"third\": 0.3333333333333333,\n"
                             "  \"never\": null,\n"
                             "  \"unknown\": null,\n"
                             "  \"count\": 9007199254740993,\n"
                             "  \"yes\": true,\n"
                             "  \"empty\": [],\n"
                             "  \"nothing\": {},\n"
                             "  \"pair\": [0.5, -1e+300],\n"
                             "  \"list\": [\n"
                             "    \"x\",\n"
                             "    \"y\"\n"
                             "  ]\n"
                             "}");
}

// The C library reads the same double.
Test(json_writer, numbers_survive_the_round_trip)
{
    uint64_t state = 88172645463325252u;
    for (int i = 0; i < 2000; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        double value;
        memcpy(&value, &state, sizeof value);
        if (!isfinite(value))
            continue;
        struct buffer out = buffer_on(&arena);
        struct json json = {.out = &out, .first = true};
        json_numbers(&json, NULL, &value, 1);
        cr_assert(strtod(out.at + 1, NULL) == value, "%a became %s", value, out.at);
    }
}
