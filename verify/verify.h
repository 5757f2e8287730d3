// Re-checks a proof: what `crux verify` does, and all that it rests on besides reading programs.
//
// Shares no code with the prover, the compiler or the kernels: it walks the tree of the checked program (verify/walk.h) in its own
// intervals (verify/range.h), reads the laws itself (verify/law.h), and finds by itself whether the leaves cover the box.
#ifndef VERIFY_VERIFY_H
#define VERIFY_VERIFY_H

#include <stdint.h>

#include "dsl/program.h"
#include "verify/certificate.h"

// Boxes looked at for one claim at most: so many, and as many again for each leaf. A leaf that is not decided is halved.
enum { VERIFY_BOXES = 20000, VERIFY_BOXES_A_LEAF = 8 };

struct verification {
    bool verified;
    const char *reason;   // why not; NULL when it is
    uint64_t boxes;       // looked at
};

// The reason lies on `arena`; `scratch` is left as it was found.
struct verification verify_claim(struct arena *arena, struct arena *scratch, const struct program *program,
                                 const struct certificate_claim *claim);

#endif
