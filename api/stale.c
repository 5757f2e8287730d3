#include "api/stale.h"

#include "base/buffer.h"
#include "base/map.h"
#include "base/number.h"
#include "dsl/diag.h"
#include "dsl/program.h"
#include "dsl/written.h"

static const struct {
    const char *one, *many;
    double seconds;
} ages[] = {
    {"day", "days", 86400.0},
    {"week", "weeks", 7 * 86400.0},
    {"month", "months", SECONDS_A_YEAR / 12},
    {"quarter", "quarters", SECONDS_A_YEAR / 4},
    {"year", "years", SECONDS_A_YEAR},
};

bool read_age(struct text written, double *seconds)
{
    const struct text age = written_trim(written);
    struct text number = {age.at, 0};
    while (number.length < age.length && age.at[number.length] != ' ')
        number.length++;
    const struct text unit = written_trim((struct text){age.at + number.length, age.length - number.length});
    if (!number_read(number, seconds) || !(*seconds > 0 && *seconds < 10000))
        return false;
    for (size_t i = 0; i < sizeof ages / sizeof *ages; i++)
        if (text_is(unit, ages[i].one) || text_is(unit, ages[i].many)) {
            *seconds *= ages[i].seconds;
            return true;
        }
    return false;
}

// SIZE_MAX: the input is made of no observation.
static size_t newest_of(const struct series *observed)
{
    size_t newest = SIZE_MAX;
    for (size_t i = 0; i < observed->count; i++)
        if (newest == SIZE_MAX || observed->at[i].known_from > observed->at[newest].known_from)
            newest = i;
    return newest;
}

static bool is_stale(const struct run *run, const struct used_input *used)
{
    const struct series *observed = &used->input->instances[used->instance].observed;
    const size_t newest = newest_of(observed);
    return newest != SIZE_MAX && observed->at[newest].known_from < run->observer.vintage - run->crux->settings.stale_after;
}

const struct used_input *stale_input(const struct run *run, const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    if (!run->observes || !(run->crux->settings.stale_after > 0))
        return NULL;
    for (size_t i = 0; i < verdict->input_count; i++)
        if (is_stale(run, &verdict->inputs_used[i]))
            return &verdict->inputs_used[i];
    return NULL;
}

static bool rests_on(const struct verdict *verdict, const struct used_input *used)
{
    for (size_t i = 0; i < verdict->input_count; i++)
        if (verdict->inputs_used[i].input == used->input && verdict->inputs_used[i].instance == used->instance)
            return true;
    return false;
}

// "`a`, `b` and 3 more"; a claim once, whatever its scenarios.
static struct text claims_on(const struct report_entry *entries, size_t count, const struct used_input *used, struct arena *arena)
{
    enum { MOST = 5 };
    struct buffer names = buffer_on(arena);
    struct map seen = map_on(arena);
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        const struct text name = entries[i].verdict->name;
        if (!rests_on(entries[i].verdict, used) || map_put(&seen, name, &seen) != NULL || ++found > MOST)
            continue;
        buffer_printf(&names, "%s`%.*s`", found > 1 ? ", " : "", TEXT_ARGS(name));
    }
    if (found > MOST)
        buffer_printf(&names, " and %zu more", found - MOST);
    return buffer_text(&names);
}

static void point_out(struct run *run, const struct report_entry *entries, size_t count, const struct used_input *used)
{
    struct crux_session *crux = run->crux;
    const struct input_instance *instance = &used->input->instances[used->instance];
    const struct observation *newest = &instance->observed.at[newest_of(&instance->observed)];
    const struct text claims = claims_on(entries, count, used, &crux->scratch);
    struct diag *diag = diag_add(crux->diags, DIAG_STALE, instance->span, "`%.*s` is an old figure: the newest is known since %.*s (%.*s), and this run's vintage is %.*s",
                                 TEXT_ARGS(instance->name), TEXT_ARGS(newest->known), TEXT_ARGS(newest->source), TEXT_ARGS(run->observer.vintage_text));
    diag_primary(crux->diags, diag, "taken from `%.*s`", TEXT_ARGS(newest->name));
    diag_help(crux->diags, diag, "look whether there is a newer one, and import it; on this one rest %.*s", TEXT_ARGS(claims));
}

void point_out_stale(struct run *run, const struct report_entry *entries, size_t count)
{
    struct arena *scratch = &run->crux->scratch;
    struct map seen = map_on(scratch);
    for (size_t i = 0; i < count; i++) {
        const struct verdict *verdict = entries[i].verdict;
        for (size_t k = 0; stale_input(run, &entries[i]) && k < verdict->input_count; k++) {
            const struct used_input *used = &verdict->inputs_used[k];
            const struct input_instance *instance = &used->input->instances[used->instance];
            const struct text key = text_copy(scratch, (struct text){(const char *)&instance, sizeof instance});
            if (is_stale(run, used) && map_put(&seen, key, &seen) == NULL)
                point_out(run, entries, count, used);
        }
    }
}
