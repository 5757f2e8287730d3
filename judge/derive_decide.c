// Which step decides a phrase, which member a condition over members, which step weighs most in a window.
#include <math.h>
#include <stdlib.h>

#include "judge/deriving.h"
#include "judge/work.h"

// ---- how far a condition is from turning ---------------------------------------------------------------------------------

static double margin_of(struct deriving *deriving, size_t future, struct site site);

static double side(struct deriving *deriving, size_t future, struct site site, size_t i)
{
    return trace_value(deriving->trace, future, site.node->args[i], site.spot);
}

static double compared(struct deriving *deriving, size_t future, struct site site)
{
    const double x = side(deriving, future, site, 0);
    if (site.node->op == OP_IN_RANGE)
        return fmin(comparison_margin(OP_GE, x, side(deriving, future, site, 1)), comparison_margin(OP_LE, x, side(deriving, future, site, 2)));
    if (site.node->op == OP_WITHIN)
        return comparison_margin(OP_EQ, x, side(deriving, future, site, 2));
    return comparison_margin(site.node->op, x, side(deriving, future, site, 1));
}

static double joined(struct deriving *deriving, size_t future, struct site site)
{
    const struct node *node = site.node;
    double margin = margin_of(deriving, future, part_of(site, node->args[0]));
    if (node->op == OP_NOT)
        return -margin;
    if (node->op == OP_IMPLIES)
        margin = -margin;
    for (size_t i = 1; i < node->count; i++) {
        const double other = margin_of(deriving, future, part_of(site, node->args[i]));
        margin = node->op == OP_AND ? fmin(margin, other) : fmax(margin, other);
    }
    return margin;
}

// As the verdict's comparisons have it where there is one comparison; NAN without any.
static double margin_of(struct deriving *deriving, size_t future, struct site site)
{
    site = peel(deriving, site);
    const struct node *node = site.node;
    if (is_comparison(node) && node->op != OP_IN_SET && node->args[0]->type.kind != KIND_TRUTH)
        return compared(deriving, future, site);
    if (node->kind == NODE_APPLY && node->count > 0 &&
        (node->op == OP_AND || node->op == OP_OR || node->op == OP_NOT || node->op == OP_IMPLIES || node->op == OP_UNLESS))
        return joined(deriving, future, site);
    return NAN;
}

struct candidate {
    double truth, margin;
};

static struct candidate candidate_at(struct deriving *deriving, size_t future, struct site site)
{
    return (struct candidate){trace_value(deriving->trace, future, site.node, site.spot), margin_of(deriving, future, site)};
}

// As judge_central decides between steps: the best where one suffices, else the worst; without a value is worst.
static bool decides(struct candidate a, struct candidate b, bool some)
{
    if (isnan(a.truth) != isnan(b.truth))
        return isnan(a.truth) != some;
    if (a.truth != b.truth && !isnan(a.truth))
        return (a.truth > b.truth) == some;
    return some ? a.margin > b.margin : a.margin < b.margin;
}

static bool is_some(enum phrase phrase)
{
    return phrase == PHRASE_BY || phrase == PHRASE_BEFORE || phrase == PHRASE_AFTER || phrase == PHRASE_DURING;
}

static struct site at_step(struct deriving *deriving, struct site site, int step)
{
    site.spot = trace_at(deriving->trace, site.spot, step);
    site.node = site.node->args[0];
    return site;
}

// ---- steps -------------------------------------------------------------------------------------------------------------

// The deciding steps, that of the counterexample too when it is another one.
static void add_steps(struct deriving *deriving, struct derived *derived, struct site site)
{
    for (size_t f = 0; f < deriving->columns; f++) {
        const int step = derived->deciding[f];
        if (step < 0 || (f > 0 && step == derived->deciding[0]))
            continue;
        struct derived *child = derive_add(deriving, derived, at_step(deriving, site, step), ROLE_STEP, true);
        for (size_t g = 0; g < deriving->columns; g++)
            child->marked[g] = derived->deciding[g] == step;
    }
}

// The steps looked at in a future; those of the first are noted. False: none.
static bool steps_of(struct deriving *deriving, struct derived *derived, struct site site, size_t future, int *first, int *last)
{
    if (!trace_steps(deriving->trace, future, site.node, site.spot, first, last))
        return false;
    if (future > 0)
        return true;
    derived->first = *first;
    derived->last = *last;
    derived->counted = *last - *first + 1;
    return true;
}

void open_phrase(struct deriving *deriving, struct derived *derived, struct site site)
{
    const bool some = is_some(site.node->phrase);
    for (size_t f = 0; f < deriving->columns; f++) {
        int first, last;
        struct candidate best = {NAN, NAN};
        if (!steps_of(deriving, derived, site, f, &first, &last))
            continue;
        for (int step = first; step <= last; step++) {
            const struct candidate it = candidate_at(deriving, f, at_step(deriving, site, step));
            derived->holding[f] += it.truth == 1;
            if (step > first && !decides(it, best, some))
                continue;
            best = it;
            derived->deciding[f] = step;
        }
        derived->weighed = derived->weighed || !isnan(best.margin);
    }
    add_steps(deriving, derived, site);
}

void open_when(struct deriving *deriving, struct derived *derived, struct site site)
{
    const struct timeline *timeline = &deriving->program->timeline;
    for (size_t f = 0; f < deriving->columns; f++) {
        const double date = trace_value(deriving->trace, f, site.node, site.spot);
        if (!isnan(date))
            derived->deciding[f] = isinf(date) ? timeline->count - 1 : timeline_step_at(timeline, date + 1);
    }
    add_steps(deriving, derived, site);
}

static double weight(enum reduce reduce, double value)
{
    return reduce == REDUCE_MIN ? -value : reduce == REDUCE_MAX ? value : fabs(value);
}

void open_window(struct deriving *deriving, struct derived *derived, struct site site)
{
    for (size_t f = 0; f < deriving->columns; f++) {
        int first, last;
        double most = NAN;
        if (!steps_of(deriving, derived, site, f, &first, &last))
            continue;
        for (int step = first; step <= last; step++) {
            const struct site it = at_step(deriving, site, step);
            const double value = trace_value(deriving->trace, f, it.node, it.spot);
            derived->holding[f] += value == 1;
            if (isnan(value) || weight(site.node->reduce, value) <= most)
                continue;
            most = weight(site.node->reduce, value);
            derived->deciding[f] = step;
        }
    }
    add_steps(deriving, derived, site);
    if (site.node->count > 3 && derived->first == 0)
        derive_add(deriving, derived, part_of(site, site.node->args[3]), ROLE_READ, true);
}

// ---- members -----------------------------------------------------------------------------------------------------------

struct ranked {
    int member;
    double weight;
    double values[DERIVED_COLUMNS];
    bool marked;
};

static int heaviest_first(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->marked != y->marked)
        return x->marked ? -1 : 1;
    if (x->weight != y->weight && !(isnan(x->weight) || isnan(y->weight)))
        return x->weight > y->weight ? -1 : 1;
    return (x->member > y->member) - (x->member < y->member);
}

static struct site at_member(struct deriving *deriving, struct site site, int member)
{
    site.spot = trace_bind(deriving->trace, site.spot, site.node->slot, member);
    site.node = site.node->args[0];
    return site;
}

static bool is_truth_reduce(enum reduce reduce)
{
    return reduce >= REDUCE_COUNT;
}

// What tells most about the whole comes first: of `every` what fails, or is nearest to it; of a sum what is largest.
static double member_weight(struct deriving *deriving, struct site site, const struct node *reduce, double value)
{
    if (!is_truth_reduce(reduce->reduce))
        return weight(reduce->reduce, value);
    const double margin = margin_of(deriving, 0, site), sign = reduce->reduce == REDUCE_EVERY ? -1 : 1;
    const double truth = isnan(value) ? 0.5 : value;
    return sign * (1e6 * (truth - 0.5) + (isnan(margin) ? 0 : fmax(-1e3, fmin(1e3, margin))));
}

static struct ranked rank_member(struct deriving *deriving, const struct derived *derived, struct site site, int member)
{
    const enum reduce reduce = site.node->reduce;
    const struct site it = at_member(deriving, site, member);
    struct ranked ranked = {.member = member};
    for (size_t f = 0; f < deriving->columns; f++) {
        ranked.values[f] = trace_value(deriving->trace, f, it.node, it.spot);
        ranked.marked = ranked.marked || ((reduce == REDUCE_MIN || reduce == REDUCE_MAX) && ranked.values[f] == derived->values[f]);
    }
    ranked.weight = member_weight(deriving, it, site.node, ranked.values[0]);
    return ranked;
}

static void add_member(struct deriving *deriving, struct derived *derived, struct site site, const struct ranked *ranked, bool open)
{
    const enum reduce reduce = site.node->reduce;
    struct derived *child = derive_add(deriving, derived, at_member(deriving, site, ranked->member), ROLE_TERM, open);
    child->label = site.node->index->members[ranked->member];
    for (size_t f = 0; f < deriving->columns; f++)
        child->marked[f] = (reduce == REDUCE_MIN || reduce == REDUCE_MAX) && ranked->values[f] == derived->values[f];
}

static bool is_nothing(const struct deriving *deriving, const struct ranked *ranked)
{
    bool nothing = true;
    for (size_t f = 0; f < deriving->columns; f++)
        nothing = nothing && ranked->values[f] == 0;
    return nothing;
}

void open_members(struct deriving *deriving, struct derived *derived, struct site site)
{
    const enum reduce reduce = site.node->reduce;
    const size_t count = site.node->index->count;
    struct ranked *ranked = arena_array(deriving->arena, count, sizeof *ranked);
    // Of a definition the value is that of its body, as far as nothing was peeled off.
    struct derived whole = *derived;
    for (size_t f = 0; f < deriving->columns; f++)
        whole.values[f] = trace_value(deriving->trace, f, site.node, site.spot);
    derived->counted = (int)count;
    for (size_t i = 0; i < count; i++) {
        ranked[i] = rank_member(deriving, &whole, site, (int)i);
        for (size_t f = 0; f < deriving->columns; f++)
            derived->holding[f] += ranked[i].values[f] == 1;
    }
    qsort(ranked, count, sizeof *ranked, heaviest_first);
    const bool one = reduce == REDUCE_EVERY || reduce == REDUCE_SOME;
    for (size_t i = 0; i < count; i++) {
        const bool binds = reduce != REDUCE_MIN && reduce != REDUCE_MAX ? !one || i == 0 : ranked[i].marked;
        if (i < TERMS_MOST && (i == 0 || reduce != REDUCE_SUM || !is_nothing(deriving, &ranked[i]))) {
            add_member(deriving, derived, site, &ranked[i], binds);
            continue;
        }
        derived->rest_count++;
        for (size_t f = 0; f < deriving->columns; f++)
            derived->rest[f] = reduce == REDUCE_SUM || reduce == REDUCE_COUNT ? derived->rest[f] + ranked[i].values[f] : NAN;
    }
}
