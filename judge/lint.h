// Lints: what is suspicious about a claim, an assumption or an input, seen over all claims of a run. Not for other folders.
#ifndef JUDGE_LINT_H
#define JUDGE_LINT_H

#include "base/buffer.h"
#include "judge/inquiry.h"

// Futures over all that the inputs could be, for a claim that cannot fail or cannot hold; and those of them that must be relevant.
enum { LINT_FUTURES = 4096, LINT_RELEVANT = 256 };

// Adds a remark to a verdict that has its remarks.
void lint_add(struct work *work, struct inquiry *inquiry, enum remark_kind kind, const char *text);
bool lint_is_on(const struct work *work, enum remark_kind kind);
bool lint_fails(const struct work *work, enum remark_kind kind); // it counts as an error

// W708, W709, W710: of each claim.
void lint_claims(struct work *work, struct inquiry *inquiries, size_t count);
// W711, W712: an assumption or input of the claim's own file that moves no claim, told at the first claim that reads it. Of a run of only some
// of a file's claims nothing is said, nor when the verdict of some is known from before.
void lint_unmoved(struct work *work, struct inquiry *inquiries, size_t count);

// All of them; then drops the remarks that are switched off and fails the claims whose remarks are errors. After the expectations.
void add_lints(struct work *work, struct inquiry *inquiries, size_t count);
void apply_lints(struct work *work, struct inquiry *inquiry);

#endif
