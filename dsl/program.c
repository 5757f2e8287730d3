#include "dsl/program.h"

const char *const verdict_words[VERDICT_COUNT] = {
#define VERDICT(id, word, doc) word,
#include "dsl/verdict.def"
#undef VERDICT
};
