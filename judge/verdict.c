#include "judge/verdict.h"

const char *const evidence_words[] = {"none", "exact", "proved", "sampled"};
const char *const relation_finding_words[] = {"grounded", "not grounded", "recorded"};
const char *const standing_words[] = {"stands", "defeated", "contested", "recorded"};
