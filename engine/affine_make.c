// From a model to the steps of engine/affine_tape.h.
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "engine/affine_tape.h"
#include "engine/tape_plan.h"

// Forms of like size share slots: sizes go up by TERMS_STEP terms.
enum { TERMS_STEP = 4, SIZES = (AFFINE_AXES_MOST + TERMS_STEP) / TERMS_STEP + 1, PARTS_MOST = 3 };
#define NO_SLOT UINT32_MAX

struct making {
    struct arena *arena;
    const struct model *model;
    struct affine *affine;
    struct tape_plan plan;
    const size_t *axes;           // by column
    size_t axis_count;
    struct affine_step *steps;
    double *constants;
    struct affine_place *places;  // by value
    bool *placed;
    uint32_t *uses_left;          // by value
    uint32_t constant_count;
    uint32_t free_slots[SIZES];   // the first free one of a size
    uint32_t *next_free;          // by slot, in lines of BOX_LANES doubles
    uint32_t *size_of;
    uint32_t line_count, line_room;
    uint8_t same[AFFINE_AXES_MOST];
};

// ---- slots ------------------------------------------------------------------------------------------------------------------

static uint32_t take_slot(struct making *m, uint8_t terms)
{
    const uint32_t size = (terms + TERMS_STEP - 1u) / TERMS_STEP, lines = FORM_TERMS + size * TERMS_STEP;
    const uint32_t slot = m->free_slots[size];
    if (slot != NO_SLOT) {
        m->free_slots[size] = m->next_free[slot];
        return slot * BOX_LANES;
    }
    while (m->line_count + lines > m->line_room) {
        const uint32_t room = m->line_room * 2 + 1024;
        m->next_free = arena_grow(m->plan.scratch, m->next_free, m->line_room * sizeof *m->next_free, room * sizeof *m->next_free);
        m->line_room = room;
    }
    m->line_count += lines;
    return (m->line_count - lines) * BOX_LANES;
}

static void give_slot_back(struct making *m, uint32_t form, uint8_t terms)
{
    const uint32_t size = (terms + TERMS_STEP - 1u) / TERMS_STEP, slot = form / BOX_LANES;
    m->next_free[slot] = m->free_slots[size];
    m->free_slots[size] = slot;
}

static void used_once(struct making *m, value_id value)
{
    if (!m->places[value].constant && --m->uses_left[value] == 0)
        give_slot_back(m, m->places[value].form, m->places[value].terms);
}

// ---- constants --------------------------------------------------------------------------------------------------------------

static struct affine_place place_constant(struct making *m, value_id value)
{
    const double constant = m->model->code[value].constant;
    double *at = m->constants + (size_t)m->constant_count * CONSTANT_DOUBLES;
    const bool there = constant == constant, finite = there && constant - constant == 0.0;
    for (size_t i = 0; i < BOX_LANES; i++) {
        at[i] = there ? constant : INFINITY;
        at[BOX_LANES + i] = there ? constant : -INFINITY;
        at[SPAN_DOUBLES + FORM_CENTER * BOX_LANES + i] = finite ? constant : 0.0;
        at[SPAN_DOUBLES + FORM_ERROR * BOX_LANES + i] = finite ? 0.0 : INFINITY;
        at[SPAN_DOUBLES + FORM_RADIUS * BOX_LANES + i] = finite ? 0.0 : INFINITY;
    }
    return (struct affine_place){.span = m->constant_count++, .constant = true};
}

static const struct affine_place *place_of(struct making *m, value_id value)
{
    if (!m->placed[value] && m->model->code[value].op == CODE_CONST) {
        m->places[value] = place_constant(m, value);
        m->placed[value] = true;
    }
    return &m->places[value];
}

// ---- axes -------------------------------------------------------------------------------------------------------------------

// The axes of x and of y; one of their lists where that has them all.
static struct affine_place join(struct making *m, const struct affine_place *x, const struct affine_place *y)
{
    uint8_t both[2 * AFFINE_AXES_MOST];
    size_t count = 0, i = 0, k = 0;
    while (i < x->terms || k < y->terms) {
        const unsigned left = i < x->terms ? x->axes[i] : UINT8_MAX, right = k < y->terms ? y->axes[k] : UINT8_MAX;
        both[count++] = (uint8_t)(left < right ? left : right);
        i += left <= right;
        k += right <= left;
    }
    struct affine_place joined = {.terms = (uint8_t)count, .axes = count == x->terms ? x->axes : count == y->terms ? y->axes : NULL};
    if (joined.axes == NULL)
        joined.axes = memcpy(arena_alloc(m->arena, count), both, count);
    return joined;
}

static bool have_no_axis_in_common(const struct affine_place *x, const struct affine_place *y)
{
    for (size_t i = 0, k = 0; i < x->terms && k < y->terms;) {
        if (x->axes[i] == y->axes[k])
            return false;
        if (x->axes[i] < y->axes[k])
            i++;
        else
            k++;
    }
    return true;
}

static void pick(uint8_t *lines, const struct affine_place *to, const struct affine_place *from)
{
    size_t at = 0;
    for (size_t k = 0; k < to->terms; k++) {
        while (at < from->terms && from->axes[at] < to->axes[k])
            at++;
        lines[k] = (uint8_t)(at < from->terms && from->axes[at] == to->axes[k] ? FORM_TERMS + at : (size_t)FORM_ZERO);
    }
}

// ---- steps ------------------------------------------------------------------------------------------------------------------

struct plain_step {
    uint16_t code;
    size_t count;
    struct affine_place from[3];
    bool free_of_axes; // whatever the arguments depend on
};

static struct affine_place lay_step(struct making *m, const struct plain_step *plain)
{
    struct affine_step *step = &m->steps[m->affine->step_count];
    struct affine_place to = {0};
    for (size_t i = 0; i < plain->count; i++)
        to = join(m, &to, &plain->from[i]);
    *step = (struct affine_step){.code = plain->code, .terms = to.terms};
    uint8_t *lines = arena_alloc(m->arena, 3 * (size_t)to.terms); // of arguments that there are not: the center, not read
    for (size_t i = 0; i < plain->count; i++) {
        step->constant = (uint8_t)(step->constant | (plain->from[i].constant ? 1u << i : 0u));
        step->spans[i] = plain->from[i].span;
        step->forms[i] = plain->from[i].constant ? plain->from[i].span * CONSTANT_DOUBLES + SPAN_DOUBLES : plain->from[i].form;
        pick(lines + i * to.terms, &to, &plain->from[i]);
    }
    for (size_t i = plain->count; i < 3; i++) { // read, and ignored
        step->spans[i] = step->spans[0];
        step->forms[i] = step->forms[0];
        step->constant = (uint8_t)(step->constant | (step->constant & 1u) << i);
    }
    step->pick = lines;
    step->apart = plain->count >= 2 && have_no_axis_in_common(&plain->from[0], &plain->from[1]);
    if (plain->free_of_axes)
        to.terms = 0;
    step->form = to.form = take_slot(m, to.terms);
    to.span = (uint32_t)m->affine->step_count++;
    return to;
}

// The exponent stays an argument, so that the sweep finds it.
static struct affine_place lay_power(struct making *m, const struct affine_place *base, const struct affine_place *exponent)
{
    const struct affine_place logarithm = lay_step(m, &(struct plain_step){AFFINE_LN_PART, 1, {*base}, false});
    const struct affine_place product = lay_step(m, &(struct plain_step){AFFINE_MUL_PART, 2, {logarithm, *exponent}, false});
    const struct affine_place power = lay_step(m, &(struct plain_step){AFFINE_POWER, 3, {*base, *exponent, product}, false});
    give_slot_back(m, logarithm.form, logarithm.terms);
    give_slot_back(m, product.form, product.terms);
    return power;
}

static uint16_t code_of(const struct making *m, const struct instruction *own)
{
    const struct instruction *second = own->b < m->plan.value_count ? &m->model->code[own->b] : NULL;
    const bool alike = own->a == own->b, fixed = second != NULL && second->op == CODE_CONST;
    switch (own->op) {
    case OP_MUL:
        return alike ? ENCLOSE_SQUARE : OP_MUL;
    case OP_SUB:
        return alike ? ENCLOSE_NOTHING : OP_SUB;
    case OP_DIV:
        return alike ? ENCLOSE_ONE : fixed ? AFFINE_QUOTIENT_FIXED : OP_DIV;
    case OP_POW:
        return !fixed ? AFFINE_POWER : second->constant == 2.0 ? ENCLOSE_SQUARE : AFFINE_POWER_FIXED;
    default:
        return (uint16_t)own->op;
    }
}

// The y of x - x * y, or NO_VALUE.
static value_id factor_of_rest(const struct making *m, value_id value)
{
    const struct instruction *own = &m->model->code[value], *product = &m->model->code[own->b];
    if (own->op != OP_SUB || product->op != OP_MUL || product->a == product->b)
        return NO_VALUE;
    return product->a == own->a ? product->b : product->b == own->a ? product->a : NO_VALUE;
}

static bool is_free_of_axes(uint16_t code)
{
    return (code >= OP_LT && code <= OP_NOT) || code == ENCLOSE_NOTHING || code == ENCLOSE_ONE;
}

static struct affine_place lay_column(struct making *m, size_t column)
{
    const size_t axis = m->axes[column];
    uint8_t *own = arena_alloc(m->arena, 1);
    *own = (uint8_t)axis;
    const struct affine_place source = {.terms = axis != NO_AXIS, .axes = own};
    struct affine_place to = lay_step(m, &(struct plain_step){CODE_COLUMN, 1, {source}, false});
    m->steps[to.span].spans[0] = (uint32_t)column;
    return to;
}

static void lay_value(struct making *m, value_id value)
{
    const struct instruction *own = &m->model->code[value];
    const struct node_arguments arguments = plan_arguments(&m->plan, value);
    struct plain_step plain = {.code = code_of(m, own), .count = arguments.count};
    plain.free_of_axes = is_free_of_axes(plain.code);
    for (size_t i = 0; i < arguments.count; i++)
        plain.from[i] = *place_of(m, arguments.values[i]);
    if (plain.code == ENCLOSE_SQUARE)
        plain.count = 1;
    const value_id factor = factor_of_rest(m, value);
    if (factor != NO_VALUE) {
        plain.code = AFFINE_REST;
        plain.from[plain.count++] = *place_of(m, factor);
    }
    m->places[value] = own->op == CODE_COLUMN ? lay_column(m, own->a)
                       : plain.code == AFFINE_POWER ? lay_power(m, &plain.from[0], &plain.from[1]) : lay_step(m, &plain);
    m->placed[value] = true;
    for (size_t i = 0; i < arguments.count; i++)
        used_once(m, arguments.values[i]);
    if (factor != NO_VALUE)
        used_once(m, factor);
}

// ---- the whole --------------------------------------------------------------------------------------------------------------

// What the roots need, each value a step of its own.
static void plan_values(struct making *m)
{
    struct tape_plan *plan = &m->plan;
    for (size_t v = 0; v < plan->value_count; v++)
        plan->joined[v] = NO_VALUE;
    for (size_t r = 0; r < plan->root_count; r++)
        m->uses_left[plan->roots[r]]++;
    for (value_id value = (value_id)plan->value_count; value-- > 0;) {
        if (m->uses_left[value] == 0 || plan_is_constant(plan, value))
            continue;
        plan->is_node[value] = true;
        plan->node_count++;
        const struct node_arguments arguments = plan_arguments(plan, value);
        for (size_t i = 0; i < arguments.count; i++)
            m->uses_left[arguments.values[i]]++;
        const value_id factor = factor_of_rest(m, value);
        if (factor != NO_VALUE)
            m->uses_left[factor]++;
    }
    plan_order(plan);
}

static void find_columns(struct making *m, size_t *columns, uint32_t *column_steps)
{
    struct affine *affine = m->affine;
    uint32_t *step_of = arena_array(m->plan.scratch, m->model->column_count, sizeof *step_of);
    for (uint32_t i = 0; i < affine->step_count; i++)
        if (m->steps[i].code == CODE_COLUMN)
            step_of[m->steps[i].spans[0]] = i + 1;
    for (size_t c = 0; c < m->model->column_count; c++)
        if (step_of[c] != 0) {
            columns[affine->column_count] = c;
            column_steps[affine->column_count++] = step_of[c] - 1;
        }
}

static void lay_out(struct making *m, struct affine_place *roots)
{
    for (size_t i = 0; i < SIZES; i++)
        m->free_slots[i] = NO_SLOT;
    plan_values(m);
    for (size_t i = 0; i < m->plan.node_count; i++)
        lay_value(m, m->plan.order[i]);
    for (size_t r = 0; r < m->plan.root_count; r++)
        roots[r] = *place_of(m, m->plan.roots[r]);
    m->affine->slot_doubles = (size_t)m->line_count * BOX_LANES;
}

// Nothing but the columns' list is scratch that could be given back: the arena of a proof lives as long as the proof.
struct affine *affine_make(struct arena *arena, const struct model *model, const value_id *roots, size_t root_count, const size_t *axes,
                           size_t axis_count)
{
    const size_t count = plan_values_below(roots, root_count), constants = plan_constants_below(model, count);
    struct making m = {.arena = arena, .model = model, .axes = axes, .axis_count = axis_count};
    m.affine = arena_alloc(arena, sizeof *m.affine);
    m.steps = arena_array(arena, count * PARTS_MOST, sizeof *m.steps);
    m.constants = arena_alloc_wide(arena, (constants + 1) * CONSTANT_DOUBLES * sizeof *m.constants);
    m.places = arena_array(arena, count, sizeof *m.places);
    m.placed = arena_array(arena, count, sizeof *m.placed);
    m.uses_left = arena_array(arena, count, sizeof *m.uses_left);
    m.plan = (struct tape_plan){.scratch = arena, .model = model, .value_count = count, .roots = roots, .root_count = root_count};
    m.plan.is_node = arena_array(arena, count, sizeof *m.plan.is_node);
    m.plan.joined = arena_array(arena, count, sizeof *m.plan.joined);
    struct affine_place *places = arena_array(arena, root_count, sizeof *places);
    size_t *columns = arena_array(arena, model->column_count, sizeof *columns);
    uint32_t *column_steps = arena_array(arena, model->column_count, sizeof *column_steps);
    lay_out(&m, places);
    find_columns(&m, columns, column_steps);
    m.affine->steps = m.steps;
    m.affine->constants = m.constants;
    m.affine->axis_count = axis_count;
    m.affine->root_count = root_count;
    m.affine->roots = places;
    m.affine->columns = columns;
    m.affine->column_steps = column_steps;
    return m.affine;
}
