#include "tests/support/failing_allocator.h"

#include <stdlib.h>

static void *resize(void *user, void *block, size_t old_size, size_t new_size)
{
    struct failing_allocator *state = user;
    if (new_size > 0) {
        size_t call = state->calls++;
        if (call == state->fail_at || (state->keep_failing && call > state->fail_at))
            return NULL;
    }
    void *moved = NULL;
    if (new_size == 0)
        free(block);
    else if ((moved = realloc(block, new_size)) == NULL)
        return NULL;
    state->live_bytes += new_size - old_size;
    state->live_blocks += (block == NULL && new_size > 0) ? 1 : 0;
    state->live_blocks -= (block != NULL && new_size == 0) ? 1 : 0;
    if (state->live_bytes > state->peak_bytes)
        state->peak_bytes = state->live_bytes;
    return moved;
}

void failing_allocator_init(struct failing_allocator *state, size_t fail_at)
{
    *state = (struct failing_allocator){.fail_at = fail_at};
    state->allocator = (struct allocator){.resize = resize, .user = state};
}
