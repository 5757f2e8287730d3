// Any bytes as a table to import, as a table of others, and as the statement that maps it: refused with places that exist, or
// imported and printed.
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buffer.h"
#include "report/data.h"
#include "store/append.h"
#include "store/connection.h"
#include "store/import_map.h"

static const char map[] = "subject = x.{a}, quantity = {b}, central = {c}, unit = W, valid_date = {d as m/d/y}, known_from = 2025, source_id = s, basis = guess";

static void check(const struct import_result *result)
{
    for (size_t i = 0; i < result->mistakes_kept; i++)
        if (!result->mistakes[i].reason || result->mistakes[i].line > result->rows + 100000)
            abort();
}

static void import(struct arena *arena, struct text path, size_t maps)
{
    struct store *store = store_in_memory(arena);
    const struct known_source source = {.id = TEXT("s"), .title = TEXT("a source")};
    const struct text statement = TEXT(map);
    const struct import_request request = {.paths = &path, .count = 1, .maps = &statement, .map_count = maps};
    struct import_result result;
    if (!store || store_begin(store, TEXT("fuzz"), TEXT("")) != STORE_OK || store_append_source(store, &source) != APPEND_ADDED ||
        store_commit(store) != STORE_OK)
        abort();
    const enum import_outcome outcome = import_tables(store, arena, &request, &result);
    if (outcome == IMPORT_FAILED || (outcome == IMPORT_DONE) != (result.mistake_count == 0))
        abort();
    check(&result);
    struct observer observer;
    struct buffer out = buffer_on(arena);
    const struct report_style plain = {0};
    store_observe(store, TEXT("2100"), 1e12, &observer);
    struct data_answer answer = {.vintage = TEXT("2100"), .names = ask_names(store, &observer, arena, TEXT(""))};
    write_data_human(&out, &answer, &plain);
    write_data_json(&out, &answer, &plain);
    write_import_mistakes(&out, &result, false);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    jmp_buf no_memory;
    struct arena arena;
    const char *reason, *help;
    if (setjmp(no_memory) != 0)
        abort();
    arena_init(&arena, &system_allocator, &no_memory);
    const int file = memfd_create("table", 0);
    if (file < 0 || write(file, data, size) != (ssize_t)size)
        abort();
    for (size_t maps = 0; maps < 2; maps++) {
        lseek(file, 0, SEEK_SET);
        import(&arena, text_of(arena_printf(&arena, "/proc/self/fd/%d", file)), maps);
    }
    if (!mapping_read(&arena, (struct text){(const char *)data, size}, &reason, &help) && !reason)
        abort();
    close(file);
    arena_reset(&arena);
    return 0;
}
