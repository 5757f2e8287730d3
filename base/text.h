// Slices of bytes, usually of a source file: not NUL-terminated, not owned.
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct text {
    const char *at;
    size_t length;
};

#define TEXT(literal) ((struct text){(literal), sizeof(literal) - 1})
// For printf: printf("%.*s", TEXT_ARGS(name))
#define TEXT_ARGS(t) (int)(t).length, (t).at

struct text text_of(const char *string); // NULL gives an empty slice
bool text_equal(struct text a, struct text b);
bool text_is(struct text a, const char *string);
int text_compare(struct text a, struct text b);           // order of bytes
struct text text_copy(struct arena *arena, struct text t); // NUL-terminated copy
uint64_t text_hash(struct text t);
bool text_valid_utf8(struct text t, size_t *bad);          // *bad: offset of the first bad byte
size_t text_columns(struct text t);                        // code points

// Levenshtein distance with transpositions, or `limit` + 1 when it is larger. Long names count as far.
size_t text_distance(struct text a, struct text b, size_t limit);

#endif
