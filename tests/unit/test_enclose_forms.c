// The forms that engine/enclose_rewrite.h sees, against MPFI at 200 bits: the true value at points of a box lies inside, and the
// interval is narrower than that of the parts.
#include <criterion/criterion.h>
#include <math.h>
#include <mpfi.h>

#include "base/arena.h"
#include "engine/enclose.h"
#include "tests/support/random.h"

enum form { LESS_PART, MORE_PART, SHARE, YIELD, FORMS };
enum { BLOCKS = 300, POINTS = 8 };

static const struct instruction codes[FORMS][7] = {
    [LESS_PART] = {{.op = CODE_COLUMN, .a = 0}, {.op = CODE_COLUMN, .a = 1}, {.op = OP_MUL, .a = 1, .b = 0}, {.op = OP_SUB, .a = 0, .b = 2}},
    [MORE_PART] = {{.op = CODE_COLUMN, .a = 0}, {.op = CODE_COLUMN, .a = 1}, {.op = OP_MUL, .a = 0, .b = 1}, {.op = OP_ADD, .a = 2, .b = 0}},
    [SHARE] = {{.op = CODE_COLUMN, .a = 0}, {.op = CODE_COLUMN, .a = 1}, {.op = OP_ADD, .a = 1, .b = 0}, {.op = OP_DIV, .a = 0, .b = 2}},
    [YIELD] = {{.op = CODE_COLUMN, .a = 0}, {.op = CODE_COLUMN, .a = 1}, {.op = CODE_CONST, .constant = 1}, {.op = OP_NEG, .a = 0},
               {.op = OP_EXP, .a = 3}, {.op = OP_SUB, .a = 2, .b = 4}, {.op = OP_DIV, .a = 5, .b = 0}},
};

static double uniform(uint64_t *state)
{
    return (double)(random_bits(state) >> 11) * 0x1p-53;
}

static void true_value(enum form form, mpfi_t r, double x, double y)
{
    mpfi_t part;
    mpfi_init2(part, 200);
    mpfi_set_d(r, x);
    if (form == YIELD) {
        mpfi_neg(part, r);
        mpfi_exp(part, part);
        mpfi_d_sub(part, 1, part);
        mpfi_div_d(r, part, x);
    } else if (form == SHARE) {
        mpfi_add_d(part, r, y);
        mpfi_div(r, r, part);
    } else {
        mpfi_mul_d(part, r, y);
        if (form == LESS_PART)
            mpfi_sub(r, r, part);
        else
            mpfi_add(r, r, part);
    }
    mpfi_clear(part);
}

// x above 0 but for the parts, where both may have any sign.
static void draw_box(enum form form, struct enclosure *x, struct enclosure *y, size_t lane, uint64_t *state)
{
    const double width = ldexp(1.0, -(int)random_below(state, 50));
    const double at = (uniform(state) + 0.01) * ldexp(1.0, (int)random_below(state, 12) - 6), other = uniform(state) * 2;
    const bool any = form == LESS_PART || form == MORE_PART;
    x->low[lane] = any && random_below(state, 2) ? -at : at;
    x->high[lane] = x->low[lane] + at * width;
    y->low[lane] = any && random_below(state, 2) ? -other : random_below(state, 8) == 0 ? 0 : other;
    y->high[lane] = y->low[lane] + width;
    x->missing[lane] = y->missing[lane] = 0;
}

static void check_lane(enum form form, const struct enclosure boxes[2], const struct enclosure *found, size_t lane, uint64_t *state)
{
    mpfi_t r;
    mpfi_init2(r, 200);
    for (int i = 0; i < POINTS; i++) {
        const double s = i < 4 ? (double)(i & 1) : uniform(state), t = i < 4 ? (double)(i >> 1) : uniform(state);
        const double x = fmin(boxes[0].low[lane] + s * (boxes[0].high[lane] - boxes[0].low[lane]), boxes[0].high[lane]);
        const double y = fmin(boxes[1].low[lane] + t * (boxes[1].high[lane] - boxes[1].low[lane]), boxes[1].high[lane]);
        true_value(form, r, x, y);
        cr_assert(mpfr_cmp_d(&r->left, found->low[lane]) >= 0 && mpfr_cmp_d(&r->right, found->high[lane]) <= 0,
                  "form %d at %a, %a is not in %a .. %a", (int)form, x, y, found->low[lane], found->high[lane]);
    }
    mpfi_clear(r);
}

static void check_form(struct arena *arena, enum form form, uint64_t *state)
{
    const value_id root = form == YIELD ? 6 : 3;
    const struct model model = {.count = root + 1, .code = codes[form], .column_count = 2};
    const struct enclosing *enclosing = enclosing_make(arena, &model, &root, 1);
    void *workspace = arena_alloc_wide(arena, enclosing_workspace(enclosing));
    for (int block = 0; block < BLOCKS; block++) {
        struct enclosure boxes[2], found;
        const struct enclosure *const columns[2] = {&boxes[0], &boxes[1]};
        for (size_t lane = 0; lane < BOX_LANES; lane++)
            draw_box(form, &boxes[0], &boxes[1], lane, state);
        enclosing_run(enclosing, KERNELS_BEST, columns, workspace, &found);
        for (size_t lane = 0; lane < BOX_LANES; lane++)
            check_lane(form, boxes, &found, lane, state);
    }
}

Test(enclose_forms, true_values_lie_inside)
{
    struct arena arena;
    uint64_t state = random_seed();
    arena_init(&arena, &system_allocator, NULL);
    for (enum form form = 0; form < FORMS; form++)
        check_form(&arena, form, &state);
    arena_reset(&arena);
}

// x - x y over 1 .. 2 and 0.25 .. 0.5 is 0.5 .. 1.5; its parts alone would give 0 .. 1.75.
Test(enclose_forms, are_as_narrow_as_they_can_be)
{
    static const double ends[FORMS][2] = {{0.5, 1.5}, {1.25, 3}, {1 / 1.5, 2 / 2.25}, {0.43233235838169365, 0.63212055882855767}};
    struct arena arena;
    arena_init(&arena, &system_allocator, NULL);
    for (enum form form = 0; form < FORMS; form++) {
        const value_id root = form == YIELD ? 6 : 3;
        const struct model model = {.count = root + 1, .code = codes[form], .column_count = 2};
        const struct enclosing *enclosing = enclosing_make(&arena, &model, &root, 1);
        struct enclosure boxes[2] = {0}, found;
        const struct enclosure *const columns[2] = {&boxes[0], &boxes[1]};
        for (size_t lane = 0; lane < BOX_LANES; lane++) {
            boxes[0].low[lane] = 1, boxes[0].high[lane] = 2;
            boxes[1].low[lane] = 0.25, boxes[1].high[lane] = 0.5;
        }
        enclosing_run(enclosing, KERNELS_BEST, columns, arena_alloc_wide(&arena, enclosing_workspace(enclosing)), &found);
        cr_expect_float_eq(found.low[0], ends[form][0], 1e-13, "form %d: %.17g", (int)form, found.low[0]);
        cr_expect_float_eq(found.high[0], ends[form][1], 1e-13, "form %d: %.17g", (int)form, found.high[0]);
    }
    arena_reset(&arena);
}
