#include "report/flips.h"

#include <math.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/number.h"
#include "dsl/program.h"
#include "judge/verdict.h"
#include "report/layout.h"
#include "report/report.h"
#include "report/scores.h"
#include "report/words.h"

// ---- cruxes ----------------------------------------------------------------------------------------------------------------------

enum { MOST_FLIPS = 8, MOST_OUTSIDE = 3, MOST_SILENT = 3, COLUMNS = 4 };

static bool flips(const struct crux *crux)
{
    return crux->flip_count > 0;
}

// Nearer than this, in half-widths, the central value is the flip itself.
static const double no_distance = 1e-6;
// And this near to its range's end a flip lies at that end.
static const double no_offset = 1e-4;

static bool flips_above(const struct verdict *verdict, const struct crux *crux)
{
    if (crux->distance < no_distance)
        return verdict->central_holds == crux->holds_below;
    return crux->nearest > crux->central;
}

static void add_flip(struct buffer *out, const struct program *program, const struct verdict *verdict, const struct crux *crux)
{
    const bool above = flips_above(verdict, crux), date = crux->type.kind == KIND_DATE;
    if (crux->choice)
        buffer_add_string(out, "flips at ");
    else if (crux->beyond)
        buffer_add_string(out, date ? (above ? "would need after " : "would need before ") : above ? "would need > " : "would need < ");
    else
        buffer_add_string(out, above ? "flips above " : "flips below ");
    words_value(out, program, &crux->type, crux->nearest, 3);
}

static void add_half_widths(struct buffer *out, double distance)
{
    const size_t before = out->length;
    number_write(out, distance, 2);
    const bool one = out->length == before + 1 && out->at[before] == '1';
    buffer_add_string(out, one ? " half-width" : " half-widths");
}

// Inside the range: from the central value. Beyond: from the range's end, which is what one would have to argue.
static void add_distance(struct buffer *out, const struct crux *crux)
{
    if (crux->choice || !isfinite(crux->distance))
        return;
    if (crux->distance < no_distance) {
        buffer_add_string(out, "the central value");
        return;
    }
    if (!crux->beyond) {
        add_half_widths(out, crux->distance);
        return;
    }
    const bool above = crux->nearest > crux->high;
    const double offset = (above ? crux->nearest - crux->high : crux->low - crux->nearest) / ((crux->high - crux->low) / 2);
    if (offset < no_offset)
        buffer_add_string(out, "just");
    else
        add_half_widths(out, offset);
    buffer_add_string(out, above ? " above its range" : " below its range");
}

// A claim of one input that fails in some futures and not in others does flip, in places too narrow to be hit one by one.
static bool flips_unseen(const struct verdict *verdict)
{
    const struct probability *p = &verdict->probability;
    return verdict->input_count == 1 && verdict->concession_count == 0 && verdict->central_relevant && p->upper > 0 && p->lower < 1;
}

static void add_row(struct arena *arena, const struct report_entry *entry, const struct crux *crux, struct text *cells)
{
    struct buffer name = buffer_on(arena), flip = buffer_on(arena), distance = buffer_on(arena), score = buffer_on(arena);
    buffer_add(&name, crux->name);
    if (crux->path && crux->point_name.length > 0)
        buffer_printf(&name, " at %.*s", TEXT_ARGS(crux->point_name));
    if (flips(crux)) {
        add_flip(&flip, entry->results->program, entry->verdict, crux);
        add_distance(&distance, crux);
    } else {
        buffer_add_string(&flip, flips_unseen(entry->verdict) ? "flips it somewhere; where was not found" : "alone never flips it");
    }
    scores_words(&score, &crux->score);
    cells[0] = buffer_text(&name);
    cells[1] = buffer_text(&flip);
    cells[2] = buffer_text(&distance);
    cells[3] = buffer_text(&score);
}

// What is left out, by kind.
struct rest {
    size_t outside, silent;
};

static void write_rest(struct layout *layout, struct arena *arena, struct rest rest)
{
    struct buffer out = buffer_on(arena);
    if (rest.outside > 0)
        buffer_printf(&out, "%zu more %s it only outside %s", rest.outside, rest.outside == 1 ? "flips" : "flip",
                      rest.outside == 1 ? "its range" : "their ranges");
    if (rest.silent > 0)
        buffer_printf(&out, "%s%zu more alone never %s it", rest.outside > 0 ? "; " : "", rest.silent, rest.silent == 1 ? "flips" : "flip");
    if (out.length > 0)
        layout_field(layout, "", buffer_text(&out));
}

static bool take(size_t *shown, size_t most)
{
    if (*shown == most)
        return false;
    ++*shown;
    return true;
}

static bool any_flips(const struct verdict *verdict)
{
    for (size_t i = 0; i < verdict->crux_count; i++)
        if (flips(&verdict->cruxes[i]))
            return true;
    return false;
}

// The point of a page of inputs that change nothing is that there is none that does.
static bool write_none(struct layout *layout, struct arena *arena, const struct verdict *verdict)
{
    if (verdict->crux_count <= MOST_SILENT || any_flips(verdict))
        return false;
    layout_field(layout, "crux", text_of(arena_printf(arena, "none of its %zu inputs flips it alone", verdict->crux_count)));
    return true;
}

void flips_write(struct layout *layout, struct arena *arena, const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    if (write_none(layout, arena, verdict)) {
        scores_write_learning(layout, arena, verdict);
        scores_write_indices(layout, arena, verdict);
        return;
    }
    struct text cells[(MOST_FLIPS + MOST_OUTSIDE + MOST_SILENT) * COLUMNS];
    size_t rows = 0, inside = 0, outside = 0, silent = 0;
    struct rest rest = {0};
    for (size_t i = 0; i < verdict->crux_count; i++) {
        const struct crux *crux = &verdict->cruxes[i];
        if (flips(crux) && crux->beyond ? take(&outside, MOST_OUTSIDE)
            : flips(crux)               ? take(&inside, MOST_FLIPS)
                                        : take(&silent, MOST_SILENT))
            add_row(arena, entry, crux, &cells[rows++ * COLUMNS]);
        else if (flips(crux))
            rest.outside++;
        else
            rest.silent++;
    }
    if (rows > 0)
        layout_table(layout, "crux", cells, rows, COLUMNS);
    write_rest(layout, arena, rest);
    scores_write_learning(layout, arena, verdict);
    scores_write_indices(layout, arena, verdict);
}

// ---- holes -----------------------------------------------------------------------------------------------------------------------

// Behind an end of a range: " (0.30 to 0.32)".
static void add_end(struct buffer *out, const struct program *program, const struct type *type, const double *ci)
{
    if (!isfinite(ci[0]) || !isfinite(ci[1]) || ci[0] >= ci[1])
        return;
    buffer_add_string(out, " (");
    words_value(out, program, type, ci[0], 3);
    buffer_add_string(out, " to ");
    words_value(out, program, type, ci[1], 3);
    buffer_add_char(out, ')');
}

static void add_ranges(struct buffer *out, const struct program *program, const struct type *type, const struct hole_range *ranges,
                       size_t count)
{
    if (count == 0)
        buffer_add_string(out, "no value");
    for (size_t i = 0; i < count; i++) {
        const struct hole_range *range = &ranges[i];
        buffer_add_string(out, i > 0 ? ", " : "");
        if (isinf(range->low) && isinf(range->high)) {
            buffer_add_string(out, "any value");
        } else if (isinf(range->low)) {
            buffer_add_string(out, "up to ");
            words_value(out, program, type, range->high, 3);
            add_end(out, program, type, range->high_ci);
        } else if (isinf(range->high)) {
            buffer_add_string(out, "from ");
            words_value(out, program, type, range->low, 3);
            add_end(out, program, type, range->low_ci);
        } else {
            words_value(out, program, type, range->low, 3);
            add_end(out, program, type, range->low_ci);
            buffer_add_string(out, " .. ");
            words_value(out, program, type, range->high, 3);
            add_end(out, program, type, range->high_ci);
        }
    }
}

static void write_ranges(struct layout *layout, struct arena *arena, const struct report_entry *entry)
{
    const struct solution *solution = &entry->verdict->solution;
    const struct program *program = entry->results->program;
    const struct type *type = &solution->hole->type;
    struct buffer supported = buffer_on(arena), central = buffer_on(arena), possible = buffer_on(arena);
    add_ranges(&supported, program, type, solution->supported, solution->supported_count);
    add_ranges(&central, program, type, solution->central_set, solution->central_count);
    add_ranges(&possible, program, type, solution->possible, solution->possible_count);
    const struct text cells[] = {TEXT("supported"), buffer_text(&supported), TEXT("holds centrally"), buffer_text(&central),
                                 TEXT("in some future"), buffer_text(&possible)};
    layout_table(layout, "answer", cells, 3, 2);
}

static void write_shares(struct layout *layout, struct arena *arena, const struct solution *solution)
{
    struct text *cells = arena_array(arena, solution->share_count * 2, sizeof *cells);
    for (size_t i = 0; i < solution->share_count; i++) {
        struct buffer share = buffer_on(arena);
        words_percent(&share, solution->shares[i], 0);
        if (solution->share_low && solution->share_low[i] < solution->share_high[i]) {
            buffer_add_string(&share, " (");
            words_percent_number(&share, solution->share_low[i], 0);
            buffer_add_string(&share, "–");
            words_percent(&share, solution->share_high[i], 0);
            buffer_add_char(&share, ')');
        }
        cells[i * 2] = solution->labels[i];
        cells[i * 2 + 1] = buffer_text(&share);
    }
    layout_table(layout, "answer", cells, solution->share_count, 2);
}

// The strongest date is a step of the timeline, so it is named like one: 2027Q3, not its first month.
static void write_answer(struct buffer *out, const struct report_entry *entry, double value)
{
    const struct program *program = entry->results->program;
    const struct hole *hole = entry->verdict->solution.hole;
    const int step = hole->kind == HOLE_DATE && isfinite(value) ? timeline_step_at(&program->timeline, value) : -1;
    if (step >= 0)
        buffer_add(out, timeline_step_name(out->arena, &program->timeline, step));
    else
        words_value(out, program, &hole->type, value, 3);
}

// Dates that do not begin or end once: no single one is the strongest.
static void write_spans(struct buffer *out, const struct report_entry *entry)
{
    const struct solution *solution = &entry->verdict->solution;
    buffer_printf(out, "?%.*s from ", TEXT_ARGS(solution->hole->name));
    for (size_t i = 0; i < solution->supported_count; i++) {
        buffer_add_string(out, i > 0 ? ", from " : "");
        write_answer(out, entry, solution->supported[i].low);
        buffer_add_string(out, " to ");
        write_answer(out, entry, solution->supported[i].high);
    }
}

static void write_threshold(struct layout *layout, struct arena *arena, const struct report_entry *entry)
{
    const struct solution *solution = &entry->verdict->solution;
    struct buffer out = buffer_on(arena);
    if (isnan(solution->value)) {
        write_spans(&out, entry);
        layout_field(layout, "answer", buffer_text(&out));
        return;
    }
    buffer_printf(&out, "?%.*s = ", TEXT_ARGS(solution->hole->name));
    write_answer(&out, entry, solution->value);
    if (isfinite(solution->ci_low) && isfinite(solution->ci_high) && solution->ci_low < solution->ci_high) {
        buffer_printf(&out, " (95%c%% interval ", WORDS_JOIN);
        write_answer(&out, entry, solution->ci_low);
        buffer_add_string(&out, " to ");
        write_answer(&out, entry, solution->ci_high);
        buffer_add_char(&out, ')');
    }
    if (!isnan(solution->central)) {
        buffer_add_string(&out, "; in the central future ");
        write_answer(&out, entry, solution->central);
    }
    layout_field(layout, "answer", buffer_text(&out));
}

void solution_write(struct layout *layout, struct arena *arena, const struct report_entry *entry)
{
    const struct solution *solution = &entry->verdict->solution;
    if (!solution->hole || entry->verdict->reason)
        return;
    switch (solution->hole->kind) {
    case HOLE_NONE:
        return;
    case HOLE_THRESHOLD:
    case HOLE_DATE:
        if (entry->verdict->kind == VERDICT_SOLVED)
            write_threshold(layout, arena, entry);
        return;
    case HOLE_INPUT:
    case HOLE_VALUES:
        write_ranges(layout, arena, entry);
        return;
    case HOLE_TERM:
        write_shares(layout, arena, solution);
        return;
    }
}
