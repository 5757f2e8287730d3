#include "report/evidence.h"

#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "dsl/program.h"
#include "judge/verdict.h"
#include "report/escape.h"
#include "report/proof.h"
#include "report/report.h"
#include "report/words.h"

// ---- shares of futures ---------------------------------------------------------------------------------------------------------------

static bool differ_in_print(struct arena *arena, double a, double b)
{
    struct buffer left = buffer_on(arena), right = buffer_on(arena);
    words_percent_number(&left, a, 0);
    words_percent_number(&right, b, 0);
    return !text_equal(buffer_text(&left), buffer_text(&right));
}

void evidence_probability(struct buffer *out, const struct probability *p)
{
    if (p->lower <= 0 && p->upper >= 1) {
        buffer_add_string(out, "in some");
    } else if (p->upper <= 0) {
        buffer_add_string(out, "in none");
    } else if (p->lower >= 1) {
        buffer_add_string(out, "in all");
    } else {
        buffer_add_string(out, "in ");
        const bool range = differ_in_print(out->arena, p->lower, p->upper);
        if (range) {
            words_percent_number(out, p->lower, 0);
            buffer_add_string(out, "–");
        }
        words_percent(out, range ? p->upper : p->estimate, 0);
    }
}

static void add_sampling(struct buffer *out, const struct verdict *verdict)
{
    const struct probability *p = &verdict->probability;
    if (verdict->basis == EVIDENCE_EXACT) {
        buffer_add_string(out, " (exact: all ");
        words_count(out, verdict->samples);
        buffer_add_string(out, " combinations)");
    }
    if (verdict->basis != EVIDENCE_SAMPLED)
        return;
    buffer_add_string(out, " (");
    if (p->ci_low > 0 || p->ci_high < 1) {
        buffer_printf(out, "95%c%% interval ", WORDS_JOIN);
        words_percent_number(out, p->ci_low, 1);
        buffer_add_string(out, "–");
        words_percent_number(out, p->ci_high, 1);
        buffer_add_string(out, ", ");
    }
    words_count(out, verdict->samples);
    buffer_add_string(out, verdict->searched ? " searched)" : " sampled)");
}

// Without a probability there are no futures to count, only values.
static void add_values(struct buffer *out, const struct verdict *verdict)
{
    if (verdict->kind == VERDICT_SUPPORTED)
        buffer_add_string(out, "for all values of its inputs that were tried (");
    else if (verdict->kind == VERDICT_REFUTED)
        buffer_add_string(out, "for none of the values of its inputs that were tried (");
    else
        buffer_add_string(out, "for some values of its inputs and not for others (tried: ");
    words_count(out, verdict->samples);
    buffer_add_char(out, ')');
}

// ---- estimates -----------------------------------------------------------------------------------------------------------------------

// `possible(F)` for which no future with F was found.
static bool is_unwitnessed(const struct estimated *it)
{
    return it->node->kind == NODE_AGGREGATE && it->node->aggregate == AGGREGATE_POSSIBLE && it->low < it->high;
}

static bool any_unwitnessed(const struct verdict *verdict)
{
    for (size_t i = 0; i < verdict->estimate_count; i++)
        if (is_unwitnessed(&verdict->estimates[i]))
            return true;
    return false;
}

// A claim about the set of futures holds or not; what was sampled is a number in it.
static void add_at_estimate(struct buffer *out, const struct verdict *verdict)
{
    if (verdict->kind == VERDICT_SENSITIVE && any_unwitnessed(verdict))
        buffer_add_string(out, "or fails, undecided: ");
    else if (verdict->kind == VERDICT_SENSITIVE)
        buffer_add_string(out, "at one end of the interval, and fails at the other: ");
    else if (verdict->kind == VERDICT_SUPPORTED)
        buffer_add_string(out, "over the whole interval: ");
    else
        buffer_add_string(out, "nowhere in the interval: ");
}

static bool is_percent(struct buffer *out, const struct program *program, const struct type *type)
{
    return type->fraction || strcmp(words_unit(out->arena, program, type), "%") == 0;
}

static void add_interval(struct buffer *out, const struct program *program, const struct estimated *it)
{
    if (is_percent(out, program, &it->type)) {
        words_percent_number(out, it->low, 1);
        buffer_add_string(out, "–");
        words_percent_number(out, it->high, 1);
        return;
    }
    words_value(out, program, &it->type, it->low, 4);
    buffer_add_string(out, " to ");
    words_value(out, program, &it->type, it->high, 4);
}

// "probability(x > 1) = 72.9 % (95 % interval 70–75, 4 096 sampled)"
static void add_estimate(struct buffer *out, const struct report *report, const struct program *program, const struct estimated *it)
{
    escape_terminal(out, words_source(out->arena, report->sources, it->node->expr));
    if (is_unwitnessed(it)) {
        buffer_add_string(out, " in none of the ");
        words_count(out, it->samples);
        buffer_add_string(out, " futures tried, which does not prove it impossible");
        return;
    }
    buffer_add_string(out, " = ");
    if (!isnan(it->value) && is_percent(out, program, &it->type))
        words_percent(out, it->value, 1);
    else
        words_value(out, program, &it->type, it->value, 4);
    buffer_add_string(out, " (");
    if (it->exact || isnan(it->value)) {
        buffer_add_string(out, it->exact ? "exact)" : "no value in too many futures)");
        return;
    }
    const bool known = it->type.kind != KIND_TRUTH && it->low < it->high;
    if (known && !it->bounds)
        buffer_printf(out, "95%c%% interval ", WORDS_JOIN);
    if (known) {
        add_interval(out, program, it);
        buffer_add_string(out, it->bounds ? " within the bounds, " : ", ");
    }
    words_count(out, it->samples);
    buffer_add_string(out, it->bounds ? " searched)" : " sampled)");
}

static void add_estimates(struct buffer *out, const struct report *report, const struct report_entry *entry)
{
    enum { MOST = 3 };
    const struct verdict *verdict = entry->verdict;
    for (size_t i = 0; i < verdict->estimate_count && i < MOST; i++) {
        buffer_add_string(out, i > 0 ? ", " : "");
        add_estimate(out, report, entry->results->program, &verdict->estimates[i]);
    }
}

static void add_proof(struct buffer *out, const struct verdict *verdict)
{
    buffer_add_string(out, verdict->proof->outcome == PROOF_HOLDS ? "in every " : "in no ");
    buffer_add_string(out, verdict->premise_share < 1 || verdict->admissible_share < 1 ? "relevant future: " : "future: ");
    proof_write(out, verdict->proof);
}

void evidence_write(struct buffer *out, const struct report *report, const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    if (verdict->proof) {
        add_proof(out, verdict);
        return;
    }
    if (verdict->basis == EVIDENCE_SAMPLED && isnan(verdict->probability.ci_low)) {
        add_at_estimate(out, verdict);
        add_estimates(out, report, entry);
        return;
    }
    if (verdict->basis == EVIDENCE_SAMPLED && verdict->searched && !verdict->uncertain) {
        add_values(out, verdict);
    } else {
        evidence_probability(out, &verdict->probability);
        buffer_add_string(out, verdict->premise_share < 1 ? " of the relevant futures" : " of the futures");
        add_sampling(out, verdict);
    }
    if (verdict->estimate_count > 0)
        buffer_add_string(out, "; ");
    add_estimates(out, report, entry);
}
