#include "judge/study.h"

#include "judge/box.h"
#include "judge/counter.h"
#include "judge/indices.h"
#include "judge/scatter.h"
#include "judge/score.h"

enum { LEAST_FUTURES = 1024, AGREED_FUTURES = 2048 };

static bool worth_it(const struct inquiry *inquiry)
{
    return inquiry_turns(inquiry) && inquiry->findings[0].reach.input_count > 0;
}

// A claim that is proved does the same in every future: there is nothing to learn from them.
static void study_proved(struct inquiry *inquiry)
{
    inquiry->verdict.entropy = 0;
    for (size_t i = 0; i < inquiry->verdict.crux_count; i++) {
        struct crux_score *score = &inquiry->cruxes[i].score;
        score->bits = score->bits_error = score->share = 0;
    }
}

// Where all futures tried do the same, a scatter tells neither scores nor a box, and only where the claim is near to turning.
static bool agreed(const struct finding *finding)
{
    return finding->all.at[COUNT_HOLDS] == 0 || finding->all.at[COUNT_FAILS] == 0;
}

// No more than were asked for, nor so few that nothing can be said.
static size_t futures_for(const struct work *work, const struct inquiry *inquiry)
{
    const size_t most = agreed(&inquiry->findings[0]) ? AGREED_FUTURES : SCATTER_FUTURES;
    const size_t futures = work->samples < most ? (size_t)work->samples : most;
    return futures < LEAST_FUTURES ? LEAST_FUTURES : futures;
}

static void study(struct work *work, struct inquiry *inquiry)
{
    struct arena_mark mark = arena_mark(work->scratch);
    const struct scatter scatter = scatter_of(work, inquiry->findings[0].question, futures_for(work, inquiry));
    score_cruxes(work, inquiry, &scatter);
    find_failing_box(work, inquiry, &scatter);
    find_counter(work, inquiry, &scatter);
    arena_release(work->scratch, mark);
}

void study_inquiries(struct work *work, struct inquiry *inquiries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!worth_it(&inquiries[i]))
            continue;
        if (work_late(work) || !work_continues(work, 0))
            return;
        if (inquiries[i].verdict.basis == EVIDENCE_PROVED)
            study_proved(&inquiries[i]);
        else
            study(work, &inquiries[i]);
        if (work->options->indices)
            find_indices(work, &inquiries[i]);
    }
}
