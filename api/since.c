// --since: what an earlier run said of verdicts that follow from the same as then is not found out again.
#include "api/baseline.h"
#include "api/run.h"

static bool known(void *user, struct verdict *verdict)
{
    const struct run *run = user;
    const struct baseline_claim *claim = map_get(&run->earlier, text_of(verdict->fingerprint));
    if (!claim)
        return false;
    verdict->kind = claim->earlier.kind;
    verdict->basis = claim->earlier.basis;
    verdict->probability = claim->earlier.probability;
    return true;
}

void reuse_earlier(struct run *run, struct judge_options *options)
{
    const struct baseline *baseline = run->baseline;
    if (!baseline || run->crux->settings.since.length == 0)
        return;
    options->known = known;
    if (run->earlier.count > 0)
        return;
    run->earlier = map_on(&run->crux->run);
    for (size_t i = 0; i < baseline->claims.count; i++)
        map_put(&run->earlier, baseline->claims.at[i].fingerprint, &baseline->claims.at[i]);
}
