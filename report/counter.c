#include "report/counter.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/number.h"
#include "dsl/program.h"
#include "judge/verdict.h"
#include "report/card.h"
#include "report/layout.h"
#include "report/report.h"
#include "report/words.h"

enum { MOST_SHIFTS = 5, MOST_COMPARISONS = 2, MOST_SETS = 2 };

// ---- counterexample ------------------------------------------------------------------------------------------------------

// "smuggled[china] = 430k chip/year": as many digits as are meant, few for what was only found.
static void add_shift(struct buffer *out, const struct program *program, const struct shift *shift, int digits)
{
    buffer_add(out, shift->name);
    if (shift->point_name.length > 0)
        buffer_printf(out, " at%c%.*s", WORDS_JOIN, TEXT_ARGS(shift->point_name));
    buffer_printf(out, "%c=%c", WORDS_JOIN, WORDS_JOIN);
    words_value(out, program, &shift->type, shift->value, digits);
}

// Those comparisons of the conclusion that come out otherwise than in the central future decide; of a single one the values tell too.
static bool is_telling(const struct verdict *verdict, size_t i)
{
    const struct counterexample *counter = verdict->counterexample;
    size_t count = 0;
    for (size_t k = 0; k < counter->comparison_count; k++)
        count += !counter->comparisons[k].in_premise;
    return !counter->comparisons[i].in_premise && (count == 1 || counter->comparisons[i].holds != verdict->comparisons[i].holds);
}

static void add_comparisons(struct buffer *out, const struct report *report, const struct report_entry *entry)
{
    const struct counterexample *counter = entry->verdict->counterexample;
    size_t shown = 0;
    for (size_t i = 0; i < counter->comparison_count && shown < MOST_COMPARISONS; i++) {
        if (!is_telling(entry->verdict, i))
            continue;
        buffer_add_string(out, shown++ == 0 ? ": " : ", ");
        card_comparison(out, report, entry->results->program, &counter->comparisons[i]);
    }
}

static void write_counterexample(struct layout *layout, struct arena *arena, const struct report *report, const struct report_entry *entry)
{
    const struct counterexample *counter = entry->verdict->counterexample;
    struct buffer out = buffer_on(arena);
    if (!counter)
        return;
    for (size_t i = 0; i < counter->count && i < MOST_SHIFTS; i++) {
        buffer_add_string(&out, i > 0 ? ", " : "");
        add_shift(&out, entry->results->program, &counter->shifts[i], 9);
    }
    if (counter->count > MOST_SHIFTS)
        buffer_printf(&out, " and %zu more", counter->count - MOST_SHIFTS);
    add_comparisons(&out, report, entry);
    layout_field(layout, counter->holds ? "holds with" : "counterexample", buffer_text(&out));
}

// ---- pairs ---------------------------------------------------------------------------------------------------------------

static void write_pair(struct layout *layout, struct arena *arena, const struct report_entry *entry)
{
    const struct flip_pair *pair = entry->verdict->pair;
    struct buffer out = buffer_on(arena);
    if (!pair)
        return;
    buffer_add_string(&out, "nearest two that flip it together: ");
    add_shift(&out, entry->results->program, &pair->first, 3);
    buffer_add_string(&out, " and ");
    add_shift(&out, entry->results->program, &pair->second, 3);
    buffer_add_string(&out, ", ");
    if (pair->distance < 1e-6) {
        buffer_add_string(&out, "at their central values");
    } else {
        number_write(&out, pair->distance, 2);
        buffer_printf(&out, "%chalf-widths", WORDS_JOIN);
    }
    layout_field(layout, "", buffer_text(&out));
}

// ---- what it rests on ------------------------------------------------------------------------------------------------------

static void write_resting(struct layout *layout, struct arena *arena, const struct verdict *verdict)
{
    for (size_t i = 0; i < verdict->resting_count && i < MOST_SETS; i++) {
        const struct resting_set *set = &verdict->resting[i];
        struct buffer out = buffer_on(arena);
        buffer_add_char(&out, '{');
        for (size_t k = 0; k < set->count; k++)
            buffer_printf(&out, "%s%.*s", k > 0 ? ", " : "", TEXT_ARGS(set->names[k]));
        buffer_printf(&out, "}: at central values it %s whatever the rest", set->holds ? "holds" : "fails");
        if (set->basis == EVIDENCE_PROVED) {
            buffer_add_string(&out, " (proved)");
        } else {
            buffer_add_string(&out, " (in all of ");
            words_count(&out, set->samples);
            buffer_add_string(&out, " sampled)");
        }
        layout_field(layout, "rests on", buffer_text(&out));
    }
}

void counter_write(struct layout *layout, struct arena *arena, const struct report *report, const struct report_entry *entry)
{
    write_pair(layout, arena, entry);
    write_resting(layout, arena, entry->verdict);
    write_counterexample(layout, arena, report, entry);
}
