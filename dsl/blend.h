// One program that can be either of two: each thing on which the sides differ stands in it with both values and a switch.
//
// A switch is a hidden input without a probability, 0 (side A) or 1 (side B). The blend is a scenario whose sets read
// "if switch then B's value else A's": the compiled model then answers for any mixture of the two sides by fixing the columns of
// the switches, without being compiled again. An input that has a law on both sides is read at the same draw under both, so that a
// future is the same future on both sides.
#ifndef DSL_BLEND_H
#define DSL_BLEND_H

#include "dsl/program.h"

enum blend_kind {
    BLEND_INPUT,      // an instance of an input
    BLEND_DEFINITION, // a definition, or one member of it
    BLEND_ASSUMPTION, // one side assumes it and the other does not
    BLEND_STRUCTURE,  // everything that cannot be switched one by one: members of an index, the timeline
};

struct blend_item {
    enum blend_kind kind;
    struct text name;                     // "fab.d0[n7]"; of an assumption its name or condition
    struct type type;
    const struct input *input;            // of BLEND_INPUT, and which instance
    size_t instance;
    const struct definition *definition;
    const struct assumption *assumption;
    const struct input *with;             // the switch; NULL for BLEND_STRUCTURE
    const char *said[2];                  // what side A and side B say, in canonical text: "0.3 /cm^2", "2k to 5k wafer/month", "assumed"
    const struct input_instance *laws[2]; // of an input that has a law on that side, else NULL
};

// Two laws that stand for the same thing on the two sides, and are drawn apart by `crux check`: where mixtures are compared,
// `twin` is read at the draw of `input`, so that they differ by nothing but the law.
struct blend_twin {
    const struct input *twin, *input;
    size_t twin_instance, instance;
};

struct blend {
    const struct program *program;        // to be compiled; its claims and scenarios are those of the program that was given
    const struct scenario *scenario;      // the blend: program->blend, or of programs program->ground
    const char *missing[2];               // not NULL: the whole side is not there, and why
    size_t twin_count;
    const struct blend_twin *twins;
    size_t item_count;
    const struct blend_item *items;       // in the order of the program
    // With BLEND_STRUCTURE among the items: the program with side A's structure and the same items otherwise. Else NULL.
    const struct blend *before;
};

// Two scenarios of one program; either may be the baseline (program->scenarios[0]). The program is not changed.
struct blend *blend_scenarios(struct arena *arena, const struct program *program, const struct scenario *a, const struct scenario *b);
// The same text checked with other data. Its structure is that of `to`.
struct blend *blend_programs(struct arena *arena, const struct program *from, const struct program *to);

#endif
