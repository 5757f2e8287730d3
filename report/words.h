// Values in words, for people: percentages, counts, quantities, dates.
//
// A blank that must not end a line is written as WORDS_JOIN; the layout turns it into a blank.
#ifndef REPORT_WORDS_H
#define REPORT_WORDS_H

#include <stdint.h>

#include "base/text.h"

struct arena;
struct buffer;
struct expr;
struct node;
struct program;
struct sources;
struct type;

#define WORDS_JOIN '\x1f'

// "71 %": a share that is not 0 or 1 never looks as if it were. `decimals` are the least there may be.
void words_percent(struct buffer *out, double share, int decimals);
// The number alone: "71", "99.98".
void words_percent_number(struct buffer *out, double share, int decimals);
void words_count(struct buffer *out, uint64_t count); // "65 536"

// "610k chip/year", "40 %", "2027-04", "true", "n7".
void words_value(struct buffer *out, const struct program *program, const struct type *type, double value, int digits);
// "+58 %" when both are positive ("" when they are as good as equal), else the difference in the values' unit, with a sign; of
// fractions in percentage points.
void words_margin(struct buffer *out, const struct program *program, const struct type *type, double left, double right);
// "2027-04", or "2027-04-03" when it is not the first of a month.
void words_date(struct buffer *out, double instant);

// An expression as its author wrote it, on one line. `expr` may be NULL.
struct text words_source(struct arena *arena, const struct sources *sources, const struct expr *expr);

// The same with the members that its index variables stand for: `pump[clean]` where `pump[m]` was written. `node` is what the
// checker made of it, or of what it is a part of; `members` by slot, or NULL.
struct text words_bound(struct arena *arena, const struct sources *sources, const struct expr *expr, const struct node *node,
                        const int *members);

// For machines: the unit of a value ("chip/year", "1", "date", "truth", or an index name), and the value in it. Dates are in years.
const char *words_unit(struct arena *arena, const struct program *program, const struct type *type);
double words_in_unit(const struct program *program, const struct type *type, double value);

#endif
