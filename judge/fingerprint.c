#include "judge/fingerprint.h"

#include "engine/fingerprint.h"

static struct digest run_digest(const struct work *work)
{
    const struct judge_options *options = work->options;
    struct digest digest = digest_text(digest_nothing(), text_of(options->engine));
    digest = digest_whole(digest_whole(digest, options->seed), options->sampler);
    digest = digest_whole(digest_whole(digest, work->samples), work->stretch);
    digest = digest_whole(digest, options->no_proofs ? UINT64_MAX : options->proof_boxes);
    return digest_number(digest_number(digest, work->tolerance), options->budget);
}

// The chance that an estimate misses is shared among those that some claim reads together.
static const struct digest *digest_errors(struct work *work)
{
    const size_t count = work->model->aggregate_count;
    struct digest *errors = arena_array(work->scratch, count, sizeof *errors);
    for (size_t i = 0; i < count; i++)
        errors[i] = digest_number(digest_nothing(), work->errors[i]);
    return errors;
}

void find_fingerprints(struct work *work, struct inquiry *inquiries, size_t count)
{
    const struct arena_mark mark = arena_mark(work->scratch);
    const struct digest *values = value_digests(work->scratch, work->model, digest_errors(work));
    const struct digest run = run_digest(work);
    for (size_t i = 0; i < count; i++) {
        struct digest digest = digest_whole(run, inquiries[i].count);
        for (size_t f = 0; f < inquiries[i].count; f++)
            digest = digest_digest(digest, question_digest(work->model, values, inquiries[i].findings[f].question));
        inquiries[i].verdict.fingerprint = digest_words(work->arena, digest);
    }
    arena_release(work->scratch, mark);
}
