// Putting inputs somewhere with `set`: values that can be written, and the scenario that writes them.
#ifndef JUDGE_SETTING_H
#define JUDGE_SETTING_H

#include "judge/inquiry.h"

struct places;

// Whether `set` in a scenario puts this variable, and nothing else, where one wants in the world of the claim. Not so: what the claim
// itself draws (`with x = 1 to 2`), what a set of the file or of its scenario replaces, a path of straight lines that ends before the last
// step (`set` would draw it in the logarithm, and a zero behind its end give it values there), and units that cannot be written.
bool setting_possible(const struct work *work, const struct inquiry *inquiry, size_t variable);

// An input at values that are written as they are meant.
struct setting {
    size_t input;            // of the places
    double value;            // of the reported column
    double distance;         // in half-widths; of a choice 1
    size_t column_count;
    const size_t *columns;
    double *values;          // of its columns
    struct text text;        // the right side; of a path empty
    size_t point_count;
    struct text *dates, *points; // of a path: all its points
    bool hold;
};

// Ways to write a step, from few digits to many: the nearest number of so many digits, and the next one away from the centre.
enum { SETTING_ATTEMPTS = 17 };
// False when the number lies outside the input's range, or is the central value.
bool setting_make(const struct places *places, size_t input, double step, int attempt, struct setting *setting);

// "scenario counter_NAME { set ... }": what the verdict's scenario says, then these. On work->arena.
const char *setting_scenario(const struct places *places, const struct setting *settings, size_t count);

#endif
