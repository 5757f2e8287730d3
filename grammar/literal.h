// Numbers, dates, units, texts: from their spelling to nodes. A wrong spelling is reported and gives poison.
#ifndef GRAMMAR_LITERAL_H
#define GRAMMAR_LITERAL_H

#include "grammar/state.h"

// The bytes of a place in the text being read.
struct text text_at(const struct parse *p, struct span span);
struct name name_at(const struct parse *p, struct span span);

struct expr *read_number(struct parse *p, struct span span);
struct expr *read_date(struct parse *p, struct span span);
struct expr *read_hole(struct parse *p, struct span span);
struct unit_expr *read_units(struct parse *p, struct span span); // "wafer/month", "/cm^2", also with blanks before
struct text read_string(const struct parse *p, struct span span); // without its quotes

// A number that is badly written: reports it and returns poison.
struct expr *misspelt_number(struct parse *p, struct span span);
struct expr *grouped_number(struct parse *p, struct span span); // 1,000 or 1_000

// `2027-4` is a difference; says so when the left side looks like a year.
void warn_of_difference(struct parse *p, struct span span);

// Whether a spelling such as 2027-04 or 2027-04-03 is that of a date.
bool looks_like_date(struct text spelling);

#endif
