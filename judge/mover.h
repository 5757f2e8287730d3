// One input that is moved while the others stay central.
#ifndef JUDGE_MOVER_H
#define JUDGE_MOVER_H

#include "judge/work.h"

enum move { MOVE_VALUE, MOVE_DRAW, MOVE_CHOICE };

struct mover {
    const struct model *model;
    const struct variable *variable;
    enum move move;
    double low, high, half;  // p5 and p95, or the bounds, of the column reported; half the distance
    double central;          // of the column reported
    double first, last;      // how far the position goes
    size_t reported;         // the column whose values are reported
    bool bounds, fraction, positive;
};

// False when it cannot be moved (it is known). `end`: instant at which the claim ends, for paths; +infinity for the last point.
bool mover_new(const struct model *model, const struct variable *variable, double end, struct mover *mover);
// The value of a column of the variable at a position: the value itself, a normal score (bounds: 0 .. 1 between them), or the number of a choice.
double mover_value(const struct mover *mover, size_t column, double position);
// Positions to try, ascending; at most MOVER_POINTS.
enum { MOVER_POINTS = 256 };
size_t mover_grid(const struct mover *mover, double *positions);

#endif
