#include "store/create.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "store/connection.h"
#include "store/shipped.h"

static void fail(struct store *store, const char *path, int error)
{
    if (error == ENOSPC || error == EDQUOT || error == EFBIG)
        store_fail(store, STORE_FULL, "there is no room left for `%s`: it was not made; make room and try again", path);
    else if (error == EACCES || error == EPERM || error == EROFS)
        store_fail(store, STORE_READ_ONLY, "`%s` cannot be made: its folder cannot be written; name a file elsewhere", path);
    else if (error == ENOENT || error == ENOTDIR)
        store_fail(store, STORE_FAILED, "`%s` cannot be made: there is no such folder; make it first", path);
    else
        store_fail(store, STORE_FAILED, "`%s` cannot be made: %s", path, strerror(error));
}

static bool write_whole(int file, const unsigned char *at, size_t size)
{
    while (size > 0) {
        const ssize_t written = write(file, at, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        at += written;
        size -= (size_t)written;
    }
    return fsync(file) == 0;
}

// Gives the finished file its name, unless another process was faster. Some file systems know no second names: there the last wins.
static bool give_name(const char *temporary, const char *path)
{
    if (link(temporary, path) == 0 || errno == EEXIST) {
        unlink(temporary);
        return true;
    }
    return rename(temporary, path) == 0;
}

bool store_create(struct store *store, const char *path)
{
    enum { ATTEMPTS = 100 }; // names left behind by processes that were killed, and had our number
    int file = -1;
    const char *temporary = NULL;
    for (int i = 0; i < ATTEMPTS && file < 0 && (i == 0 || errno == EEXIST); i++) {
        temporary = arena_printf(store->arena, "%s.new-%ld-%d", path, (long)getpid(), i);
        file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    }
    if (file < 0) {
        fail(store, store->path, errno);
        return false;
    }
    int error = write_whole(file, shipped_image, shipped_image_size) ? 0 : errno;
    if (close(file) != 0 && error == 0)
        error = errno;
    if (error == 0 && !give_name(temporary, path))
        error = errno;
    if (error != 0) {
        unlink(temporary);
        fail(store, store->path, error);
    }
    store->made = error == 0;
    return store->made;
}
