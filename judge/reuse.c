#include "judge/reuse.h"

#include "judge/lint.h"

static bool some_remark_fails(const struct work *work)
{
    for (int kind = 0; kind < REMARK_COUNT; kind++)
        if (lint_fails(work, (enum remark_kind)kind))
            return true;
    return false;
}

static bool can_be_reused(const struct work *work, const struct inquiry *inquiry)
{
    if (inquiry->count == 0 || inquiry->blocked || inquiry->verdict.claim->hole.kind != HOLE_NONE)
        return false;
    for (size_t i = 0; i < inquiry->count; i++)
        if (inquiry->findings[i].reach.aggregate_count > 0)
            return false;
    return !work->options->keep_leaves && !some_remark_fails(work);
}

// Whether it is met turns on what flips the claim, which nobody kept.
static bool needs_cruxes(const struct verdict *verdict)
{
    const struct expectation *expected = expectation_of(verdict);
    return expected && expected->crux_count > 0 && expected->verdict == verdict->kind;
}

bool reuse_verdict(struct work *work, struct inquiry *inquiry)
{
    const struct judge_options *options = work->options;
    if (!options->known || !can_be_reused(work, inquiry))
        return false;
    struct verdict found = inquiry->verdict;
    if (!options->known(options->user, &found) || found.kind > VERDICT_SENSITIVE || needs_cruxes(&found))
        return false;
    inquiry->verdict = found;
    inquiry->verdict.reused = true;
    return true;
}
