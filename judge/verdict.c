#include "judge/verdict.h"

const char *const evidence_words[] = {"none", "exact", "proved", "sampled"};
