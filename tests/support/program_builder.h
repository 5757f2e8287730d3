// Programs put together by hand, for tests of what comes after the checker.
#ifndef TESTS_SUPPORT_PROGRAM_BUILDER_H
#define TESTS_SUPPORT_PROGRAM_BUILDER_H

#include "base/arena.h"
#include "base/vector.h"
#include "dsl/diag.h"
#include "dsl/program.h"

struct built {
    struct arena *arena;
    struct program program;
    struct diags *diags;
    VECTOR(const struct input *) inputs;
    VECTOR(const struct definition *) definitions;
    VECTOR(const struct scenario *) scenarios;
    VECTOR(const struct claim *) claims;
};

// A quarterly timeline from 2025 with `steps` steps, or none for 0. The baseline scenario is there.
struct built *built_new(struct arena *arena, int steps);
// The program as it stands; fills in its lists.
const struct program *built_program(struct built *built);
double built_instant(double year); // 2025.25: the first instant of 2025Q2

struct node *node_of(struct built *built, enum node_kind kind, enum kind type, size_t count);
struct node *n_const(struct built *built, double value);
struct node *n_date(struct built *built, double year);
struct node *n_truth(struct built *built, bool value);
struct node *n_member(struct built *built, int member);
struct node *n_op(struct built *built, enum op op, size_t count, ...); // struct node *
struct node *n_input(struct built *built, const struct input *input);
struct node *n_name(struct built *built, const struct definition *definition);
struct node *n_kind(struct built *built, enum node_kind kind, enum kind type, size_t count, ...);
struct node *n_time(struct built *built, enum phrase phrase, struct node *x, struct node *first, struct node *last); // last may be NULL
struct node *n_window(struct built *built, enum reduce reduce, struct node *x, struct node *first, struct node *last, struct node *before);

struct input *add_input(struct built *built, const char *name, struct distribution law);
// A path with `count` points at the ends of 2025, 2026 ..
struct input *add_path(struct built *built, const char *name, size_t count, const struct distribution *laws, bool hold);
struct definition *add_definition(struct built *built, const char *name, enum kind type, bool varies, struct node *body);
struct index *add_index(struct built *built, const char *name, size_t count);
struct scenario *add_scenario(struct built *built, const char *name);
struct claim *add_claim(struct built *built, const char *name, struct node *premise, struct node *conclusion);
void set_input(struct built *built, struct scenario *scenario, const struct input *input, struct node *value);
void set_definition(struct built *built, struct scenario *scenario, const struct definition *definition, struct node *value);
void assume_in(struct built *built, struct scenario *scenario, struct node *condition);

struct distribution law_known(double value);
struct distribution law_uniform(double low, double high);
struct distribution law_bounds(double low, double high);

#endif
