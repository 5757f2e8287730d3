#include "tests/support/nowhere.h"

static bool discard(void *user, const char *bytes, size_t length)
{
    (void)user;
    (void)bytes;
    (void)length;
    return true;
}

const struct crux_writer nowhere = {.write = discard};
