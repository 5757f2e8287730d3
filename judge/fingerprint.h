// What a verdict follows from, as text (struct verdict.fingerprint): what its questions ask (engine/fingerprint.h), and how this run
// answers: level, seed, sampler, numbers of futures and boxes, the engine's version. Not threads, lints and expectations.
#ifndef JUDGE_FINGERPRINT_H
#define JUDGE_FINGERPRINT_H

#include "judge/inquiry.h"

// Sets them all.
void find_fingerprints(struct work *work, struct inquiry *inquiries, size_t count);

#endif
