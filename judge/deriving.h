// What the files that make a derivation share. Not for other folders.
//
// derive.c goes from name to name, nearest the claim first; derive_open.c opens one expression; derive_decide.c finds the step, the
// member and the term that decide.
#ifndef JUDGE_DERIVING_H
#define JUDGE_DERIVING_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vector.h"
#include "engine/trace.h"
#include "judge/derivation.h"

enum { DERIVED_MOST = 4000, TERMS_MOST = 4 };

struct site { // an expression and where it is looked at
    const struct node *node;
    const struct spot *spot;
    const struct scenario *under;
};
struct task {
    struct derived *derived;
    struct site site;
};
struct deriving {
    struct arena *arena;
    struct trace *trace;
    const struct program *program;
    size_t columns, depth, made;
    struct map opened;       // struct derived_key -> where it is opened
    VECTOR(struct task) queue;
    VECTOR(const struct source_entry *) sources;
    size_t cut_count;
};

// Through what only says where to look: `at`, `under`, `previous`, an `if` whose condition no input can change.
struct site peel(struct deriving *deriving, struct site site);
// A node for the site, opened later when `open`.
struct derived *derive_add(struct deriving *deriving, struct derived *parent, struct site site, enum derived_role role, bool open);
// Opens a node that was added without.
void derive_later(struct deriving *deriving, struct derived *derived, struct site site);
// The children of an expression.
void derive_open(struct deriving *deriving, struct derived *derived, struct site site);

bool is_name(const struct node *node);
bool is_comparison(const struct node *node);
// The same site with another expression of it.
struct site part_of(struct site site, const struct node *node);

// derive_decide.c
void open_phrase(struct deriving *deriving, struct derived *derived, struct site site);
void open_window(struct deriving *deriving, struct derived *derived, struct site site);
void open_when(struct deriving *deriving, struct derived *derived, struct site site);
void open_members(struct deriving *deriving, struct derived *derived, struct site site);

#endif
