// What a report says, as the rows of a recorded run.
#include <math.h>

#include "api/record.h"
#include "base/map.h"
#include "dsl/print.h"
#include "dsl/print_item.h"
#include "dsl/program.h"
#include "dsl/written.h"
#include "report/words.h"

struct rows {
    struct run *run;
    struct arena *arena;
    struct map inputs; // by what they say: struct recorded_input *
};

// ---- claims --------------------------------------------------------------------------------------------------------------------

// The last part of the path; of two files that end alike, as much as tells them apart.
static struct text module_of(const struct run *run, struct text path)
{
    size_t length = 0;
    for (bool alike = true; alike && length < path.length;) {
        while (length < path.length && (path.at[path.length - length - 1] != '/' || (length > 0 && path.at[path.length - length] == '/')))
            length++;
        const struct text end = {path.at + path.length - length, length};
        alike = false;
        for (size_t i = 0; i < run->roads.count; i++) {
            const struct text other = run->roads.at[i]->root->tree->source->path;
            alike = alike || (!text_equal(other, path) && other.length > length && other.at[other.length - length - 1] == '/' &&
                              text_equal((struct text){other.at + other.length - length, length}, end));
        }
        length += alike;
    }
    length = length < path.length ? length : path.length;
    return (struct text){path.at + path.length - length, length};
}

static bool says_what(const struct part *part)
{
    if (part->kind == PART_FORMULA)
        return true;
    if (part->kind != PART_CLAUSE)
        return false;
    return part->clause->kind == CLAUSE_WITH || part->clause->kind == CLAUSE_LEVEL || part->clause->kind == CLAUSE_EVEN_IF;
}

// Line breaks of the layout are blanks here.
static struct text wording_of(struct arena *arena, const struct item *item)
{
    struct buffer out = buffer_on(arena);
    const struct part_list parts = parts_of(arena, item);
    if (item->on) {
        buffer_add_string(&out, "on ");
        print_expr(&out, item->on);
    }
    for (size_t i = 0; i < parts.count; i++) {
        if (!says_what(&parts.at[i]))
            continue;
        if (out.length > 0)
            buffer_add_char(&out, ' ');
        write_part(&out, item, &parts.at[i], false);
    }
    for (size_t i = 0; i < out.length; i++)
        if (out.at[i] == '\n')
            out.at[i] = ' ';
    const struct text wording = buffer_text(&out);
    return wording.length > 2 && wording.at[0] == ':' ? (struct text){wording.at + 2, wording.length - 2} : wording;
}

static double window_end(const struct program *program, const struct claim *claim)
{
    const struct timeline *timeline = &program->timeline;
    return timeline->given ? timeline->start + (claim->end + 1) * timeline->length : NAN;
}

// ---- inputs --------------------------------------------------------------------------------------------------------------------

static void observe(struct recorded_input *row, const struct input_instance *instance)
{
    double newest = -INFINITY, known_start, known_end;
    row->observations = instance->observed.count;
    for (size_t i = 0; i < instance->observed.count; i++) {
        const struct observation *o = &instance->observed.at[i];
        if (o->known_from >= newest) {
            newest = row->known_from = o->known_from;
            row->quantity = o->name;
            row->valid = o->valid;
            row->known = o->known;
            row->source = o->source;
        }
        if (written_date(o->known, &known_start, &known_end) && known_end >= o->valid_end && !(row->observed_until >= o->valid_end))
            row->observed_until = o->valid_end;
    }
}

static const struct crux *crux_of(const struct verdict *verdict, const struct used_input *used)
{
    for (size_t i = 0; i < verdict->crux_count; i++)
        if (verdict->cruxes[i].input == used->input && text_equal(verdict->cruxes[i].name, used->name))
            return &verdict->cruxes[i];
    return NULL;
}

// What is uncertain has its figures with its flips; what is known for certain has them in its law.
static void set_figures(struct recorded_input *row, const struct program *program, const struct verdict *verdict, const struct used_input *used)
{
    const struct input_instance *instance = &used->input->instances[used->instance];
    const struct crux *crux = crux_of(verdict, used);
    const struct distribution *law = instance->point_count > 0 ? &instance->points[instance->point_count - 1].law : NULL;
    const struct type *type = crux ? &crux->type : &used->input->type;
    if (crux) {
        row->low = words_in_unit(program, type, crux->low);
        row->central = words_in_unit(program, type, crux->central);
        row->high = words_in_unit(program, type, crux->high);
    } else if (law && law->law == LAW_KNOWN) {
        row->low = row->central = row->high = words_in_unit(program, type, law->a);
    }
}

static void add_key(struct buffer *key, struct text part)
{
    buffer_printf(key, "%zu:", part.length);
    buffer_add(key, part);
}

// Equal rows are the same.
static const struct recorded_input *only_one(struct rows *rows, const struct recorded_input *row)
{
    struct buffer key = buffer_on(rows->arena);
    const struct text texts[] = {row->name, row->unit, row->basis, row->quantity, row->valid, row->known, row->source};
    const double numbers[] = {row->low, row->central, row->high, row->known_from, row->observed_until, (double)row->observations};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        add_key(&key, texts[i]);
    add_key(&key, (struct text){(const char *)numbers, sizeof numbers});
    const struct recorded_input *there = map_get(&rows->inputs, buffer_text(&key));
    if (there)
        return there;
    struct recorded_input *kept = arena_alloc(rows->arena, sizeof *kept);
    *kept = *row;
    map_put(&rows->inputs, buffer_text(&key), kept);
    return kept;
}

static const struct recorded_input *input_row(struct rows *rows, const struct report_entry *entry, const struct used_input *used)
{
    const struct program *program = entry->results->program;
    struct recorded_input row = {.name = used->name, .low = NAN, .central = NAN, .high = NAN, .known_from = NAN, .observed_until = NAN};
    row.unit = text_of(words_unit(rows->arena, program, &used->input->type));
    row.basis = used->has_basis ? text_of(basis_words[used->basis]) : TEXT("");
    set_figures(&row, program, entry->verdict, used);
    observe(&row, &used->input->instances[used->instance]);
    return only_one(rows, &row);
}

// An input that the formula reads twice, as one member and in a sum, is used once.
static void add_input(struct rows *rows, struct recorded_verdict *row, const struct recorded_input **inputs, const struct recorded_input *input)
{
    (void)rows;
    for (size_t i = 0; i < row->input_count; i++)
        if (inputs[i] == input)
            return;
    inputs[row->input_count++] = input;
}

static void set_inputs(struct rows *rows, struct recorded_verdict *row, const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    const struct recorded_input **inputs = arena_array(rows->arena, verdict->input_count, sizeof *inputs);
    for (size_t i = 0; i < verdict->input_count; i++)
        add_input(rows, row, inputs, input_row(rows, entry, &verdict->inputs_used[i]));
    row->inputs = inputs;
}

// ---- the run -------------------------------------------------------------------------------------------------------------------

static struct recorded_verdict verdict_row(struct rows *rows, const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    const struct claim *claim = verdict->claim;
    const struct place place = sources_place(rows->run->crux->sources, claim->span.start);
    const struct text path = place.source ? place.source->path : TEXT("");
    struct recorded_verdict row = {
        .file = path,
        .module = module_of(rows->run, path),
        .name = verdict->name,
        .scenario = verdict->scenario ? verdict->scenario->name : TEXT("baseline"),
        .forecast = entry->results->forecast,
        .speaker = claim->speaker,
        .said_on = claim->on,
        .sentence = claim->text,
        .wording = wording_of(rows->arena, claim->item),
        .reading = text_of(verdict->reading),
        .level = verdict->level,
        .kind = verdict->kind,
        .basis = verdict->basis,
        .probability = verdict->probability,
        .expected = verdict->expected ? text_of(verdict_words[verdict->expected->verdict]) : TEXT(""),
        .as_expected = verdict->as_expected,
        .fingerprint = text_of(verdict->fingerprint),
        .window_end = window_end(entry->results->program, claim),
    };
    set_inputs(rows, &row, entry);
    return row;
}

void record_rows(struct run *run, struct recorded_run *recorded)
{
    struct arena *arena = &run->crux->run;
    const struct report *report = &run->crux->report;
    struct rows rows = {.run = run, .arena = arena, .inputs = map_on(arena)};
    struct recorded_verdict *verdicts = arena_array(arena, report->entry_count, sizeof *verdicts);
    for (size_t i = 0; i < report->entry_count; i++)
        verdicts[i] = verdict_row(&rows, &report->entries[i]);
    *recorded = (struct recorded_run){
        .recorded_on = session_now(arena),
        .engine = TEXT(CRUX_VERSION),
        .vintage = run->observes ? run->observer.vintage_text : TEXT(""),
        .vintage_end = run->observes ? run->observer.vintage : NAN,
        .seed = run->crux->settings.seed,
        .samples = run->crux->settings.samples,
        .sampler = run->crux->settings.philox ? TEXT("philox") : TEXT("sobol"),
        .level = report->level,
        .forecast = report->forecast,
        .note = run->crux->settings.note,
        .verdict_count = report->entry_count,
        .verdicts = verdicts,
    };
}
