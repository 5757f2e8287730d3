// Sequential sampling.
//
// Futures are drawn until a look decides; looks come at FIRST_LOOK futures, at each doubling and at the number asked for, L of them, and each uses
// an interval with error 5 % / L (Bonferroni over a schedule fixed beforehand): of replicates (judge/replicate.h), or of Clopper
// and Pearson for independent futures. So with at least 95 % all of the looks' intervals hold the true share at once, whenever
// sampling stops, and so does their intersection, which is printed. Given how many independent futures are relevant, the
// number in which the claim holds is binomial, so a random number of relevant ones changes nothing.
#include "judge/finding.h"

#include <math.h>

enum { CHUNK = 32768 }; // futures between two reports of progress

static uint64_t first_look(const struct work *work)
{
    return work->samples < FIRST_LOOK ? work->samples : FIRST_LOOK;
}

// Twice as many, and once exactly the number that was asked for.
static uint64_t next_look(const struct work *work, uint64_t futures)
{
    return futures < work->samples && futures * 2 > work->samples ? work->samples : futures * 2;
}

static int planned_looks(const struct work *work)
{
    int looks = 1;
    for (uint64_t n = first_look(work); n < work->samples * work->stretch; n = next_look(work, n))
        looks++;
    return looks;
}

static void look(const struct work *work, struct arm *arm, double error)
{
    struct share_interval now = tally_interval(work, &arm->tally, error);
    double low = fmax(arm->low, now.low), high = fmin(arm->high, now.high);
    // An empty intersection means that one of the looks missed: the last one knows most.
    arm->low = low <= high ? low : now.low;
    arm->high = low <= high ? high : now.high;
}

// Adds futures first .. end - 1 to all plain findings at once.
static bool draw_plain(struct work *work, struct finding *const *findings, size_t count, uint64_t first, uint64_t end)
{
    struct arena_mark mark = arena_mark(work->scratch);
    const struct question **questions = arena_array(work->scratch, count, sizeof *questions);
    struct tally *tallies = arena_array(work->scratch, count, sizeof *tallies);
    struct finding **open = arena_array(work->scratch, count, sizeof *open);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (findings[i]->done || findings[i]->arms)
            continue;
        open[used] = findings[i];
        tallies[used] = findings[i]->central.tally;
        questions[used++] = findings[i]->question;
    }
    bool done = true;
    if (used > 0) {
        struct group group = group_new(work->scratch, work->model, questions, used, tallies);
        for (uint64_t at = first; done && at < end; at += CHUNK) {
            uint64_t some = end - at < CHUNK ? end - at : CHUNK;
            done = group_run(work, &group, open[0]->central.fixed, at, some) && work_continues(work, some);
        }
        for (size_t i = 0; i < used; i++)
            open[i]->central.tally = open[i]->all = tallies[i];
    }
    arena_release(work->scratch, mark);
    return done;
}

static bool draw_arm(struct work *work, struct finding *finding, struct arm *arm, uint64_t first, uint64_t end)
{
    struct arena_mark mark = arena_mark(work->scratch);
    struct tally part = tally_new(work->scratch, finding->question);
    struct group group = group_new(work->scratch, work->model, &finding->question, 1, &part);
    bool done = true;
    for (uint64_t at = first; done && at < end; at += CHUNK) {
        uint64_t some = end - at < CHUNK ? end - at : CHUNK;
        done = group_run(work, &group, arm->fixed, at, some) && work_continues(work, some);
    }
    tally_join(finding->question, &arm->tally, &part);
    tally_join(finding->question, &finding->all, &part);
    arena_release(work->scratch, mark);
    return done;
}

static bool draw(struct work *work, struct finding *const *findings, size_t count, uint64_t first, uint64_t end)
{
    if (!draw_plain(work, findings, count, first, end))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct finding *finding = findings[i];
        if (finding->done || !finding->arms)
            continue;
        if (!draw_arm(work, finding, &finding->lower, first, end) || !draw_arm(work, finding, &finding->upper, first, end) ||
            !draw_arm(work, finding, &finding->central, first, end))
            return false;
        if (finding->has_gaps && !draw_arm(work, finding, &finding->gaps, first, end))
            return false;
    }
    return true;
}

static bool enough(const struct work *work, const struct finding *finding, uint64_t drawn)
{
    double relevant = fmin(tally_decided(&finding->lower.tally), tally_decided(&finding->upper.tally));
    if (!finding->arms)
        relevant = tally_decided(&finding->central.tally);
    if (drawn < work->samples)
        return false;
    return relevant == 0 || relevant >= RELEVANT_ENOUGH || drawn >= work->samples * work->stretch;
}

static bool look_at(struct work *work, struct finding *finding, double error, uint64_t drawn, bool late)
{
    finding->samples = drawn;
    look(work, &finding->central, error);
    if (finding->arms) {
        look(work, &finding->lower, error);
        look(work, &finding->upper, error);
    }
    return finding_decide(finding, finding->question->claim->level, work->tolerance, late || enough(work, finding, drawn));
}

bool sample_findings(struct work *work, struct finding *const *findings, size_t count)
{
    int looks = planned_looks(work);
    uint64_t drawn = 0;
    for (uint64_t target = first_look(work);; target = next_look(work, target)) {
        size_t open = 0;
        for (size_t i = 0; i < count; i++)
            open += !findings[i]->done;
        if (open == 0)
            return true;
        if (!draw(work, findings, count, drawn, target))
            return false;
        drawn = target;
        bool late = work_late(work);
        for (size_t i = 0; i < count; i++)
            if (!findings[i]->done)
                look_at(work, findings[i], findings[i]->error / looks, drawn, late);
    }
}
