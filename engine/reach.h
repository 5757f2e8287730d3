// Which of the things that some set replaces a definition, claim, function or set can reach, directly or through others.
#ifndef ENGINE_REACH_H
#define ENGINE_REACH_H

#include <stdbool.h>
#include <stdint.h>

struct worlds;

// Numbers the targets of all sets of the program and computes what reaches them.
void reach_compute(struct worlds *worlds);
bool reach_has(const struct worlds *worlds, const uint64_t *bits, const void *target);
// Adds what `owner` reaches; an owner that is not known (an input) reaches nothing.
void reach_add(const struct worlds *worlds, uint64_t *bits, const void *owner);
void reach_add_target(const struct worlds *worlds, uint64_t *bits, const void *target);

#endif
