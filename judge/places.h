// Futures near the central one, told by how far inputs are moved, and whether a claim does there what is looked for.
//
// A step is how far an input stands from its central value, in half-widths of its 90 % interval (of its bounds); 0 is the central
// value itself. A path moves by its draw, all points together: a step is then a normal score over that of p95 (between bounds the
// way from the middle to an end). An input that varies by period moves as a whole. Of a choice step 0 is the central value and
// step 1 + n its value number n.
#ifndef JUDGE_PLACES_H
#define JUDGE_PLACES_H

#include "judge/inquiry.h"
#include "judge/mover.h"

struct place_input {
    size_t variable;
    struct mover mover;
    double least, greatest; // steps to p0.1 and p99.9, or to the bounds
    bool settable;          // a scenario can put it anywhere (judge/setting.h)
};

enum { PLACES_ROOM = 2048 };
struct places {
    struct work *work;
    const struct inquiry *inquiry;
    bool wanted;            // what the claim is to do there: hold, or fail
    size_t count;           // inputs
    struct place_input *inputs;
    const struct tape *tape;
    size_t filled;          // places put and not yet run
    double *central;        // by column, of the inputs
    double **points, **results;
    bool *hits;             // of the places run last: the claim is relevant, has a value, and does what is wanted
    bool *relevant;         // of the same: the claim is relevant and has a value
    uint64_t tried;         // places run in all
};

// False when there is nothing to move, or the claim reads estimates (`probability(...)`), which would have to be made anew.
bool places_open(struct places *places, struct work *work, const struct inquiry *inquiry);

// Puts one more place, `steps` by input; at most PLACES_ROOM between two runs. Returns its number.
size_t places_put(struct places *places, const double *steps);
// One column of the place put last.
void places_set(struct places *places, size_t place, size_t column, double value);
// Runs all that were put since the last run.
void places_run(struct places *places);

// The value of a column of the input at a step.
double places_value(const struct places *places, size_t input, size_t column, double step);
// The step at which the input has the value in its reported column, brought into its range; 0 for a choice that it does not have.
double places_step(const struct places *places, size_t input, double value);
// The position of judge/mover.h at a step that is not 0.
double places_position(const struct mover *mover, double step);
// The step at a quantile u of its law (of bounds, and of choices without weights, all alike).
double places_draw(const struct places *places, size_t input, double u);
bool places_is_choice(const struct places *places, size_t input);
// How many values of a choice there are.
size_t places_choices(const struct places *places, size_t input);

// In half-widths, by the value of the reported column; of a choice 1.
double places_distance_of(const struct places *places, size_t input, double step);
double places_distance(const struct places *places, const double *steps); // the root of the sum of squares
size_t places_moved(const struct places *places, const double *steps);    // inputs whose step is not 0

#endif
