// What is learnt from the futures of a claim, after its flips are known: from one scatter, so that it is drawn once.
#ifndef JUDGE_STUDY_H
#define JUDGE_STUDY_H

#include "judge/inquiry.h"

// Of each claim that turns on inputs.
void study_inquiries(struct work *work, struct inquiry *inquiries, size_t count);

#endif
