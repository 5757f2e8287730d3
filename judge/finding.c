#include "judge/finding.h"

#include <math.h>
#include <string.h>

static bool correlated(const struct model *model, size_t draw)
{
    for (size_t i = 0; i < model->correlated_count; i++)
        if (model->correlated[i] == draw)
            return true;
    return false;
}

static bool discrete_alone(const struct model *model, const struct reach *reach, size_t column)
{
    const struct column *it = &model->columns[column];
    if (it->law->law == LAW_KNOWN)
        return true;
    if ((it->law->law != LAW_CHOICE && it->law->law != LAW_POSSIBLE) || correlated(model, it->draw))
        return false;
    if (it->law->cut_low > -INFINITY || it->law->cut_high < INFINITY)
        return false;
    for (size_t i = 0; i < reach->input_count; i++)
        if (reach->inputs[i] != column && model->columns[reach->inputs[i]].draw == it->draw)
            return false;
    return true;
}

static void find_combinations(struct reach *reach, const struct model *model)
{
    reach->enumerable = true;
    reach->combinations = reach->free_combinations = 1;
    for (size_t i = 0; i < reach->input_count && reach->enumerable; i++) {
        size_t column = reach->inputs[i];
        const struct distribution *law = model->columns[column].law;
        size_t ways = law->law == LAW_KNOWN ? 1 : law->choice_count;
        reach->enumerable = discrete_alone(model, reach, column) && ways > 0 && reach->combinations <= COMBINATIONS_MAX / ways;
        if (!reach->enumerable)
            return;
        reach->combinations *= ways;
        if (model->variables[model->columns[column].variable].bounds_only)
            reach->free_combinations *= ways;
    }
}

struct reach reach_of(struct arena *arena, const struct model *model, const struct tape *tape)
{
    struct reach reach = {0};
    size_t used;
    const size_t *columns = tape_columns(tape, &used);
    reach.inputs = arena_array(arena, used, sizeof *reach.inputs);
    reach.aggregates = arena_array(arena, used, sizeof *reach.aggregates);
    for (size_t i = 0; i < used; i++) {
        if (column_is(model, columns[i], COLUMN_INPUT))
            reach.inputs[reach.input_count++] = columns[i];
        if (column_is(model, columns[i], COLUMN_AGGREGATE))
            reach.aggregates[reach.aggregate_count++] = columns[i];
    }
    reach.bounds = bounds_columns(arena, model, tape, &reach.bounds_count);
    reach.uncertain = reach.input_count > reach.bounds_count;
    find_combinations(&reach, model);
    return reach;
}

bool reads_estimates(const struct work *work, const struct reach *reach)
{
    for (size_t i = 0; i < reach->aggregate_count; i++)
        if (!work->estimates[work->model->columns[reach->aggregates[i]].aggregate].exact)
            return true;
    return false;
}

struct reach reach_given(struct arena *arena, const struct model *model, const struct tape *tape, const double *fixed)
{
    struct reach reach = reach_of(arena, model, tape);
    size_t inputs = reach.input_count, bounds = reach.bounds_count;
    reach.input_count = reach.bounds_count = 0;
    for (size_t i = 0; i < inputs; i++)
        if (isnan(fixed[reach.inputs[i]]))
            reach.inputs[reach.input_count++] = reach.inputs[i];
    for (size_t i = 0; i < bounds; i++)
        if (isnan(fixed[reach.bounds[i]]))
            reach.bounds[reach.bounds_count++] = reach.bounds[i];
    reach.uncertain = reach.input_count > reach.bounds_count;
    find_combinations(&reach, model);
    return reach;
}

static struct reach question_reach(struct arena *arena, const struct model *model, const struct question *question)
{
    value_id *roots = arena_array(arena, question_roots(question, NULL), sizeof *roots);
    size_t count = question_roots(question, roots);
    return reach_of(arena, model, tape_make(arena, model, roots, count));
}

struct reach judged_reach(struct arena *arena, const struct model *model, const struct question *question)
{
    const value_id all[] = {question->premise, question->exception, question->conclusion};
    value_id roots[3];
    size_t used = 0;
    for (size_t i = 0; i < 3; i++)
        if (all[i] != NO_VALUE)
            roots[used++] = all[i];
    return reach_of(arena, model, tape_make(arena, model, roots, used));
}

static struct arm arm_new(struct work *work, const struct question *question, const double *fixed)
{
    size_t columns = work->model->column_count;
    struct arm arm = {arena_array(work->scratch, columns, sizeof(double)), tally_new(work->scratch, question), 0, 1};
    if (columns)
        memcpy(arm.fixed, fixed, columns * sizeof *fixed);
    return arm;
}

struct finding finding_new(struct work *work, const struct question *question, const double *fixed)
{
    struct finding finding = {.question = question, .reach = question_reach(work->scratch, work->model, question), .error = FINDING_ERROR};
    size_t judged = judged_reach(work->scratch, work->model, question).input_count;
    finding.constant = judged == 0 && finding.reach.input_count > 0;
    finding.constant_fixed = finding.constant ? arm_new(work, question, fixed).fixed : NULL;
    finding.central = arm_new(work, question, fixed);
    for (size_t i = 0; i < finding.reach.bounds_count; i++) {
        size_t column = finding.reach.bounds[i];
        finding.central.fixed[column] = column_central(&work->model->columns[column]);
    }
    finding.all = tally_new(work->scratch, question);
    finding.lower = finding.upper = finding.central;
    if (finding.reach.bounds_count > 0 && !finding.constant) {
        finding.arms = true;
        finding.lower = arm_new(work, question, finding.central.fixed);
        finding.upper = arm_new(work, question, finding.central.fixed);
        finding.gaps = arm_new(work, question, finding.central.fixed);
    }
    finding.probability = (struct probability){NAN, NAN, NAN, NAN, NAN};
    finding.kind = VERDICT_SENSITIVE;
    return finding;
}

// Sums of weights that should be 0.9 may be a few last places off.
#define WEIGHT_SLACK 1e-12

// What the arms' intervals say together. The lower probability is at most what any arm gives, the upper at least.
struct ends {
    double least_low, least_high, greatest_low, greatest_high;
};

static struct ends ends_of(const struct finding *finding)
{
    const struct arm *lower = &finding->lower, *central = &finding->central, *upper = &finding->upper;
    // Where a place of the inputs makes the claim irrelevant it says nothing.
    struct ends ends = {1, 1, 0, 0};
    const struct arm *const arms[] = {lower, central, upper};
    for (size_t i = 0; i < 3; i++) {
        if (tally_decided(&arms[i]->tally) == 0)
            continue;
        ends.least_low = fmin(ends.least_low, arms[i]->low);
        ends.least_high = fmin(ends.least_high, arms[i]->high);
        ends.greatest_low = fmax(ends.greatest_low, arms[i]->low);
        ends.greatest_high = fmax(ends.greatest_high, arms[i]->high);
    }
    if (ends.greatest_high < ends.least_low)
        ends = (struct ends){0, 1, 0, 1}; // no arm knows anything
    return ends;
}

static enum verdict_kind kind_of(const struct finding *finding, const struct ends *ends, double level)
{
    double slack = finding->exact ? WEIGHT_SLACK : 0;
    if (ends->least_low >= level - slack)
        return VERDICT_SUPPORTED;
    if (ends->greatest_high <= 1 - level + slack)
        return VERDICT_REFUTED;
    return VERDICT_SENSITIVE;
}

static double least(double a, double b)
{
    return a < b || isnan(b) ? a : b;
}

static double greatest(double a, double b)
{
    return a > b || isnan(b) ? a : b;
}

static void set_probability(struct finding *finding, const struct ends *ends)
{
    double central = tally_share(&finding->central.tally);
    double lower = tally_share(&finding->lower.tally), upper = tally_share(&finding->upper.tally);
    finding->probability.estimate = central;
    finding->probability.lower = least(least(lower, central), upper);
    finding->probability.upper = greatest(greatest(upper, central), lower);
    finding->probability.ci_low = ends->least_low;
    finding->probability.ci_high = ends->greatest_high;
}

static bool settle(struct finding *finding, enum verdict_kind kind)
{
    finding->kind = kind;
    finding->done = true;
    return true;
}

double finding_undefined(const struct finding *finding)
{
    double worst = fmax(tally_undefined(&finding->central.tally), finding->has_gaps ? tally_undefined(&finding->gaps.tally) : 0);
    if (!finding->arms)
        return worst;
    return fmax(worst, fmax(tally_undefined(&finding->lower.tally), tally_undefined(&finding->upper.tally)));
}

bool finding_decide(struct finding *finding, double level, double tolerance, bool final)
{
    // Without arms there is one arm, kept in `central`.
    if (!finding->arms)
        finding->lower = finding->upper = finding->central;
    const double *all = finding->all.at;
    double open = all[COUNT_HOLDS] + all[COUNT_FAILS] + all[COUNT_UNDEFINED];
    if (open == 0) {
        if (!final)
            return false;
        if (all[COUNT_ADMISSIBLE] == 0)
            return settle(finding, VERDICT_CONTRADICTORY);
        return settle(finding, all[COUNT_PREMISED] == 0 ? VERDICT_VACUOUS : VERDICT_IDLE);
    }
    if (finding_undefined(finding) > tolerance)
        return settle(finding, VERDICT_UNDEFINED);
    struct ends ends = ends_of(finding);
    set_probability(finding, &ends);
    enum verdict_kind kind = kind_of(finding, &ends, level);
    if (kind != VERDICT_SENSITIVE)
        return settle(finding, kind);
    bool inside = ends.least_high < level && ends.greatest_low > 1 - level;
    if (!inside && !final)
        return false;
    finding->on_edge = !inside && !finding->exact;
    return settle(finding, VERDICT_SENSITIVE);
}

// The same in every future: one admissible one is enough.
static bool judge_constant(struct work *work, struct finding *finding, const double *fixed)
{
    struct group group = group_new(work->scratch, work->model, &finding->question, 1, &finding->central.tally);
    for (uint64_t drawn = 0; drawn < work->samples && finding->central.tally.at[COUNT_ADMISSIBLE] == 0; drawn += FIRST_LOOK)
        if (!group_run(work, &group, fixed, drawn, FIRST_LOOK))
            return false;
    finding->all = finding->central.tally;
    double share = tally_share(&finding->central.tally);
    finding->central.low = isnan(share) ? 0 : share;
    finding->central.high = isnan(share) ? 1 : share;
    finding->exact = true;
    finding->samples = 1;
    return true;
}

void finding_prepare(struct work *work, struct finding *finding)
{
    if (finding->constant) {
        // Inputs without a probability are drawn between their bounds: only possibility counts.
        if (!judge_constant(work, finding, finding->constant_fixed))
            return;
    } else if (finding->reach.enumerable) {
        enumerate_question(work, finding);
    } else if (finding->arms) {
        search_question(work, finding);
        if (finding->reach.uncertain)
            return;
    } else {
        return;
    }
    finding_decide(finding, finding->question->claim->level, work->tolerance, true);
}

bool finding_judge(struct work *work, struct finding *finding)
{
    finding_prepare(work, finding);
    return sample_findings(work, &finding, 1);
}
