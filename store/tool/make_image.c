// make_image OUT TABLE.csv...: writes the database that becomes part of the library (store/shipped.h). The same tables give the same
// bytes. Without tables: an empty store.
#include <setjmp.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/append.h"
#include "store/connection.h"
#include "store/import.h"

static bool write_image(struct store *store, const char *path)
{
    sqlite3_int64 size = 0;
    unsigned char *bytes = sqlite3_serialize(store->db, "main", &size, 0);
    FILE *file = bytes ? fopen(path, "wb") : NULL;
    bool well = file && fwrite(bytes, 1, (size_t)size, file) == (size_t)size;
    if (file && fclose(file) != 0)
        well = false;
    sqlite3_free(bytes);
    if (!well)
        perror(path);
    return well;
}

static void print_mistake(const struct import_mistake *mistake)
{
    fprintf(stderr, "%.*s:%zu: error: %.*s: %s\n", TEXT_ARGS(mistake->path), mistake->line, TEXT_ARGS(mistake->name), mistake->reason);
    if (mistake->help)
        fprintf(stderr, "  help: %s\n", mistake->help);
}

static bool import(struct store *store, struct arena *arena, size_t count, char **tables)
{
    struct text *paths = arena_array(arena, count, sizeof *paths), message;
    for (size_t i = 0; i < count; i++)
        paths[i] = text_of(tables[i]);
    const struct import_request request = {.paths = paths, .count = count, .origin = TEXT("data/*.csv")};
    struct import_result result;
    if (import_tables(store, arena, &request, &result) == IMPORT_DONE)
        return true;
    for (size_t i = 0; i < result.mistakes_kept; i++)
        print_mistake(&result.mistakes[i]);
    if (store_trouble(store, &message) != STORE_OK)
        fprintf(stderr, "make_image: %.*s\n", TEXT_ARGS(message));
    return false;
}

int main(int count, char **arguments)
{
    jmp_buf no_memory;
    struct arena arena;
    if (count < 2 || setjmp(no_memory) != 0)
        return 2;
    arena_init(&arena, &system_allocator, &no_memory);
    struct store *store = store_in_memory(&arena);
    bool well = store && (count == 2 || import(store, &arena, (size_t)count - 2, arguments + 2));
    well = well && write_image(store, arguments[1]);
    arena_reset(&arena);
    return well ? 0 : 2;
}
