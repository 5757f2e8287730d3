// One value of a derivation in words.
#ifndef REPORT_DERIVED_WORDS_H
#define REPORT_DERIVED_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct buffer;
struct derived;
struct program;
struct source_entry;
struct sources;

struct derived_words {
    struct arena *arena;
    const struct sources *sources;
    const struct program *program;
};

// What is written instead of a formula longer than this.
enum { FORMULA_COLUMNS = 180, REMARKS_MOST = 4 };

// "if fab.yield[n7] in 2027Q4", "ordered: fab.wafers_ordered ← binds".
void derived_label(const struct derived_words *words, struct buffer *out, const struct derived *derived);
// The expression it is of, as its author wrote it, index variables replaced; elided when it is long.
struct text derived_expression(const struct derived_words *words, const struct derived *derived);
// The formula behind a name; empty when there is none.
struct text derived_formula(const struct derived_words *words, const struct derived *derived);
void derived_value(const struct derived_words *words, struct buffer *out, const struct derived *derived, size_t column);
// Both columns have the same value.
bool derived_same_value(const struct derived *derived);
// It was opened above and says nothing new here: several such share a line, derived_known.
bool derived_is_known(const struct derived *derived);
// "fab.model negative_binomial": the name and its value.
void derived_known(const struct derived_words *words, struct buffer *out, const struct derived *derived);
// " (as in 2027Q4, above)": where it is opened.
void derived_elsewhere(const struct derived_words *words, struct buffer *out, const struct derived *derived, bool above);

// What is said under it: the formula, what an input is, earlier values.
struct derived_remarks {
    size_t count;
    struct text at[REMARKS_MOST];
};
struct derived_remarks derived_remarks(const struct derived_words *words, const struct derived *derived);
// "5 more come to 3.2 chip/year".
void derived_rest(const struct derived_words *words, struct buffer *out, const struct derived *derived);
// "ft_2025: China's chip yields, Financial Times, 2025-02, https://…"
void derived_source(struct buffer *out, const struct source_entry *source);
// "throughout", "by": of a phrase or window; "" otherwise.
const char *derived_phrase(const struct derived *derived);

#endif
