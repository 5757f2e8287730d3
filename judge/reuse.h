// Verdicts of an earlier run that still hold: what they follow from is the same.
#ifndef JUDGE_REUSE_H
#define JUDGE_REUSE_H

#include "judge/inquiry.h"

// Whether the verdict is known (judge_options.known) and nothing else about it is needed: then its kind, basis and probability are
// taken over. Evaluated in any case are claims that ask for a value, that read estimates, that are expected to be sensitive to
// something and are, and whose verdict needs a reason; and all of them when a remark is an error or a certificate is wanted.
bool reuse_verdict(struct work *work, struct inquiry *inquiry);

#endif
