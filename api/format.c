// The canonical layout of one text, and what a host needs to format files.
#include "api/read.h"

#include "base/buffer.h"
#include "dsl/ast.h"
#include "dsl/diag.h"
#include "dsl/print.h"
#include "grammar/parse.h"

// ---- layout ------------------------------------------------------------------------------------------------------------------

struct layout {
    struct text name, bytes;
    const struct crux_writer *writer;
};

static void finish(struct crux_session *crux)
{
    crux->report.diags = crux->diags;
    if (crux->diags->error_count > 0)
        session_fail(crux, CRUX_REJECTED, "%zu mistake%s in the input", crux->diags->error_count,
                     crux->diags->error_count == 1 ? "" : "s");
    make_views(crux);
}

static void format(struct crux_session *crux, void *argument)
{
    const struct layout *layout = argument;
    session_start_run(crux);
    const struct text name = text_copy(&crux->run, layout->name), bytes = text_copy(&crux->run, layout->bytes);
    const struct source *source = sources_add(crux->sources, name, bytes);
    struct tree *tree = parse_source(&crux->run, crux->sources, source, crux->diags);
    finish(crux);
    if (crux->status != CRUX_OK)
        return;
    struct buffer out = buffer_on(&crux->scratch);
    print_tree(&out, tree);
    if (!layout->writer->write(layout->writer->user, out.at ? out.at : "", out.length))
        session_fail(crux, CRUX_NOT_WRITTEN, "the writer refused what it was given");
}

enum crux_status crux_format(struct crux_session *crux, const char *name, const char *bytes, size_t length,
                             const struct crux_writer *writer)
{
    struct layout layout = {.name = text_of(name), .bytes = {bytes, length}, .writer = writer};
    return session_enter(crux, format, &layout);
}

// ---- files -------------------------------------------------------------------------------------------------------------------

struct reading {
    struct text path, bytes;
};

static void read(struct crux_session *crux, void *argument)
{
    struct reading *reading = argument;
    session_start_run(crux);
    struct identity identity;
    read_bytes(crux, text_copy(&crux->run, reading->path), (struct span){0}, &reading->bytes, &identity);
    finish(crux);
}

enum crux_status crux_read_file(struct crux_session *crux, const char *path, const char **bytes, size_t *length)
{
    struct reading reading = {.path = text_of(path)};
    const enum crux_status status = session_enter(crux, read, &reading);
    *bytes = reading.bytes.at;
    *length = reading.bytes.length;
    return status;
}

struct listing {
    struct text path;
    struct text_vector paths;
};

static void list(struct crux_session *crux, void *argument)
{
    struct listing *listing = argument;
    session_start_run(crux);
    const struct text path = text_copy(&crux->session, listing->path);
    if (is_folder(crux, path)) {
        struct text_vector found = {0};
        read_folder(crux, path, &found);
        for (size_t i = 0; i < found.count; i++)
            vector_push(&crux->session, &listing->paths, text_copy(&crux->session, found.at[i]));
    } else {
        vector_push(&crux->session, &listing->paths, path);
    }
    finish(crux);
}

// The paths live with the session, because found() may start runs of its own.
enum crux_status crux_list(struct crux_session *crux, const char *path, bool (*found)(void *user, const char *path), void *user)
{
    struct listing listing = {.path = text_of(path)};
    const enum crux_status status = session_enter(crux, list, &listing);
    if (status != CRUX_OK)
        return status;
    for (size_t i = 0; i < listing.paths.count; i++)
        if (!found(user, listing.paths.at[i].at))
            break;
    return CRUX_OK;
}
