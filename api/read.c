#include "api/read.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dsl/diag.h"
#include "dsl/limits.h"

static void close_file(void *handle)
{
    close((int)(intptr_t)handle);
}

static const char *remedy(struct text path, struct span user, int error)
{
    struct stat status;
    switch (error) {
    case ENOENT:
        if (lstat(path.at, &status) == 0)
            return "it is a link to something that is not there: mend the link";
        return user.end > user.start ? "check the spelling; the path is relative to the file that takes it in"
                                     : "check the spelling; the path is relative to the current folder";
    case EACCES:
        return "make it readable for you: chmod +r";
    case ELOOP:
        return "the links on this path lead in a circle: point one of them at a real file";
    case EISDIR:
        return "it is a folder: name a file in it";
    default:
        return NULL;
    }
}

static bool cannot_read(struct crux_session *crux, struct text path, struct span user, int error)
{
    struct diag *diag = diag_add(crux->diags, DIAG_FILE, user, "cannot read %.*s: %s", TEXT_ARGS(path), strerror(error));
    const char *help = remedy(text_copy(&crux->scratch, path), user, error);
    if (help)
        diag_help(crux->diags, diag, "%s", help);
    return false;
}

static bool too_large(struct crux_session *crux, struct text path, struct span user)
{
    struct diag *diag = diag_add(crux->diags, DIAG_LIMIT, user, "%.*s is larger than %d MB, the limit of one file",
                                 TEXT_ARGS(path), LIMIT_FILE_BYTES >> 20);
    struct stat status;
    const bool device = !crux->has_loader && stat(text_copy(&crux->scratch, path).at, &status) == 0 && !S_ISREG(status.st_mode);
    diag_help(crux->diags, diag, device ? "it is a device or a pipe: name a file" : "split it by subject and take the parts in with `use`");
    return false;
}

// Reads to the end: `expected` is only a first guess, since pipes and devices have no size.
static bool read_all(struct crux_session *crux, int file, size_t expected, struct text *bytes)
{
    size_t room = expected + 1, length = 0;
    char *at = arena_alloc(&crux->run, room + 1);
    for (;;) {
        if (length == room) {
            size_t more = room * 2 + 65536;
            at = arena_grow(&crux->run, at, room + 1, more + 1);
            room = more;
        }
        ssize_t got = read(file, at + length, room - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        length += (size_t)got;
        if (got == 0 || length > LIMIT_FILE_BYTES)
            break;
    }
    *bytes = (struct text){at, length};
    return true;
}

static bool read_file(struct crux_session *crux, struct text path, struct span user, struct text *bytes, struct identity *identity)
{
    const char *name = text_copy(&crux->scratch, path).at;
    // A named pipe that nobody writes to would keep open waiting for ever; so opened it reads as empty.
    int file = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (file < 0)
        return cannot_read(crux, path, user, errno);
    fcntl(file, F_SETFL, O_RDONLY);
    arena_defer(&crux->scratch, close_file, (void *)(intptr_t)file);
    struct stat status;
    if (fstat(file, &status) != 0)
        return cannot_read(crux, path, user, errno);
    if (S_ISDIR(status.st_mode))
        return cannot_read(crux, path, user, EISDIR);
    if (status.st_size > LIMIT_FILE_BYTES)
        return too_large(crux, path, user);
    *identity = (struct identity){(uint64_t)status.st_dev, (uint64_t)status.st_ino};
    if (!read_all(crux, file, (size_t)status.st_size, bytes))
        return cannot_read(crux, path, user, errno);
    return true;
}

static bool ask_loader(struct crux_session *crux, struct text path, struct span user, struct text *bytes)
{
    const char *at = NULL;
    size_t length = 0;
    if (!crux->loader.load(crux->loader.user, text_copy(&crux->scratch, path).at, &at, &length)) {
        diag_add(crux->diags, DIAG_FILE, user, "cannot read %.*s: %s", TEXT_ARGS(path), at ? at : "the loader has no such file");
        return false;
    }
    // Nothing that can run out of memory may stand between load and release but this copy: a host that gives out memory of
    // its own keeps track of it anyway.
    const bool bearable = length <= LIMIT_FILE_BYTES;
    if (bearable)
        *bytes = text_copy(&crux->run, (struct text){at, length});
    if (crux->loader.release)
        crux->loader.release(crux->loader.user, at, length);
    return bearable || too_large(crux, path, user);
}

bool read_bytes(struct crux_session *crux, struct text path, struct span user, struct text *bytes, struct identity *identity)
{
    *identity = (struct identity){0};
    if (crux->has_loader)
        return ask_loader(crux, path, user, bytes);
    const struct arena_mark mark = arena_mark(&crux->scratch);
    const bool read = read_file(crux, path, user, bytes, identity);
    arena_release(&crux->scratch, mark); // closes the file
    return read && (bytes->length <= LIMIT_FILE_BYTES || too_large(crux, path, user));
}
