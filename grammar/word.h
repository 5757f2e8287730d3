// Words and marks: what the scanner asks about them, and what messages call them.
#ifndef GRAMMAR_WORD_H
#define GRAMMAR_WORD_H

#include <stdbool.h>

#include "base/text.h"
#include "grammar/state.h"

struct keyword {
    const char *text;
    int token;
    enum keyword_kind kind;
};

// The row of keyword.def, or NULL.
const struct keyword *keyword_of_text(struct text text);
const struct keyword *keyword_of_token(int token);
extern const struct keyword keyword_table[];
extern const int keyword_count;

bool starts_statement(int token);
bool word_is_reserved(struct text word); // it is not a name everywhere

// "`implies`", "a number", "the end of the file": for messages.
const char *token_name(int token);

// How another language writes what Crux writes differently: "&&" for "and". `token` is what is meant, 0 when that is not clear.
struct foreign {
    const char *text;
    int token;
    const char *help;
};
const struct foreign *foreign_mark(struct text text); // NULL when unknown

#endif
