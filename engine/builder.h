// Grows the instruction array: folds constants, shares equal instructions, simplifies what is safe to the bit.
//
// Every build_ function returns the number of a value that equals the operation asked for in every future. Past
// LIMIT_INSTRUCTIONS the builder is `full` and returns the value without meaning (number 0, NaN).
#ifndef ENGINE_BUILDER_H
#define ENGINE_BUILDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/model.h"

struct arena;

struct builder {
    struct arena *arena;
    struct instruction *code;
    bool *never;          // of each value: it may be the infinite date of a `when` that never comes, or made from one
    size_t count, room;
    value_id *table;      // open addressing: value numbers plus one, 0 is free
    size_t table_room;    // a power of two
    size_t limit;
    bool full;
};

void builder_init(struct builder *builder, struct arena *arena, size_t limit);
value_id build_constant(struct builder *builder, double value);
value_id build_column(struct builder *builder, size_t column);
value_id build1(struct builder *builder, enum op op, value_id a);
value_id build2(struct builder *builder, enum op op, value_id a, value_id b);
value_id build_select(struct builder *builder, value_id condition, value_id a, value_id b);
bool build_is_constant(const struct builder *builder, value_id id, double *value);
bool build_is(const struct builder *builder, value_id id, double value); // the constant `value`
void build_mark_never(struct builder *builder, value_id id);

#endif
