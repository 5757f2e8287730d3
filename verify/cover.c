// By splitting at the leaves' own ends: a piece that some leaf contains is covered, one that no leaf meets inside is a gap. A cut
// that goes through no leaf is taken where there is one, as in any tree of halvings; else one that goes through few.
#include "verify/cover.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PIECES_A_LEAF = 64, MOST_PIECES = 100000, DEEPEST = 3000 };

struct covering {
    struct arena *scratch;
    const struct cover *cover;
    size_t pieces;           // left
    double *gap;
};

struct piece {
    double *box;
    size_t *leaves;          // those that meet it
    size_t count;
};

// Ends as half-open where only whole numbers count, so that 0 .. 1 and 2 .. 3 touch.
static double end_of(const struct cover *cover, const double *box, size_t axis, bool high)
{
    const double end = box[2 * axis + high];
    if (!cover->whole_numbers[axis])
        return end;
    return high ? floor(end) + 1 : ceil(end);
}

static const double *leaf_at(const struct cover *cover, size_t leaf)
{
    return cover->leaves + leaf * 2 * cover->axis_count;
}

static bool contains(const struct covering *c, size_t leaf, const struct piece *piece)
{
    const double *ends = leaf_at(c->cover, leaf);
    for (size_t a = 0; a < c->cover->axis_count; a++)
        if (end_of(c->cover, ends, a, false) > piece->box[2 * a] || end_of(c->cover, ends, a, true) < piece->box[2 * a + 1])
            return false;
    return true;
}

// Shares more than its surface with the piece, along each axis on which the piece has a width.
static bool meets(const struct covering *c, size_t leaf, const struct piece *piece)
{
    const double *ends = leaf_at(c->cover, leaf);
    for (size_t a = 0; a < c->cover->axis_count; a++) {
        const double low = end_of(c->cover, ends, a, false), high = end_of(c->cover, ends, a, true);
        const bool flat = piece->box[2 * a] == piece->box[2 * a + 1];
        if (flat ? low > piece->box[2 * a] || high < piece->box[2 * a] : low >= piece->box[2 * a + 1] || high <= piece->box[2 * a])
            return false;
    }
    return true;
}

// ---- cuts -------------------------------------------------------------------------------------------------------------------

struct mark {
    double at;
    int change;              // +1: a leaf starts, -1: one ends
};

static int by_place(const void *one, const void *other)
{
    const struct mark *a = one, *b = other;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->change - b->change; // ends first
}

struct cut {
    size_t axis;
    double at;
    size_t through;          // leaves it goes through
    double balance;          // leaves on the smaller side
};

static void try_axis(const struct covering *c, const struct piece *piece, size_t axis, struct mark *marks, struct cut *best)
{
    for (size_t i = 0; i < piece->count; i++) {
        const double *ends = leaf_at(c->cover, piece->leaves[i]);
        marks[2 * i] = (struct mark){end_of(c->cover, ends, axis, false), 1};
        marks[2 * i + 1] = (struct mark){end_of(c->cover, ends, axis, true), -1};
    }
    qsort(marks, 2 * piece->count, sizeof *marks, by_place);
    size_t open = 0, ended = 0;
    for (size_t i = 0; i < 2 * piece->count; i++) {
        const double at = marks[i].at;
        if (marks[i].change < 0)
            open--, ended++;
        const bool last_end = i + 1 == 2 * piece->count || marks[i + 1].at != at || marks[i + 1].change > 0;
        if (at > piece->box[2 * axis] && at < piece->box[2 * axis + 1] && (marks[i].change > 0 || last_end)) {
            const double rest = (double)(piece->count - ended - open), balance = fmin((double)ended, rest);
            if (open < best->through || (open == best->through && balance > best->balance))
                *best = (struct cut){axis, at, open, balance};
        }
        open += marks[i].change > 0;
    }
}

static bool find_cut(const struct covering *c, const struct piece *piece, struct cut *best)
{
    const struct arena_mark mark = arena_mark(c->scratch);
    struct mark *marks = arena_array(c->scratch, 2 * piece->count, sizeof *marks);
    *best = (struct cut){.through = SIZE_MAX, .balance = -1};
    for (size_t a = 0; a < c->cover->axis_count; a++)
        try_axis(c, piece, a, marks, best);
    arena_release(c->scratch, mark);
    return best->through != SIZE_MAX;
}

// ---- pieces -----------------------------------------------------------------------------------------------------------------

static enum covered check(struct covering *c, const struct piece *piece, int depth);

static enum covered check_side(struct covering *c, const struct piece *piece, const struct cut *cut, bool high, int depth)
{
    const struct arena_mark mark = arena_mark(c->scratch);
    const size_t ends = 2 * c->cover->axis_count;
    struct piece side = {.box = arena_array(c->scratch, ends, sizeof(double)), .leaves = arena_array(c->scratch, piece->count, sizeof(size_t))};
    memcpy(side.box, piece->box, ends * sizeof(double));
    side.box[2 * cut->axis + !high] = cut->at;
    for (size_t i = 0; i < piece->count; i++)
        if (meets(c, piece->leaves[i], &side))
            side.leaves[side.count++] = piece->leaves[i];
    const enum covered result = check(c, &side, depth + 1);
    arena_release(c->scratch, mark);
    return result;
}

static enum covered check(struct covering *c, const struct piece *piece, int depth)
{
    struct cut cut;
    if (c->pieces == 0 || depth > DEEPEST)
        return COVER_UNKNOWN;
    c->pieces--;
    for (size_t i = 0; i < piece->count; i++)
        if (contains(c, piece->leaves[i], piece))
            return COVERED;
    if (piece->count == 0 || !find_cut(c, piece, &cut)) {
        memcpy(c->gap, piece->box, 2 * c->cover->axis_count * sizeof *c->gap);
        return NOT_COVERED;
    }
    const enum covered low = check_side(c, piece, &cut, false, depth);
    return low != COVERED ? low : check_side(c, piece, &cut, true, depth);
}

enum covered cover_check(struct arena *scratch, const struct cover *cover, double *gap)
{
    const struct arena_mark mark = arena_mark(scratch);
    struct covering covering = {scratch, cover, MOST_PIECES + MOST_PIECES_A_LEAF * cover->leaf_count, gap};
    struct piece whole = {.box = arena_array(scratch, 2 * cover->axis_count, sizeof(double)),
                          .leaves = arena_array(scratch, cover->leaf_count, sizeof(size_t))};
    for (size_t a = 0; a < cover->axis_count; a++) {
        whole.box[2 * a] = end_of(cover, cover->box, a, false);
        whole.box[2 * a + 1] = end_of(cover, cover->box, a, true);
    }
    for (size_t i = 0; i < cover->leaf_count; i++)
        if (meets(&covering, i, &whole))
            whole.leaves[whole.count++] = i;
    const enum covered result = check(&covering, &whole, 0);
    arena_release(scratch, mark);
    return result;
}
