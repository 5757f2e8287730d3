#include "judge/weaken.h"

#include <math.h>
#include <string.h>

#include "base/elementary.h"
#include "dsl/variant.h"
#include "judge/cone.h"
#include "judge/hole.h"

enum { WEAKEN_FUTURES = 4096, WEAKEN_SAMPLES = 16384, DIGITS_MOST = 6, STEPS_TRIED = 3 };

// Shares beyond the level that are aimed at, one after the other.
static const double beyond[] = {0.015, 0.04};
enum { TRIES = sizeof beyond / sizeof *beyond };

// What a variant asks under the verdict's scenario: without concession, then with each.
struct asking {
    const struct variant *variant;
    const struct question *questions;
    size_t count;
};

// ---- judged as it would stand ------------------------------------------------------------------------------------------------

// With fewer futures than a claim has: what they do not decide is not offered.
static bool is_supported(struct work *work, const struct asking *asking, double value, struct probability *probability)
{
    struct arena_mark mark = arena_mark(work->scratch);
    const uint64_t samples = work->samples, stretch = work->stretch;
    bool supported = true;
    work->samples = samples < WEAKEN_SAMPLES ? samples : WEAKEN_SAMPLES;
    work->stretch = 1;
    *probability = (struct probability){NAN, NAN, NAN, NAN, NAN};
    for (size_t i = 0; i < asking->count && supported; i++) {
        double *fixed = work_fixed(work);
        fixed[asking->questions[i].hole_column] = value;
        struct finding finding = finding_new(work, &asking->questions[i], fixed);
        supported = finding_judge(work, &finding) && finding.kind == VERDICT_SUPPORTED;
        if (i == 0 || finding.probability.lower < probability->lower)
            *probability = finding.probability;
    }
    work->samples = samples;
    work->stretch = stretch;
    arena_release(work->scratch, mark);
    return supported;
}

// ---- figures -----------------------------------------------------------------------------------------------------------------------

// To so many digits, never beyond `value` on the strong side.
static double round_weaker(double value, int digits, bool above)
{
    if (value == 0 || !isfinite(value))
        return value;
    double unit = elementary_pow(10, floor(elementary_log(fabs(value)) / elementary_log(10)) - (digits - 1));
    double steps = above ? floor(value / unit + 1e-9) : ceil(value / unit - 1e-9);
    // A power of ten below 1 is no double: divide by its inverse.
    return unit < 1 ? steps / round(1 / unit) : steps * unit;
}

static double round_figure(double value, double from, bool above)
{
    for (int digits = 1; digits < DIGITS_MOST; digits++) {
        double rounded = round_weaker(value, digits, above);
        if (fabs(rounded - value) <= 0.1 * fabs(value - from))
            return rounded;
    }
    return round_weaker(value, DIGITS_MOST, above);
}

struct solved {
    double values[TRIES]; // in base units, from the nearest to the weakest; NAN: none
    double half;          // half-width of the values at which the claim turns
    double distance;      // of the first in half-widths
};

static double weaker_of(double a, double b, bool above)
{
    return isnan(a) ? b : above ? fmin(a, b) : fmax(a, b);
}

static bool solve_question(struct work *work, const struct question *question, const double *bounds, struct solved *solved)
{
    const bool above = question->claim->hole.stronger_above;
    struct asked asked = {.work = work, .question = question, .hole = &question->claim->hole};
    struct arena_mark mark = arena_mark(work->scratch);
    double *fixed = work_fixed(work);
    struct turn *sorted;
    size_t count;
    for (size_t c = 0; c < work->model->column_count; c++)
        if (isnan(fixed[c]))
            fixed[c] = bounds[c];
    if (!thresholds_at(&asked, fixed, WEAKEN_FUTURES, HOLE_FIRST, false, &sorted, &count))
        return false;
    for (size_t t = 0; count > 0 && t < TRIES; t++) {
        double share = fmin(question->claim->level + beyond[t], (1 + question->claim->level) / 2);
        solved->values[t] = weaker_of(solved->values[t], threshold_holding(sorted, count, share, above), above);
    }
    if (count > 0)
        solved->half = fmax(solved->half, (threshold_holding(sorted, count, 0.05, above) - threshold_holding(sorted, count, 0.95, above)) / (above ? 2 : -2));
    arena_release(work->scratch, mark);
    return true;
}

static bool solve_figure(struct work *work, const struct inquiry *inquiry, const struct asking *asking, struct solved *solved)
{
    const double from = asking->variant->place->number * asking->variant->factor;
    *solved = (struct solved){.values = {NAN, NAN}, .distance = INFINITY};
    for (size_t i = 0; i < asking->count && i < inquiry->count; i++)
        if (!solve_question(work, &asking->questions[i], inquiry->findings[i].lower.fixed, solved))
            return false;
    double move = fabs(solved->values[0] - from);
    if (!isfinite(solved->values[0]))
        return false;
    solved->distance = solved->half > 0 && isfinite(solved->half) ? move / solved->half : from != 0 ? move / fabs(from) : move;
    return true;
}

// As it is written: rounded in the author's unit.
static double as_written(const struct variant *variant, double value, bool above)
{
    const double scale = variant->place->percent ? 100 : 1;
    const double figure = value / variant->factor * scale, from = variant->place->number * scale;
    return round_figure(figure, from, above) / scale * variant->factor;
}

static const struct weakening *try_figure(struct work *work, const struct inquiry *inquiry, const struct asking *asking, const struct solved *solved)
{
    const bool above = asking->variant->claim->hole.stronger_above == (asking->variant->factor > 0);
    for (size_t t = 0; t < TRIES; t++) {
        struct probability probability;
        double value = as_written(asking->variant, solved->values[t], above);
        if (isfinite(value) && is_supported(work, asking, value, &probability))
            return weakened_figure(work, inquiry, asking->variant, value, probability);
    }
    return NULL;
}

static const struct weakening *weaken_figures(struct work *work, const struct inquiry *inquiry, const struct asking *askings, size_t count)
{
    struct solved solved[VARIANTS_MOST];
    for (size_t i = 0; i < count; i++) {
        bool known = askings[i].variant->claim->hole.kind == HOLE_THRESHOLD && solve_figure(work, inquiry, &askings[i], &solved[i]);
        if (!known)
            solved[i].distance = INFINITY;
    }
    for (size_t tried = 0; tried < count; tried++) {
        size_t nearest = 0;
        for (size_t i = 1; i < count; i++)
            if (solved[i].distance < solved[nearest].distance)
                nearest = i;
        if (!isfinite(solved[nearest].distance))
            return NULL;
        const struct weakening *found = try_figure(work, inquiry, &askings[nearest], &solved[nearest]);
        if (found)
            return found;
        solved[nearest].distance = INFINITY;
    }
    return NULL;
}

// ---- dates -------------------------------------------------------------------------------------------------------------------------

// The share of the relevant futures in which the claim holds, for each step that the hole may be.
static bool shares_by_step(struct work *work, const struct question *question, const double *bounds, int first, int count, double *shares)
{
    const struct timeline *timeline = &work->model->program->timeline;
    struct cone cone = cone_of(work, question, WEAKEN_FUTURES);
    double *fixed = work_fixed(work);
    for (size_t c = 0; c < work->model->column_count; c++)
        if (isnan(fixed[c]))
            fixed[c] = bounds[c];
    if (!cone_draw(work, &cone, fixed, HOLE_FIRST))
        return false;
    for (int s = 0; s < count; s++) {
        struct tally tally = tally_new(work->scratch, question);
        bool undefined;
        for (size_t k = 0; k < cone.lanes; k++)
            cone.tried[k] = timeline->start + (first + s) * timeline->length;
        cone_run(work, &cone);
        for (size_t k = 0; k < cone.lanes; k++)
            tally_add(question, tally.at, (const double *const *)cone.results, k, 1, &undefined);
        double share = tally_share(&tally);
        shares[s] = isnan(share) ? shares[s] : fmin(shares[s], share);
    }
    return true;
}

// Steps at which the claim may be supported, the nearest to the easy end's other side first.
static const struct weakening *try_steps(struct work *work, const struct inquiry *inquiry, const struct asking *asking, const double *shares, int first, int count)
{
    const struct timeline *timeline = &work->model->program->timeline;
    const bool later = shares[count - 1] >= shares[0];
    int tried = 0;
    for (int i = 0; i < count && tried < STEPS_TRIED; i++) {
        const int s = later ? i : count - 1 - i;
        struct probability probability;
        if (shares[s] < asking->variant->of->level + beyond[0])
            continue;
        tried++;
        const double value = timeline->start + (first + s) * timeline->length;
        if (is_supported(work, asking, value, &probability))
            return weakened_figure(work, inquiry, asking->variant, value, probability);
    }
    return NULL;
}

static const struct weakening *weaken_date(struct work *work, const struct inquiry *inquiry, const struct asking *asking)
{
    const struct claim *claim = asking->variant->claim;
    const int first = claim->start, count = work->model->program->timeline.count - first;
    if (count < 2)
        return NULL;
    struct arena_mark mark = arena_mark(work->scratch);
    double *shares = arena_array(work->scratch, (size_t)count, sizeof *shares);
    for (int s = 0; s < count; s++)
        shares[s] = 1;
    bool known = true;
    for (size_t i = 0; i < asking->count && i < inquiry->count && known; i++)
        known = shares_by_step(work, &asking->questions[i], inquiry->findings[i].lower.fixed, first, count, shares);
    const struct weakening *found = known ? try_steps(work, inquiry, asking, shares, first, count) : NULL;
    arena_release(work->scratch, mark);
    return found;
}

// ---- certainty -------------------------------------------------------------------------------------------------------------------------

// Whole percents clearly below what was found; more so where bounds were searched, which another search may beat.
static const struct weakening *weaken_certainty(struct work *work, const struct inquiry *inquiry)
{
    const struct verdict *verdict = &inquiry->verdict;
    double low = 100 * (isnan(verdict->probability.ci_low) ? verdict->probability.lower : verdict->probability.ci_low);
    double percent = floor(low - (verdict->searched ? 3 : 1));
    return percent >= 1 && inquiry->count == 1 ? weakened_certainty(work, inquiry, percent) : NULL;
}

// ---- all -------------------------------------------------------------------------------------------------------------------------------

static const struct variant *variant_of(const struct program *program, const struct claim *claim)
{
    for (size_t i = 0; i < program->variant_count; i++)
        if (program->variants[i].claim == claim)
            return &program->variants[i];
    return NULL;
}

static size_t askings_of(const struct work *work, const struct inquiry *inquiry, struct asking *askings)
{
    const struct model *model = work->model;
    size_t count = 0;
    for (size_t i = 0; i < model->variant_question_count; i++) {
        const struct question *question = &model->variant_questions[i];
        const struct variant *variant = variant_of(model->program, question->claim);
        if (variant->of != inquiry->verdict.claim || question->scenario != inquiry->verdict.scenario || question->hole_column == SIZE_MAX)
            continue;
        if (count > 0 && askings[count - 1].variant == variant)
            askings[count - 1].count++;
        else if (count < VARIANTS_MOST)
            askings[count++] = (struct asking){variant, question, 1};
    }
    return count;
}

static const struct weakening *weaken(struct work *work, const struct inquiry *inquiry)
{
    struct asking askings[VARIANTS_MOST];
    size_t count = askings_of(work, inquiry, askings);
    const struct weakening *found = weaken_figures(work, inquiry, askings, count);
    for (size_t i = 0; i < count && !found; i++)
        if (askings[i].variant->claim->hole.kind == HOLE_DATE)
            found = weaken_date(work, inquiry, &askings[i]);
    return found ? found : weaken_certainty(work, inquiry);
}

static bool may_be_weakened(const struct inquiry *inquiry)
{
    const struct verdict *verdict = &inquiry->verdict;
    bool wanting = verdict->kind == VERDICT_REFUTED || verdict->kind == VERDICT_SENSITIVE;
    return wanting && inquiry->finished && inquiry->count > 0 && verdict->estimate_count == 0 && verdict->member < 0 && verdict->claim->item;
}

void weaken_claims(struct work *work, struct inquiry *inquiries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!work->model->program || !may_be_weakened(&inquiries[i]))
            continue;
        if (work_late(work) || !work_continues(work, 0))
            return;
        struct arena_mark mark = arena_mark(work->scratch);
        inquiries[i].verdict.weakening = weaken(work, &inquiries[i]);
        arena_release(work->scratch, mark);
    }
}
