// What the files that check scenarios and claims share.
#ifndef DSL_CHECK_CLAIM_H
#define DSL_CHECK_CLAIM_H

#include "dsl/checker.h"

struct override_list {
    struct override *at;
    size_t count, room;
};
struct assumption_list {
    const struct assumption **at;
    size_t count, room;
};

// ---- check_override.c --------------------------------------------------------------------------------------------------------

bool same_target(const struct override *a, const struct override *b);
// Adds it, unless the same thing is set already: then a diagnostic and false.
bool push_override(struct checker *checker, struct override_list *list, const struct override *override);

// ---- check_formula.c ---------------------------------------------------------------------------------------------------------

// An equation between continuous quantities, alone or joined by `and`, is reported.
void refuse_equations(struct checker *checker, const struct node *node);

// ---- check_claim.c -----------------------------------------------------------------------------------------------------------

// A place in a claim, an assumption or a scenario of the file: from the timeline's present to its end.
struct where where_of(const struct checker *checker, enum place_kind kind, size_t file);
// Whether a forecast of that name is shipped; if not, after a diagnostic.
bool check_forecast_name(struct checker *checker, struct name name);

// ---- check_clause.c ----------------------------------------------------------------------------------------------------------

// Relations, expectations and concessions of a claim.
void check_relations(struct checker *checker, const struct symbol *symbol, struct claim *claim);
void check_expectations(struct checker *checker, const struct symbol *symbol, struct claim *claim);
void check_concessions(struct checker *checker, struct where *where, const struct symbol *symbol, struct claim *claim);

// ---- check_hole.c ------------------------------------------------------------------------------------------------------------

// Once the formula is checked: which way a threshold makes the claim stronger; that it stands where it can be solved.
void finish_hole(struct checker *checker, const struct item *item, struct claim *claim);

// Its premise, exception and conclusion, from its item's formula; false after a diagnostic.
bool check_the_formula(struct checker *checker, struct where *where, struct claim *claim);

// check_evidence.c: what claims lean on.
void check_evidence(struct checker *checker, const struct program *program);

#endif
