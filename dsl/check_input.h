// What the files that check inputs share.
#ifndef DSL_CHECK_INPUT_H
#define DSL_CHECK_INPUT_H

#include "dsl/checker.h"

// What the right side of an input is read with.
struct form {
    struct checker *checker;
    size_t file;
    struct type type;
    const struct unit *unit;   // bare numbers take it; NULL: they are plain numbers
    double level;              // of `a to b`
    double cut_low, cut_high;  // of `within`, and of a fraction
    struct span cut_span;      // of `within`; empty for none
};

// ---- check_form.c: right sides ---------------------------------------------------------------------------------------------

// The type a right side shows; false when it shows none (then nothing was reported).
bool form_type(struct checker *checker, size_t file, const struct expr *expr, struct type *type);
// The one index that has all these values as members; false when there is none, or more than one.
bool member_type(struct checker *checker, const struct text *values, size_t count, struct type *type);
// A right side other than data as an instance: laws, points, bounds_only. False after a diagnostic.
bool form_instance(const struct form *form, const struct expr *expr, struct input_instance *instance);
// Marks the instance as not there.
void form_missing(struct checker *checker, const char *reason, struct input_instance *instance);
// Whether it is a value to be drawn: a range, a spread, a distribution, a choice, data, a path.
bool form_is_drawn(const struct expr *expr);
// The unit that bare numbers take in a value of this type: as declared, but never `%`, so that 0.3 is 30%. NULL: they are plain numbers.
const struct unit *bare_unit(const struct checker *checker, const struct type *type);
// The level that `default interval` gives the file.
double form_default_level(struct checker *checker, size_t file);
// A share such as 95%, strictly between 0 and 1; NAN after a diagnostic.
double check_share(struct checker *checker, size_t file, const struct expr *expr, enum diag_code code, const char *what);

// ---- check_data.c: data ----------------------------------------------------------------------------------------------------

// "capex.{a}" for instance number `position` of the input: "capex.us".
struct text data_name(struct checker *checker, const struct input *input, size_t position, struct text written);
// What the store knows under that name as an instance: one period is a value, several are a path. What it does not know
// is marked as missing. False after a diagnostic.
bool data_instance(const struct form *form, const struct expr *expr, struct text name, struct input_instance *instance);
// The type that the observations show; false when they show none, then *reason says why none are there, or is NULL.
bool data_type(struct checker *checker, const struct expr *expr, struct text name, struct type *type, const char **reason);

// ---- check_dissent.c ---------------------------------------------------------------------------------------------------------

// The last of these periods on which sources disagree, in words: who says what. NULL when they do not.
const char *data_dissent(struct checker *checker, struct text name, const struct series *taken);

// ---- check_expires.c ---------------------------------------------------------------------------------------------------------

// `expires`: warns when the vintage comes near it, and marks the instances as missing after it.
void check_expires(struct checker *checker, const struct symbol *symbol, const struct input *input, struct input_instance *instances);

// ---- check_law.c: one law ----------------------------------------------------------------------------------------------------

// One right side that is no path: a value, a range, a spread, a distribution or a choice.
bool law_of(const struct form *form, const struct expr *expr, struct distribution *law);
// The law of `a to b` (two: `a to c to b`) of the form's type.
enum law spread_law(const struct form *form, double a, bool two);
// Cuts the law as the form says and warns when much is lost; false when nothing is left.
bool law_cut(const struct form *form, const struct expr *expr, struct distribution *law);
bool form_fault(const struct form *form, enum diag_code code, struct span span, const char *message, const char *help);
// yes, no, true, false.
bool truth_word(const struct expr *expr, double *value);

// ---- law_share.c -------------------------------------------------------------------------------------------------------------

// The probability of a value up to x, before any cut. For laws without probability 0 or 1 at their ends.
double law_share_below(const struct distribution *law, double x);
// The value with that probability below it, before any cut; the ends of a bounds-only law for p below and above 1/2.
double law_quantile(const struct distribution *law, double p);
// Whether some value of it, after the cut, is not positive.
bool law_reaches_zero(const struct distribution *law);

// ---- check_input.c, check_correlation.c ----------------------------------------------------------------------------------------

void check_correlations(struct checker *checker, const struct symbol *symbol, struct input *input);

// An input that a `set` or a concession makes: one instance a member of each of its parameters.
struct hidden {
    struct text name;
    struct type type;
    size_t param_count;
    const struct index *const *params;
    const struct item *set;      // with the clauses that its right side is read with, or NULL
};
const struct input *hidden_input(struct checker *checker, size_t file, const struct expr *expr, const struct hidden *hidden); // NULL after a diagnostic

#endif
