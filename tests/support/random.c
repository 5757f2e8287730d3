#include "tests/support/random.h"

#include <stdlib.h>

uint64_t random_seed(void)
{
    const char *text = getenv("RANDOM_SEED");
    return text != NULL ? strtoull(text, NULL, 0) : 20270401;
}
