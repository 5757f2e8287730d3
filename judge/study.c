#include "judge/study.h"

#include "judge/counter.h"
#include "judge/scatter.h"

// A claim that is proved does the same in every future: there is nothing to learn from them.
static bool worth_it(const struct inquiry *inquiry)
{
    return inquiry_turns(inquiry) && inquiry->verdict.basis != EVIDENCE_PROVED && inquiry->findings[0].reach.input_count > 0;
}

static void study(struct work *work, struct inquiry *inquiry)
{
    struct arena_mark mark = arena_mark(work->scratch);
    const size_t futures = work->samples < SCATTER_FUTURES ? (size_t)work->samples : SCATTER_FUTURES;
    const struct scatter scatter = scatter_of(work, inquiry->findings[0].question, futures);
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
        study(work, &inquiries[i]);
    }
}
