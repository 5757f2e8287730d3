// A model whose inputs may be almost anything: what can be said whatever the sources say.
//
// Every input is freed, each point of a path and each period on its own, correlations are dropped:
//
//   a range, a law      8 half-widths of its 90 % interval (of its bounds) beyond the centre, within what the law can take, as flips
//                       go (judge/mover.h)
//   a choice, a truth   every value, also where one is known
//   a known date        10 years to both sides
//   a known fraction    0 .. 1
//   another known value a tenth to tenfold; a known zero stays zero
//
// What a scenario or a claim sets stays set, and assumptions stay: they say what is meant.
#ifndef JUDGE_WIDEN_H
#define JUDGE_WIDEN_H

#include "judge/work.h"

enum { WIDE_FUTURES = 4096, WIDE_WORD = 64 };
#define WIDE_FIRST (UINT64_C(1) << 46) // numbers of their own

struct wide_row {
    const struct question *question;
    const uint64_t *premise, *holds; // by future, as in judge/joint.h
};
struct widened {
    struct work *work;     // over the widened model; on the arena of the other
    size_t row_count;      // of the model's questions, those with a concession left out
    const struct wide_row *rows;
};

// Of the claims that are `asked` for, by their position in the program. In every future some inputs stand where the sources have
// them and the others anywhere, few or nearly all. NULL: without a program, or too large. On work->arena.
const struct widened *widen(struct work *work, const bool *asked);

#endif
