#include "verify/verify.h"

#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "base/number.h"
#include "verify/cover.h"
#include "verify/law.h"
#include "verify/walk.h"

struct checking {
    struct arena *arena, *scratch;
    const struct program *program;
    const struct certificate_claim *certified;
    const struct claim *claim;
    const struct scenario *scenario;
    int member;
    const struct walk_world *world;
    struct walk walk;
    struct walk_axis *axes;
    double *whole;           // the box that the axes span
    bool relevant;           // in some box looked at the claim may be relevant
    uint64_t boxes, most;
    const char *reason;
};

static bool refuse(struct checking *c, const char *reason)
{
    if (c->reason == NULL)
        c->reason = reason;
    return false;
}

// ---- names ------------------------------------------------------------------------------------------------------------------

// "behind[own]": the claim, and the member of its index.
static bool find_claim(struct checking *c)
{
    struct text name = c->certified->name, member = {0};
    if (name.length > 1 && name.at[name.length - 1] == ']') {
        size_t open = 0;
        while (open < name.length && name.at[open] != '[')
            open++;
        member = (struct text){name.at + open + 1, name.length > open + 2 ? name.length - open - 2 : 0};
        name.length = open;
    }
    c->member = -1;
    for (size_t i = 0; i < c->program->claim_count; i++)
        if (text_equal(c->program->claims[i]->name, name))
            c->claim = c->program->claims[i];
    if (c->claim == NULL || c->claim->conclusion == NULL || c->claim->broken)
        return refuse(c, "the files have no such claim");
    for (size_t i = 0; c->claim->param_count > 0 && i < c->claim->params[0]->count; i++)
        if (text_equal(c->claim->params[0]->members[i], member))
            c->member = (int)i;
    return (c->claim->param_count > 0) == (c->member >= 0) || refuse(c, "the claim has no such member");
}

static bool find_scenario(struct checking *c)
{
    for (size_t i = 0; i < c->program->scenario_count; i++)
        if (text_equal(c->program->scenarios[i]->name, c->certified->scenario))
            c->scenario = c->program->scenarios[i];
    if (c->scenario == NULL)
        return refuse(c, "the files have no such scenario");
    if (c->claim->hole.kind != HOLE_NONE)
        return refuse(c, "a claim with a hole has no proof");
    if (c->claim->concession_count > 0)
        return refuse(c, "what the claim concedes is not re-checked");
    return true;
}

static void make_world(struct checking *c)
{
    const struct scenario *baseline = c->program->scenarios[0];
    const struct walk_world *world = walk_with(&c->walk, NULL, baseline->overrides, baseline->override_count);
    if (c->scenario != baseline)
        world = walk_with(&c->walk, world, c->scenario->overrides, c->scenario->override_count);
    c->world = walk_with(&c->walk, world, c->claim->overrides, c->claim->override_count);
}

// ---- axes -------------------------------------------------------------------------------------------------------------------

static size_t periods_of(const struct checking *c, const struct input *input)
{
    const struct timeline *timeline = &c->program->timeline;
    if (!(input->varies > 0) || timeline->count < 1)
        return 1;
    const double last = timeline->start + (timeline->count - 1) * timeline->length;
    return (size_t)(floor(last / input->varies + 1e-6) - floor(timeline->start / input->varies + 1e-6)) + 1;
}

// "demand at 2027": the period, as the model names its value.
static struct text period_name(const struct checking *c, const struct input *input, struct text name, size_t period)
{
    const struct timeline *timeline = &c->program->timeline;
    const double first = floor(timeline->start / input->varies + 1e-6) + (double)period;
    const int step = timeline_step_at(timeline, fmax(timeline->start, first * input->varies));
    if (step < 0)
        return text_of(arena_printf(c->arena, "%.*s, point %zu", TEXT_ARGS(name), period + 1));
    const struct text when = timeline_step_name(c->arena, timeline, step);
    return text_of(arena_printf(c->arena, "%.*s at %.*s", TEXT_ARGS(name), TEXT_ARGS(when)));
}

static bool find_period(const struct checking *c, const struct certificate_axis *axis, struct walk_axis *found)
{
    const struct input_instance *instance = &found->input->instances[found->instance];
    const size_t periods = periods_of(c, found->input);
    if (periods == 1)
        return text_equal(axis->name, instance->name);
    if (axis->name.length <= instance->name.length || memcmp(axis->name.at, instance->name.at, instance->name.length) != 0)
        return false;
    for (found->period = 0; found->period < periods; found->period++)
        if (text_equal(axis->name, period_name(c, found->input, instance->name, found->period)))
            return true;
    return false;
}

static bool find_input(struct checking *c, const struct certificate_axis *axis, struct walk_axis *found)
{
    if (axis->input >= c->program->input_count)
        return refuse(c, "the program has fewer inputs than an axis says");
    found->input = c->program->inputs[axis->input];
    for (found->instance = 0; found->instance < found->input->instance_count; found->instance++)
        if (find_period(c, axis, found))
            return true;
    return refuse(c, arena_printf(c->arena, "the axis of %.*s is numbered as %.*s", TEXT_ARGS(axis->name), TEXT_ARGS(found->input->name)));
}

static const char *too_short(struct checking *c, const struct certificate_axis *axis)
{
    return arena_printf(c->arena, "the axis of %.*s does not span what it can be", TEXT_ARGS(axis->name));
}

static bool spans_choices(struct checking *c, const struct certificate_axis *axis, const struct input_instance *instance)
{
    for (size_t i = 0; i < instance->point_count; i++) {
        const struct distribution *law = &instance->points[i].law;
        if (!law_is_discrete(law))
            return refuse(c, "an axis counts the values of what is no choice");
        if (axis->low > 0 || axis->high < (double)law->choice_count - 1)
            return refuse(c, too_short(c, axis));
    }
    return true;
}

static bool spans_draws(struct checking *c, const struct certificate_axis *axis, const struct input_instance *instance, bool fraction)
{
    bool open_below = false, open_above = false;
    for (size_t i = 0; i < instance->point_count; i++) {
        const struct distribution law = law_followed(&instance->points[i].law, fraction);
        const struct range ends = law_ends(&law);
        open_below = open_below || (!law_is_discrete(&law) && isinf(ends.low));
        open_above = open_above || (!law_is_discrete(&law) && isinf(ends.high));
    }
    const double low = open_below ? LAW_TAIL * (1 + LAW_SLACK) : 0, high = open_above ? 1 - LAW_TAIL * (1 + LAW_SLACK) : 1;
    return (axis->low <= low && axis->high >= high) || refuse(c, too_short(c, axis));
}

static bool spans_values(struct checking *c, const struct certificate_axis *axis, const struct input_instance *instance, bool fraction)
{
    const struct distribution law = law_followed(&instance->points[0].law, fraction);
    if (instance->point_count != 1 || law_is_discrete(&law))
        return refuse(c, "an axis of values for what has several, or is a choice");
    const struct range ends = law_ends(&law);
    const double most = LAW_TAIL * (1 + LAW_SLACK);
    const bool low = isinf(ends.low) ? law_below(&law, axis->low) <= most : axis->low <= ends.low;
    const bool high = isinf(ends.high) ? law_above(&law, axis->high) <= most : axis->high >= ends.high;
    return (low && high) || refuse(c, too_short(c, axis));
}

static bool check_axis(struct checking *c, const struct certificate_axis *axis, struct walk_axis *found)
{
    if (!find_input(c, axis, found))
        return false;
    const struct input_instance *instance = &found->input->instances[found->instance];
    found->by_draw = axis->kind == AXIS_OF_PROBABILITY;
    found->choice = axis->kind == AXIS_OF_CHOICE;
    if (instance->missing != NULL)
        return refuse(c, "an axis of data that is not there");
    if (found->choice)
        return spans_choices(c, axis, instance);
    return found->by_draw ? spans_draws(c, axis, instance, found->input->type.fraction)
                          : spans_values(c, axis, instance, found->input->type.fraction);
}

static bool check_axes(struct checking *c)
{
    const size_t count = c->certified->axes.count;
    c->axes = arena_array(c->arena, count, sizeof *c->axes);
    c->whole = arena_array(c->arena, 2 * count, sizeof *c->whole);
    for (size_t i = 0; i < count; i++) {
        const struct certificate_axis *axis = &c->certified->axes.at[i];
        c->whole[2 * i] = axis->low;
        c->whole[2 * i + 1] = axis->high;
        if (!check_axis(c, axis, &c->axes[i]))
            return false;
    }
    c->walk.axis_count = count;
    c->walk.axes = c->axes;
    return true;
}

// ---- leaves -----------------------------------------------------------------------------------------------------------------

static const char *gap_found(struct checking *c, const double *gap)
{
    struct buffer text = buffer_on(c->arena);
    buffer_add_string(&text, "no leaf covers");
    for (size_t i = 0; i < c->certified->axes.count && i < 4; i++) {
        buffer_printf(&text, "%s %.*s ", i > 0 ? "," : "", TEXT_ARGS(c->certified->axes.at[i].name));
        number_write(&text, gap[2 * i], 6);
        buffer_add_string(&text, " .. ");
        number_write(&text, gap[2 * i + 1], 6);
    }
    return buffer_text(&text).at;
}

static bool check_cover(struct checking *c)
{
    const size_t count = c->certified->axes.count;
    bool *whole_numbers = arena_array(c->arena, count, sizeof *whole_numbers);
    double *gap = arena_array(c->arena, 2 * count, sizeof *gap);
    for (size_t i = 0; i < count; i++)
        whole_numbers[i] = c->axes[i].choice;
    const struct cover cover = {count, whole_numbers, c->whole, c->certified->leaf_count, c->certified->leaves.at};
    const enum covered covered = cover_check(c->scratch, &cover, gap);
    if (covered == NOT_COVERED)
        return refuse(c, gap_found(c, gap));
    return covered == COVERED || refuse(c, "whether the leaves cover the box takes more pieces than the re-checker looks at");
}

static struct range assumed(struct checking *c, const struct scenario *scenario, struct range so_far)
{
    for (size_t i = 0; i < scenario->assumption_count && can_hold(so_far); i++)
        so_far = truth_and(so_far, walk_truth(&c->walk, scenario->assumptions[i]->condition, c->world, -1));
    return so_far;
}

// What the outcome says can be nowhere: that the claim is relevant and does otherwise, or is relevant at all.
static struct range breach(struct checking *c)
{
    const struct claim *claim = c->claim;
    struct range r = assumed(c, c->program->scenarios[0], range_of(1));
    if (c->scenario != c->program->scenarios[0])
        r = assumed(c, c->scenario, r);
    if (claim->premise != NULL)
        r = truth_and(r, walk_truth(&c->walk, claim->premise, c->world, c->member));
    if (claim->exception != NULL)
        r = truth_and(r, truth_not(walk_truth(&c->walk, claim->exception, c->world, c->member)));
    if (c->certified->outcome == OUTCOME_IRRELEVANT)
        return r;
    c->relevant = c->relevant || can_hold(r);
    const struct range conclusion = walk_truth(&c->walk, claim->conclusion, c->world, c->member);
    return truth_and(r, c->certified->outcome == OUTCOME_HOLDS ? truth_not(conclusion) : conclusion);
}

// The axis along which the box is widest, measured by the whole; SIZE_MAX: it cannot be halved.
static size_t widest(const struct checking *c, const double *box)
{
    size_t best = SIZE_MAX;
    double most = 0;
    for (size_t i = 0; i < c->certified->axes.count; i++) {
        const double width = box[2 * i + 1] - box[2 * i], whole = c->whole[2 * i + 1] - c->whole[2 * i];
        const double middle = 0.5 * box[2 * i] + 0.5 * box[2 * i + 1];
        const bool halves = c->axes[i].choice ? floor(box[2 * i + 1]) > ceil(box[2 * i]) : box[2 * i] < middle && middle < box[2 * i + 1];
        if (halves && width / whole > most) {
            most = width / whole;
            best = i;
        }
    }
    return best;
}

static bool is_undecided(struct checking *c, size_t leaf, const char *why)
{
    return refuse(c, arena_printf(c->arena, "leaf %zu undecided%s%s", leaf + 1, why != NULL ? ": " : "", why != NULL ? why : ""));
}

static bool check_box(struct checking *c, const double *box, size_t leaf);

static bool check_halves(struct checking *c, const double *box, size_t leaf)
{
    const size_t axis = widest(c, box), ends = 2 * c->certified->axes.count;
    if (axis == SIZE_MAX)
        return is_undecided(c, leaf, NULL);
    const struct arena_mark mark = arena_mark(c->scratch);
    double *half = arena_array(c->scratch, ends, sizeof *half);
    const double middle = 0.5 * box[2 * axis] + 0.5 * box[2 * axis + 1];
    memcpy(half, box, ends * sizeof *half);
    half[2 * axis + 1] = c->axes[axis].choice ? floor(middle) : middle;
    bool fine = check_box(c, half, leaf);
    if (fine) {
        half[2 * axis + 1] = box[2 * axis + 1];
        half[2 * axis] = c->axes[axis].choice ? floor(middle) + 1 : middle;
        fine = check_box(c, half, leaf);
    }
    arena_release(c->scratch, mark);
    return fine;
}

static bool check_box(struct checking *c, const double *box, size_t leaf)
{
    if (c->boxes++ >= c->most)
        return is_undecided(c, leaf, "the boxes that may be looked at are used up");
    walk_enter(&c->walk, box);
    const struct range found = breach(c);
    if (c->walk.reason != NULL)
        return refuse(c, c->walk.reason);
    if (!can_hold(found) && !found.missing)
        return true;
    if (found.low >= 1 && !found.missing)
        return refuse(c, arena_printf(c->arena, "leaf %zu: the claim does the opposite there", leaf + 1));
    return check_halves(c, box, leaf);
}

static bool check_leaves(struct checking *c)
{
    const size_t ends = 2 * c->certified->axes.count;
    c->most = VERIFY_BOXES + (uint64_t)VERIFY_BOXES_A_LEAF * c->certified->leaf_count;
    c->walk.visits = 2000000000;
    for (size_t i = 0; i < c->certified->leaf_count; i++)
        if (!check_box(c, c->certified->leaves.at + i * ends, i))
            return false;
    // Of a claim that is silent everywhere both would be true.
    return c->relevant || c->certified->outcome == OUTCOME_IRRELEVANT || refuse(c, "it says nothing in any future");
}

struct verification verify_claim(struct arena *arena, struct arena *scratch, const struct program *program,
                                 const struct certificate_claim *certified)
{
    struct checking c = {.arena = arena, .scratch = scratch, .program = program, .certified = certified};
    walk_init(&c.walk, arena, program);
    bool verified = program->scenario_count > 0 && find_claim(&c) && find_scenario(&c);
    if (verified)
        make_world(&c);
    verified = verified && check_axes(&c) && check_cover(&c) && check_leaves(&c);
    range_finish();
    return (struct verification){verified, verified ? NULL : c.reason, c.boxes};
}
