#include "report/scores.h"

#include <math.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "judge/verdict.h"
#include "report/json_writer.h"
#include "report/layout.h"
#include "report/words.h"

enum { MOST_NAMED = 3 };
#define LEAST_BITS 0.005  // less rounds to 0.00
#define LEAST_SHARE 0.01

void scores_words(struct buffer *out, const struct crux_score *score)
{
    if (!(score->bits >= LEAST_BITS))
        return;
    const int hundredths = (int)lround(score->bits * 100); // of one bit at most
    buffer_printf(out, "%d.%02d%cbit", hundredths / 100, hundredths % 100, WORDS_JOIN);
}

static bool flips_inside(const struct verdict *verdict)
{
    for (size_t i = 0; i < verdict->crux_count; i++)
        if (verdict->cruxes[i].flip_count > 0 && !verdict->cruxes[i].beyond)
            return true;
    return false;
}

// The one with the highest share below what has been named already; NULL: none is worth it.
static const struct crux *next_best(const struct verdict *verdict, const struct crux *before)
{
    const struct crux *best = NULL;
    for (size_t i = 0; i < verdict->crux_count; i++) {
        const struct crux *it = &verdict->cruxes[i];
        const double share = it->score.share;
        if (!(share >= LEAST_SHARE) || (before && (share > before->score.share || (share == before->score.share && it <= before))))
            continue;
        if (!best || share > best->score.share)
            best = it;
    }
    return best;
}

void scores_write_learning(struct layout *layout, struct arena *arena, const struct verdict *verdict)
{
    if (flips_inside(verdict))
        return;
    struct buffer out = buffer_on(arena);
    const struct crux *crux = NULL;
    for (int named = 0; named < MOST_NAMED && (crux = next_best(verdict, crux)) != NULL; named++) {
        buffer_printf(&out, named == 0 ? "learning %.*s would settle " : ", %.*s ", TEXT_ARGS(crux->name));
        words_percent(&out, crux->score.share, 0);
        buffer_add_string(&out, named == 0 ? " of it" : "");
    }
    if (out.length > 0)
        layout_field(layout, "", buffer_text(&out));
}

// ---- Sobol' indices --------------------------------------------------------------------------------------------------------------

enum { MOST_INDICES = 8, INDEX_COLUMNS = 5 };
#define LEAST_INDEX 0.005

static double part_of(const struct crux *crux)
{
    const struct sobol *truth = &crux->score.truth, *margin = &crux->score.margin;
    return isnan(truth->total) ? margin->total : truth->total;
}

static const struct crux *next_part(const struct verdict *verdict, const struct crux *before)
{
    const struct crux *best = NULL;
    for (size_t i = 0; i < verdict->crux_count; i++) {
        const struct crux *it = &verdict->cruxes[i];
        const double part = part_of(it);
        if (!(part >= LEAST_INDEX) || (before && (part > part_of(before) || (part == part_of(before) && it <= before))))
            continue;
        if (!best || part > part_of(best))
            best = it;
    }
    return best;
}

static void add_hundredths(struct buffer *out, double value)
{
    const int hundredths = (int)lround(value * 100);
    buffer_printf(out, "%d.%02d", hundredths / 100, hundredths % 100);
}

static struct text index_cell(struct arena *arena, double value, double error)
{
    struct buffer out = buffer_on(arena);
    if (isnan(value))
        return TEXT("-");
    add_hundredths(&out, value);
    buffer_printf(&out, "%c±", WORDS_JOIN);
    add_hundredths(&out, error);
    return buffer_text(&out);
}

void scores_write_indices(struct layout *layout, struct arena *arena, const struct verdict *verdict)
{
    struct text cells[(MOST_INDICES + 1) * INDEX_COLUMNS] = {TEXT("variance"), TEXT("truth alone"), TEXT("with others"), TEXT("margin alone"), TEXT("with others")};
    size_t rows = 1;
    const struct crux *crux = NULL;
    while (rows <= MOST_INDICES && (crux = next_part(verdict, crux)) != NULL) {
        const struct sobol *truth = &crux->score.truth, *margin = &crux->score.margin;
        struct text *row = &cells[rows++ * INDEX_COLUMNS];
        row[0] = crux->name;
        row[1] = index_cell(arena, truth->first, truth->first_error);
        row[2] = index_cell(arena, truth->total, truth->total_error);
        row[3] = index_cell(arena, margin->first, margin->first_error);
        row[4] = index_cell(arena, margin->total, margin->total_error);
    }
    if (rows > 1)
        layout_table(layout, "sobol", cells, rows, INDEX_COLUMNS);
}

// ---- for machines ----------------------------------------------------------------------------------------------------------------

static void write_sobol(struct json *json, const char *key, const struct sobol *sobol)
{
    if (isnan(sobol->first)) {
        json_null(json, key);
        return;
    }
    json_open(json, key, '{');
    json_number(json, "first", sobol->first);
    json_number(json, "first_error", sobol->first_error);
    json_number(json, "total", sobol->total);
    json_number(json, "total_error", sobol->total_error);
    json_close(json, '}');
}

void scores_write_json(struct json *json, const struct crux_score *score)
{
    json_number(json, "bits", score->bits);
    json_number(json, "bits_error", score->bits_error);
    json_number(json, "share", score->share);
    write_sobol(json, "truth_indices", &score->truth);
    write_sobol(json, "margin_indices", &score->margin);
}
