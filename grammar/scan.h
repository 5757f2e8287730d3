// The scanner's helpers, and the one call the parser makes.
#ifndef GRAMMAR_SCAN_H
#define GRAMMAR_SCAN_H

#include <stddef.h>

#include "grammar/state.h"

// The byte behind the current match, 0 at the end.
char scan_peek(const struct parse *p);

// Whether the words behind a number are its unit: the first is no word of the language, and nothing sticks to the last.
bool scan_is_unit(const struct parse *p, struct span span);

// How much of a number with a word stuck to it to take: all, unless the word is one of the language, as in 10%of.
int scan_stuck(const struct parse *p, struct span span);

void scan_comment(struct parse *p, struct span span);

// Report what is no token. Each returns the token the parser goes on with: the one that was meant, or the error token.
int scan_foreign(struct parse *p, struct span span);
int scan_unfinished(struct parse *p, struct span span, const char *message, const char *help);

// Notes brackets, statements and limits for a token that was just scanned; returns the token to hand on.
int scan_note(struct parse *p, int token, struct span span);

void *scan_alloc(struct parse *p, size_t size);
void *scan_realloc(struct parse *p, void *block, size_t size);
_Noreturn void scan_impossible(const char *message);

#endif
