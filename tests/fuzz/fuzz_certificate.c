// Any bytes as a certificate of two small claims: read, and re-checked as far as they go.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "crux.h"

static bool load(void *user, const char *path, const char **bytes, size_t *length)
{
    static const char program[] = "input a : 1 = 1 .. 2 \"first\"\ninput n : 1 = normal(10, 1) \"second\"\n"
                                  "claim s : a + n > 1.9\nclaim t : n > 5 implies a < 3\n";
    (void)user;
    (void)path;
    *bytes = program;
    *length = sizeof program - 1;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct crux_loader loader = {.load = load};
    struct crux_session *crux = crux_open(NULL);
    crux_set_loader(crux, &loader);
    const enum crux_status status = crux_verify(crux, (const char *)data, size);
    if (status != CRUX_OK && status != CRUX_REJECTED && status != CRUX_BAD_ARGUMENT && status != CRUX_STORE)
        abort();
    for (size_t i = 0; i < crux_verification_count(crux); i++)
        if (strlen(crux_verification(crux, i)->reason) == 0 && !crux_verification(crux, i)->verified)
            abort();
    crux_close(crux);
    return 0;
}
