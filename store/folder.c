#include "store/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/vector.h"
#include "store/connection.h"

struct folder {
    struct arena *arena;
    struct text path;
    VECTOR(struct text) tables;
    const char *trouble; // NULL: none yet
};

static void close_folder(void *handle)
{
    closedir(handle);
}

static bool is_table(const char *name)
{
    const char *dot = strrchr(name, '.');
    return name[0] != '.' && dot && strcmp(dot, ".csv") == 0;
}

static int by_name(const void *first, const void *second)
{
    const struct text *a = first, *b = second;
    return text_compare(*a, *b);
}

static void refuse_folder(struct folder *folder, int error)
{
    const int length = (int)folder->path.length;
    const char *path = folder->path.at;
    if (error == ENOENT)
        folder->trouble = arena_printf(folder->arena, "there is no folder `%.*s`: look for a slip in the path", length, path);
    else if (error == ENOTDIR)
        folder->trouble = arena_printf(folder->arena, "`%.*s` is no folder: name the one that holds the tables; a database goes with --from-db or --to-db",
                                       length, path);
    else
        folder->trouble = arena_printf(folder->arena, "the folder `%.*s` cannot be read: %s", length, path, strerror(error));
}

static void list_tables(struct folder *folder)
{
    DIR *handle = opendir(text_copy(folder->arena, folder->path).at);
    if (!handle) {
        refuse_folder(folder, errno);
        return;
    }
    const char *between = folder->path.at[folder->path.length - 1] == '/' ? "" : "/";
    arena_defer(folder->arena, close_folder, handle);
    for (struct dirent *entry; (entry = readdir(handle)) != NULL;)
        if (is_table(entry->d_name))
            vector_push(folder->arena, &folder->tables,
                        text_of(arena_printf(folder->arena, "%.*s%s%s", TEXT_ARGS(folder->path), between, entry->d_name)));
    if (folder->tables.count > 1)
        qsort(folder->tables.at, folder->tables.count, sizeof *folder->tables.at, by_name);
}

// A name from a folder that may come from anybody, fit to be printed.
static const char *printable(struct arena *arena, struct text name)
{
    char *copy = arena_copy(arena, name.at, name.length + 1);
    for (size_t i = 0; i < name.length; i++)
        if ((unsigned char)copy[i] < ' ' || copy[i] == 0x7f)
            copy[i] = '?';
    return copy;
}

// What cannot be looked at is left to the import, which says why.
static void look_at_tables(struct folder *folder)
{
    long long bytes = 0;
    for (size_t i = 0; i < folder->tables.count && !folder->trouble; i++) {
        struct stat about;
        if (stat(folder->tables.at[i].at, &about) != 0 || S_ISDIR(about.st_mode))
            continue;
        if (!S_ISREG(about.st_mode))
            folder->trouble = arena_printf(folder->arena, "`%s` is no plain file: take it out of the folder",
                                           printable(folder->arena, folder->tables.at[i]));
        bytes += about.st_size > FOLDER_BYTES ? FOLDER_BYTES + 1LL : (long long)about.st_size;
    }
    const int length = (int)folder->path.length;
    if (folder->trouble)
        return;
    if (folder->tables.count == 0)
        folder->trouble = arena_printf(folder->arena, "the folder `%.*s` holds no table: no name in it ends in .csv", length, folder->path.at);
    else if (folder->tables.count > IMPORT_TABLES)
        folder->trouble = arena_printf(folder->arena, "the folder `%.*s` holds %zu tables, and %d can be read at once: leave in it those that matter", length,
                                       folder->path.at, folder->tables.count, IMPORT_TABLES);
    else if (bytes > FOLDER_BYTES)
        folder->trouble = arena_printf(folder->arena,
                                       "the tables in `%.*s` are larger than %d MB together: put them into a data store with `crux data import --db FILE` and "
                                       "compare that one",
                                       length, folder->path.at, FOLDER_BYTES >> 20);
}

static void read_tables(struct folder *folder, const struct import_request *request, struct folder_answer *answer)
{
    struct store *store = store_in_memory(folder->arena);
    if (!store) {
        answer->message = TEXT("there is not enough memory for another data store");
        return;
    }
    answer->outcome = import_tables(store, folder->arena, request, &answer->result);
    if (answer->outcome == IMPORT_DONE)
        answer->store = store;
    else if (answer->outcome == IMPORT_FAILED)
        store_trouble(store, &answer->message);
}

struct folder_answer store_read_folder(struct arena *arena, struct text path, bool (*go_on)(void *user, size_t rows), void *user)
{
    struct folder folder = {.arena = arena, .path = path};
    struct folder_answer answer = {.outcome = IMPORT_FAILED};
    if (path.length == 0)
        refuse_folder(&folder, ENOENT);
    else
        list_tables(&folder);
    if (!folder.trouble)
        look_at_tables(&folder);
    if (folder.trouble) {
        answer.message = text_of(folder.trouble);
        return answer;
    }
    const struct import_request request = {
        .paths = folder.tables.at, .count = folder.tables.count, .origin = path, .go_on = go_on, .user = user};
    read_tables(&folder, &request, &answer);
    return answer;
}
