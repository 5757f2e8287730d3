// What scanner and parser share while they read one text.
#ifndef GRAMMAR_STATE_H
#define GRAMMAR_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dsl/ast.h"
#include "dsl/diag.h"
#include "dsl/limits.h"
#include "dsl/source.h"

enum keyword_kind { KEYWORD_STATEMENT, KEYWORD_CLAUSE, KEYWORD_EXPRESSION, KEYWORD_SOFT };

struct item_list {
    struct item *first, *last;
    size_t count;
};

struct open_bracket {
    int token; // of the opening bracket
    struct span span;
};

// The statement being read: what messages about it need.
struct statement {
    int token;          // its keyword; 0 before the first
    struct span span;   // of the keyword
    struct name name;   // the first name after it
    bool colon;         // its ':' outside brackets has been read
};

struct parse {
    struct arena *arena;
    const struct source *source;
    struct diags *diags;
    int start_token;            // handed to the parser first
    uint32_t start, offset;     // of the token being scanned: its first byte, and one past its last
    int token, last_token;      // the current token and the one before it
    struct span span, last;     // their places
    bool counting;              // the number to come is a count: `exactly 1 i in S`, so no unit follows it
    bool stopped;               // a limit was passed: no more tokens, no more messages
    struct open_bracket open[LIMIT_NESTING];
    size_t open_count;
    struct open_bracket crossed; // the opening bracket which the current closing one does not fit; token 0 for none
    struct open_bracket left_open; // what was open when the text or a statement ended; token 0 for none
    bool closed_now;             // the current token closed a bracket
    struct statement statement, before;
    struct name broken;          // what the statement in error would have defined
    size_t statement_count;
    struct comment_list comments;
    struct item_list items;      // result of a file
    struct expr *expr;           // result of an expression
    struct item *set;            // result of a `name = value`
};

#endif
