// Two authors' files as two scenarios of one program (`crux compare mine.crux theirs.crux`): tree work, nothing is looked up.
//
// Each file keeps a tree of its own, with its `use` lines and `default`s, and a scenario that holds what its author alone says: the
// file-level `set`s and `assume`s, and of the second file `set NAME = ...` for each input or definition that both give and give
// differently. What both declare alike stands once, in the first. A claim that both state in other words is kept twice, the second
// under another name. Relations and expectations are left out: they are not what is compared. Nodes are shared with the trees that
// were read, so places in messages are those of the files; the trees themselves are not changed.
#ifndef DSL_MERGE_H
#define DSL_MERGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "dsl/source.h"

struct arena;
struct diags;
struct item;
struct tree;

struct merge_side {
    const struct tree *tree;
    struct text name;  // what the side is called: "mine"
    bool is_base;      // the other file takes it in: what it sets and assumes counts for both
};

// A claim of one name that the two files word differently.
struct worded {
    struct text name, other;    // what the second file's is called now
    struct span spans[2];       // of the two names
};

struct merged {
    struct tree *trees[2];
    struct text scenarios[2];   // the scenarios that are the sides
    size_t worded_count;
    const struct worded *worded;
};

// `sets` are those of the command line, which stand in the place of what the files set; NULL: none. What cannot be one program, such
// as two timelines, is a diagnostic.
void merge_sides(struct arena *arena, const struct merge_side sides[2], const struct item *sets, struct diags *diags, struct merged *merged);

#endif
