// Folders: which files in them are Crux.
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "api/read.h"
#include "dsl/diag.h"
#include "dsl/limits.h"

enum { LIMIT_FOLDER_DEPTH = 32 };

static void close_folder(void *handle)
{
    closedir(handle);
}

bool is_folder(const struct crux_session *crux, struct text path)
{
    struct stat status;
    return !crux->has_loader && stat(path.at, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool ends_in_crux(struct text name)
{
    const struct text ending = TEXT(".crux");
    return name.length > ending.length &&
           text_equal((struct text){name.at + name.length - ending.length, ending.length}, ending);
}

static int by_name(const void *a, const void *b)
{
    return text_compare(*(const struct text *)a, *(const struct text *)b);
}

static struct text join(struct arena *arena, struct text folder, const char *name)
{
    const char *between = folder.length > 0 && folder.at[folder.length - 1] == '/' ? "" : "/";
    return text_of(arena_printf(arena, "%.*s%s%s", TEXT_ARGS(folder), between, name));
}

// The names in a folder, sorted; false when it cannot be read.
static bool list(struct crux_session *crux, struct text path, struct text_vector *names)
{
    const struct arena_mark mark = arena_mark(&crux->scratch);
    DIR *folder = opendir(path.at);
    if (!folder)
        return false;
    arena_defer(&crux->scratch, close_folder, folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.')
            vector_push(&crux->run, names, join(&crux->run, path, entry->d_name));
    arena_release(&crux->scratch, mark); // closes the folder
    if (names->count > 1)
        qsort(names->at, names->count, sizeof *names->at, by_name);
    return true;
}

static void walk(struct crux_session *crux, struct text path, struct text_vector *paths, int depth)
{
    struct text_vector names = {0};
    if (!list(crux, path, &names)) {
        diag_add(crux->diags, DIAG_FILE, (struct span){0}, "cannot read the folder %.*s: %s", TEXT_ARGS(path), strerror(errno));
        return;
    }
    for (size_t i = 0; i < names.count; i++) {
        struct stat status;
        if (lstat(names.at[i].at, &status) == 0 && S_ISDIR(status.st_mode)) {
            if (depth < LIMIT_FOLDER_DEPTH)
                walk(crux, names.at[i], paths, depth + 1);
        } else if (ends_in_crux(names.at[i])) {
            vector_push(&crux->run, paths, names.at[i]);
        }
    }
}

void read_folder(struct crux_session *crux, struct text path, struct text_vector *paths)
{
    const size_t before = paths->count, errors = crux->diags->error_count;
    walk(crux, path, paths, 0);
    if (paths->count > before || crux->diags->error_count > errors)
        return;
    struct diag *diag = diag_add(crux->diags, DIAG_EMPTY, (struct span){0}, "no file in the folder %.*s ends in .crux", TEXT_ARGS(path));
    diag_help(crux->diags, diag, "name the folder that holds your claim files, or a file itself");
}
