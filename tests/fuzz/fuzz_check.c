// Any bytes along the whole road: checked, compiled, judged and reported, with few futures and little time.
#include <stdint.h>
#include <stdlib.h>

#include "crux.h"

static bool discard(void *user, const char *bytes, size_t length)
{
    // Every byte is read, so that the sanitizers see them all.
    unsigned *sum = user;
    for (size_t i = 0; i < length; i++)
        *sum += (unsigned char)bytes[i];
    return true;
}

static bool no_file(void *user, const char *path, const char **bytes, size_t *length)
{
    (void)user;
    (void)path;
    *bytes = "there are no files here";
    *length = 0;
    return false;
}

static void must(enum crux_status status)
{
    if (status != CRUX_OK)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned sum = 0;
    const struct crux_writer writer = {.write = discard, .user = &sum};
    const struct crux_loader loader = {.load = no_file};
    struct crux_session *crux = crux_open(NULL);
    crux_set_loader(crux, &loader);
    must(crux_set(crux, CRUX_SAMPLES, "512"));
    must(crux_set(crux, CRUX_BUDGET, "0.2"));
    must(crux_set(crux, CRUX_THREADS, "1"));
    must(crux_add_text(crux, "input.crux", (const char *)data, size));
    enum crux_status status = crux_check(crux);
    if (status != CRUX_OK && status != CRUX_REJECTED)
        abort();
    must(crux_write_diagnostics(crux, false, &writer));
    must(crux_write(crux, "human", NULL, &writer));
    must(crux_write(crux, "json", NULL, &writer));
    crux_close(crux);
    return 0;
}
