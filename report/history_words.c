// What changed between two recorded verdicts, in words.
#include <math.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "report/history_words.h"
#include "report/words.h"

enum { INPUTS_NAMED = 3 };

void words_spark(struct buffer *out, const struct past_claim *claim, size_t most)
{
    static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const size_t from = claim->count > most ? claim->count - most : 0;
    for (size_t i = from; i < claim->count; i++) {
        const double p = claim->at[i].verdict.probability.estimate;
        buffer_add_string(out, isnan(p) ? "·" : blocks[p >= 1 ? 7 : p <= 0 ? 0 : (int)(p * 8)]);
    }
}

void words_recorded_on(struct buffer *out, const struct recorded_run *run)
{
    enum { DATE = 10 };
    buffer_add(out, (struct text){run->recorded_on.at, run->recorded_on.length < DATE ? run->recorded_on.length : DATE});
}

// Behind ": " the first, behind "; " the others.
static void begin(struct buffer *out)
{
    if (out->length > 0)
        buffer_add_string(out, "; ");
}

static void add_data(struct buffer *out, const struct past_step *step)
{
    size_t count = 0;
    for (size_t i = 0; i < step->input_count && step->inputs[i].data; i++) {
        const struct recorded_input *after = step->inputs[i].after;
        if (count++ >= INPUTS_NAMED)
            continue;
        begin(out);
        if (after->observations == 0)
            buffer_printf(out, "%.*s is no longer taken from data", TEXT_ARGS(after->name));
        else
            buffer_printf(out, "new data: %.*s for %.*s, known from %.*s (%.*s)", TEXT_ARGS(after->quantity), TEXT_ARGS(after->valid),
                          TEXT_ARGS(after->known), TEXT_ARGS(after->source));
    }
    if (count > INPUTS_NAMED)
        buffer_printf(out, " and of %zu more inputs", count - INPUTS_NAMED);
}

enum input_change { INPUT_CAME, INPUT_WENT, INPUT_WRITTEN };

static bool is(const struct changed_input *input, enum input_change change)
{
    return !input->data && (input->before ? input->after ? INPUT_WRITTEN : INPUT_WENT : INPUT_CAME) == change;
}

static void add_inputs(struct buffer *out, const struct past_step *step, enum input_change change, const char *words)
{
    size_t count = 0;
    for (size_t i = 0; i < step->input_count; i++) {
        if (!is(&step->inputs[i], change) || count++ >= INPUTS_NAMED)
            continue;
        const struct recorded_input *named = step->inputs[i].after ? step->inputs[i].after : step->inputs[i].before;
        if (count == 1)
            begin(out);
        buffer_printf(out, "%s %.*s", count == 1 ? words : ",", TEXT_ARGS(named->name));
    }
    if (count > INPUTS_NAMED)
        buffer_printf(out, " and %zu more", count - INPUTS_NAMED);
}

static void add_wording(struct buffer *out, const struct past_step *step)
{
    const struct recorded_verdict *before = &(step->verdict - 1)->verdict, *after = &step->verdict->verdict;
    begin(out);
    if (step->moved)
        buffer_printf(out, "GOALPOSTS MOVED%s: ", step->moved->better ? ", and it comes out better" : "");
    buffer_printf(out, "the claim was reworded: `%.*s` became `%.*s`", TEXT_ARGS(before->wording), TEXT_ARGS(after->wording));
}

static void add_settings(struct buffer *out, const struct past_step *step)
{
    static const struct {
        enum past_change change;
        const char *words;
    } others[] = {
        {CHANGE_SENTENCE, "its sentence was reworded"},
        {CHANGE_LEVEL, "another level"},
        {CHANGE_ENGINE, "another version of Crux"},
        {CHANGE_CHANCE, "another seed, sampler or number of futures"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (step->changes & others[i].change) {
            begin(out);
            buffer_add_string(out, others[i].words);
        }
}

bool step_moved(const struct past_step *step)
{
    const struct past_verdict *now = step->verdict;
    const double a = (now - 1)->verdict.probability.estimate, b = now->verdict.probability.estimate;
    return (step->changes & CHANGE_VERDICT) || (isnan(a) ? !isnan(b) : a != b);
}

void words_step(struct buffer *out, const struct past_step *step)
{
    if (step->changes & CHANGE_WORDING)
        add_wording(out, step);
    add_data(out, step);
    add_inputs(out, step, INPUT_WRITTEN, "changed in the file:");
    add_inputs(out, step, INPUT_CAME, "now uses");
    add_inputs(out, step, INPUT_WENT, "no longer uses");
    add_settings(out, step);
    if (out->length == 0 && step_moved(step))
        buffer_add_string(out, "no input changed: a definition, an assumption or the vintage did");
}
