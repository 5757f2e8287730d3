// Messages about words that do not fit together.
#ifndef GRAMMAR_COMPLAIN_H
#define GRAMMAR_COMPLAIN_H

#include "grammar/state.h"

// The current token is none of the expected ones.
void complain(struct parse *p, const int *expected, int count);

void complain_of_reserved(struct parse *p, const char *word, struct span span);
void complain_of_depth(struct parse *p, struct span span);

#endif
