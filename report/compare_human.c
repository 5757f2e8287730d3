// Two sides for people: the claims on which they differ, then those on which they agree, then what moves nothing.
#include <math.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/number.h"
#include "dsl/blend.h"
#include "dsl/program.h"
#include "judge/compare.h"
#include "report/compare.h"
#include "report/compared.h"
#include "report/escape.h"
#include "report/words.h"

struct counts {
    size_t claims, differing, verdicts, items, idle; // verdicts: those that are other ones
};

// Of many claims, those with the same verdict and nearly the same odds take a line each.
enum { FEW = 4 };
static const double nearly = 0.10;

static bool is_told_shortly(const struct compared_claim *claim, const struct counts *counts)
{
    return counts->differing > FEW && claim->differs && claim->sides[0].kind == claim->sides[1].kind && fabs(claim->change) < nearly;
}

static struct counts count_all(const struct compare_report *sides)
{
    struct counts counts = {0};
    for (size_t i = 0; i < sides->part_count; i++) {
        const struct compared *compared = sides->parts[i].comparison;
        counts.claims += compared->claim_count;
        counts.items += compared->blend->item_count;
        counts.idle += compared->idle_count;
        for (size_t k = 0; k < compared->claim_count; k++) {
            counts.differing += compared->claims[k].differs;
            counts.verdicts += compared->claims[k].sides[0].kind != compared->claims[k].sides[1].kind;
        }
    }
    return counts;
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void add_side(struct buffer *out, const struct compare_report *sides, int side)
{
    escape_terminal(out, sides->names[side]);
    if (sides->files[side].length == 0 || text_equal(sides->files[side], sides->names[side]))
        return;
    buffer_add_string(out, " (");
    escape_terminal(out, sides->files[side]);
    buffer_add_char(out, ')');
}

// ". 9 of 64 claims come out differently, 7 of them with another verdict."
static void add_differing(struct buffer *out, const struct counts *counts)
{
    buffer_printf(out, ". %zu of %zu claim%s come%s out differently", counts->differing, counts->claims, plural(counts->claims),
                  counts->differing == 1 ? "s" : "");
    if (counts->verdicts == 0)
        buffer_add_string(out, ", with the same verdict all the same");
    else if (counts->verdicts < counts->differing)
        buffer_printf(out, ", %zu of them with another verdict", counts->verdicts);
    buffer_add_char(out, '.');
}

static void write_title(struct layout *layout, struct arena *arena, const struct compare_report *sides, const struct counts *counts)
{
    struct buffer out = buffer_on(arena);
    add_side(&out, sides, 0);
    buffer_add_string(&out, " and ");
    add_side(&out, sides, 1);
    if (counts->items == 0) {
        buffer_add_string(&out, " say the same of everything that a claim could turn on: no input, definition or assumption differs.");
    } else {
        buffer_printf(&out, " differ in %zu thing%s", counts->items, plural(counts->items));
        if (counts->differing == 0)
            buffer_printf(&out, ", and none of them moves any of the %zu claim%s.", counts->claims, plural(counts->claims));
        else
            add_differing(&out, counts);
    }
    layout_paragraph(layout, buffer_text(&out));
    buffer_add_char(layout->out, '\n');
}

// ---- one after the other -----------------------------------------------------------------------------------------------

static void write_cards(struct layout *layout, const struct report *report, const struct report_style *style, const struct counts *counts)
{
    const struct compare_report *sides = report->sides;
    for (size_t i = 0; i < sides->part_count; i++)
        for (size_t k = 0; k < sides->parts[i].comparison->claim_count; k++) {
            const struct compared_claim *claim = &sides->parts[i].comparison->claims[k];
            const bool same = claim->sides[0].kind == claim->sides[1].kind;
            if (claim->differs && !is_told_shortly(claim, counts) && !(style->quiet && same))
                compared_write(layout, report, sides->parts[i].comparison, claim);
        }
}

static void write_nearly_same(struct layout *layout, const struct report *report, const struct counts *counts)
{
    const struct compare_report *sides = report->sides;
    size_t count = 0;
    for (size_t i = 0; i < sides->part_count; i++)
        for (size_t k = 0; k < sides->parts[i].comparison->claim_count; k++) {
            const struct compared_claim *claim = &sides->parts[i].comparison->claims[k];
            if (!is_told_shortly(claim, counts))
                continue;
            if (count++ == 0)
                layout_paragraph(layout, TEXT("With the same verdict, and odds that differ by less than ten points:"));
            compared_write_shortly(layout, sides->parts[i].comparison, claim);
        }
    if (count > 0)
        buffer_add_char(layout->out, '\n');
}

// ---- where they agree --------------------------------------------------------------------------------------------------

static size_t list_agreed(struct buffer *names, const struct compare_report *sides, enum verdict_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < sides->part_count; i++)
        for (size_t k = 0; k < sides->parts[i].comparison->claim_count; k++) {
            const struct compared_claim *claim = &sides->parts[i].comparison->claims[k];
            if (claim->differs || claim->sides[0].kind != claim->sides[1].kind || claim->sides[0].kind != kind)
                continue;
            buffer_add_string(names, count++ > 0 ? ", " : "");
            compared_title(names, claim);
        }
    return count;
}

static void write_agreed(struct layout *layout, struct arena *arena, const struct compare_report *sides, const struct counts *counts)
{
    const size_t agreed = counts->claims - counts->differing;
    if (agreed == 0)
        return;
    struct buffer out = buffer_on(arena);
    buffer_printf(&out, "They agree on %zu claim%s:", agreed, plural(agreed));
    layout_paragraph(layout, buffer_text(&out));
    for (int kind = 0; kind < VERDICT_COUNT; kind++) {
        struct buffer names = buffer_on(arena);
        const size_t count = list_agreed(&names, sides, (enum verdict_kind)kind);
        if (count == 0)
            continue;
        struct buffer line = buffer_on(arena);
        buffer_printf(&line, "%zu %s: %.*s", count, verdict_words[kind], TEXT_ARGS(buffer_text(&names)));
        layout_field(layout, "", buffer_text(&line));
    }
    buffer_add_char(layout->out, '\n');
}

// ---- what moves nothing ------------------------------------------------------------------------------------------------

static void write_idle_part(struct layout *layout, struct arena *arena, const struct compared *compared)
{
    enum { MOST = 12 };
    for (size_t i = 0; i < compared->idle_count && i < MOST; i++) {
        const struct blend_item *item = &compared->blend->items[compared->idle[i]];
        struct buffer out = buffer_on(arena);
        escape_terminal(&out, item->name);
        buffer_add_string(&out, ": ");
        compared_saying(&out, compared, item);
        layout_field(layout, "", buffer_text(&out));
    }
    if (compared->idle_count > MOST) {
        struct buffer out = buffer_on(arena);
        buffer_printf(&out, "and %zu more", compared->idle_count - MOST);
        layout_field(layout, "", buffer_text(&out));
    }
}

static void write_idle(struct layout *layout, struct arena *arena, const struct compare_report *sides, const struct counts *counts)
{
    if (counts->idle == 0)
        return;
    layout_paragraph(layout, counts->idle == 1 ? TEXT("One thing they say differently moves no claim here:") : TEXT("These they say differently, and no claim here moves:"));
    for (size_t i = 0; i < sides->part_count; i++)
        write_idle_part(layout, arena, sides->parts[i].comparison);
    buffer_add_char(layout->out, '\n');
}

// ---- the last line -----------------------------------------------------------------------------------------------------

static void write_summary(struct layout *layout, struct arena *arena, const struct report *report, const struct report_style *style, const struct counts *counts)
{
    const struct compare_report *sides = report->sides;
    struct buffer out = buffer_on(arena);
    buffer_printf(&out, "%zu claim%s: %zu differ%s, %zu agree%s · seed%c", counts->claims, plural(counts->claims), counts->differing,
                  counts->differing == 1 ? "s" : "", counts->claims - counts->differing, counts->claims - counts->differing == 1 ? "s" : "", WORDS_JOIN);
    number_write(&out, (double)report->seed, 17);
    if (sides->part_count > 0 && sides->parts[0].forecast.length > 0)
        buffer_printf(&out, " · forecast%c%.*s", WORDS_JOIN, TEXT_ARGS(sides->parts[0].forecast));
    if (sides->part_count > 0 && sides->parts[0].vintage.length > 0)
        buffer_printf(&out, " · vintage%c%.*s", WORDS_JOIN, TEXT_ARGS(sides->parts[0].vintage));
    if (style->seconds > 0) {
        buffer_add_string(&out, " · ");
        number_write(&out, style->seconds, 2);
        buffer_printf(&out, "%cs", WORDS_JOIN);
    }
    if (report->cancelled)
        buffer_add_string(&out, " · stopped before the end");
    layout_paragraph(layout, buffer_text(&out));
}

void compare_human(struct buffer *out, const struct report *report, const struct report_style *style)
{
    const struct compare_report *sides = report->sides;
    struct layout layout = {.out = out, .colour = style->colour};
    const struct counts counts = count_all(sides);
    if (sides->part_count == 0)
        return;
    write_title(&layout, out->arena, sides, &counts);
    write_cards(&layout, report, style, &counts);
    if (!style->quiet) {
        write_nearly_same(&layout, report, &counts);
        write_agreed(&layout, out->arena, sides, &counts);
        write_idle(&layout, out->arena, sides, &counts);
    }
    write_summary(&layout, out->arena, report, style, &counts);
}
