// A statement as a row of parts in canonical order, each with the comments that belong to it.
#ifndef DSL_PRINT_ITEM_H
#define DSL_PRINT_ITEM_H

#include "base/vector.h"
#include "dsl/print_parts.h"

enum part_kind { PART_HEAD, PART_TEXT, PART_WHO, PART_LINK, PART_CLAUSE, PART_FORMULA };

struct part {
    enum part_kind kind;
    const struct clause *clause;
    struct span span;                      // in the source; empty for a tree that was not parsed
    VECTOR(const struct comment *) before; // on lines of their own
    const struct comment *beside;          // at the end of its line
};

struct part_list {
    struct part *at;
    size_t count, room;
};

// A scenario's inner statements are not among the parts.
struct part_list parts_of(struct arena *arena, const struct item *item);

// Writes a part, on one line or broken. Starts where the buffer stands.
void write_part(struct buffer *out, const struct item *item, const struct part *part, bool broken);

#endif
