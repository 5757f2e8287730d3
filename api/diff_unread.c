// What changed in the stores of two sides and is read by no input.
#include <stdlib.h>

#include "api/diff.h"
#include "base/map.h"
#include "dsl/program.h"
#include "store/ask.h"

struct unread {
    const struct run *from, *to;
    struct arena *arena;
    struct map read; // names of quantities that some input takes
    VECTOR(struct unread_quantity) found;
};

static void note_read(struct unread *unread, const struct program *program)
{
    for (size_t i = 0; program && i < program->input_count; i++) {
        const struct input *input = program->inputs[i];
        for (size_t k = 0; k < input->instance_count; k++)
            if (input->instances[k].observed.count > 0)
                map_put(&unread->read, input->instances[k].observed.at[0].name, unread);
    }
}

static struct series series_of(const struct unread *unread, const struct run *run, struct text name)
{
    struct series series = {0};
    struct text later;
    if (run->observes && !run->observer.series(run->observer.context, unread->arena, name, TEXT(""), &series, &later))
        series = (struct series){0};
    return series;
}

static void compare_quantity(struct unread *unread, struct text name)
{
    size_t count;
    if (map_put(&unread->read, name, unread))
        return;
    const struct series before = series_of(unread, unread->from, name), after = series_of(unread, unread->to, name);
    const struct changed_observation *changed = changed_series(unread->arena, &before, &after, &count);
    struct unread_quantity quantity = {.name = name};
    for (size_t i = 0; i < count; i++) {
        quantity.gone += changed[i].sides[0] != NULL;
        quantity.added += changed[i].sides[1] != NULL;
    }
    if (count > 0)
        vector_push(unread->arena, &unread->found, quantity);
}

static void compare_names(struct unread *unread, const struct run *run, struct diff_side *side)
{
    struct asked_names names = {0};
    if (run->observes)
        names = ask_names(run->store, &run->observer, unread->arena, TEXT(""));
    side->name_count = names.count;
    for (size_t i = 0; i < names.count; i++) {
        side->observation_count += names.at[i].known;
        compare_quantity(unread, names.at[i].name);
    }
}

static int by_name(const void *first, const void *second)
{
    const struct unread_quantity *a = first, *b = second;
    return text_compare(a->name, b->name);
}

void find_unread(const struct run *from, const struct run *to, struct data_diff *diff)
{
    struct arena *arena = &to->crux->run;
    struct unread unread = {.from = from, .to = to, .arena = arena, .read = map_on(arena)};
    for (size_t i = 0; i < to->roads.count; i++) {
        note_read(&unread, from->roads.at[i]->program);
        note_read(&unread, to->roads.at[i]->program);
    }
    compare_names(&unread, to, &diff->sides[1]);
    compare_names(&unread, from, &diff->sides[0]);
    if (unread.found.count > 1)
        qsort(unread.found.at, unread.found.count, sizeof *unread.found.at, by_name);
    diff->unread_count = unread.found.count;
    diff->unread = unread.found.at;
}
