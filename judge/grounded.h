// Which arguments survive attack: grounded semantics (Dung 1995, "On the acceptability of arguments").
//
// What nothing attacks is in; what something that is in attacks is out; what only attackers that are out attack is in; and so on.
// What is then neither is undecided: it takes part in, or hangs on, a circle of attacks that nothing breaks. The result is unique,
// and takes time linear in arguments and attacks.
#ifndef JUDGE_GROUNDED_H
#define JUDGE_GROUNDED_H

#include <stddef.h>

struct arena;

struct attack {
    size_t from, to; // both below the number of arguments; the same twice, and an argument that attacks itself, are fine
};

enum label { LABEL_UNDECIDED, LABEL_IN, LABEL_OUT };

// One label an argument, on the arena.
enum label *grounded_labels(struct arena *arena, size_t arguments, const struct attack *attacks, size_t attack_count);

#endif
