// An allocator for tests: counts what is live and fails the allocation it is told to.
#ifndef TESTS_SUPPORT_FAILING_ALLOCATOR_H
#define TESTS_SUPPORT_FAILING_ALLOCATOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct failing_allocator {
    struct allocator allocator; // give the address of this to the code under test
    size_t calls;               // allocations asked for so far
    size_t fail_at;             // this one fails, counted from 0; SIZE_MAX for none
    bool keep_failing;          // and so do all after it
    size_t live_bytes, live_blocks, peak_bytes;
};

// In place: the allocator points at its own state.
void failing_allocator_init(struct failing_allocator *state, size_t fail_at);

#endif
