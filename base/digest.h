// Digests of 128 bits, for telling things apart and not against an adversary: FNV-1a (Fowler, Noll, Vo), which is in the public
// domain. No library that is linked has a hash of this length, and 64 bits are few for what many runs are compared by.
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stdint.h>

#include "base/text.h"

struct digest {
    uint64_t high, low;
};

// Each takes the digest of what came before; the first one that of nothing.
struct digest digest_nothing(void);
struct digest digest_bytes(struct digest digest, const void *bytes, size_t count);
struct digest digest_text(struct digest digest, struct text text); // with its length: texts do not run into each other
struct digest digest_whole(struct digest digest, uint64_t value);
struct digest digest_number(struct digest digest, double value);   // by its bits; all that is no number is one, and so are both zeros
struct digest digest_digest(struct digest digest, struct digest part);

// The sum of digests is one of a collection without order.
struct digest digest_sum(struct digest a, struct digest b);
int digest_compare(struct digest a, struct digest b);
enum { DIGEST_DIGITS = 32 };
const char *digest_words(struct arena *arena, struct digest digest); // DIGEST_DIGITS hexadecimal digits

#endif
