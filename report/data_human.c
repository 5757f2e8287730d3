// A store's answers for people, in 80 columns. Whatever comes from the store passes through escape_terminal.
#include "base/arena.h"
#include "base/buffer.h"
#include "report/data.h"
#include "report/escape.h"
#include "report/layout.h"
#include "report/words.h"

enum { NAME_COLUMNS = 36 };

struct writing {
    struct layout layout;
    struct arena *arena;
    const struct data_answer *answer;
};

static struct text safe(struct writing *w, struct text t)
{
    return escape_for_terminal(w->arena, t);
}

static struct text figure(struct writing *w, const struct observation *observation)
{
    struct buffer out = buffer_on(w->arena);
    words_figure(&out, observation);
    return safe(w, buffer_text(&out));
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void add_count(struct buffer *out, size_t count, const char *what)
{
    words_count(out, count);
    buffer_printf(out, " %s%s", what, plural(count));
}

// ---- list ----------------------------------------------------------------------------------------------------------------

static void write_name(struct writing *w, const struct asked_name *name, size_t indent)
{
    struct buffer line = buffer_on(w->arena);
    if (name->has_newest) {
        const struct observation *newest = &name->newest;
        buffer_printf(&line, "%.*s for %.*s · %.*s, %s", TEXT_ARGS(figure(w, newest)), TEXT_ARGS(safe(w, newest->valid)),
                      TEXT_ARGS(safe(w, newest->source)), words_basis(newest->basis));
    }
    if (name->known > 1) {
        buffer_add_string(&line, " · ");
        add_count(&line, name->known, "observation");
    }
    layout_entry(&w->layout, safe(w, name->name), indent, buffer_text(&line));
}

static void write_list(struct writing *w)
{
    const struct asked_names *names = &w->answer->names;
    size_t widest = 0, observations = 0;
    for (size_t i = 0; i < names->count; i++) {
        const size_t width = text_columns(names->at[i].name);
        widest = width > widest && width <= NAME_COLUMNS ? width : widest;
        observations += names->at[i].known;
    }
    for (size_t i = 0; i < names->count; i++)
        write_name(w, &names->at[i], widest + 2);
    struct buffer line = buffer_on(w->arena);
    add_count(&line, observations, "observation");
    buffer_add_string(&line, " of ");
    words_count(&line, names->count);
    buffer_printf(&line, " %s, as known by %.*s", names->count == 1 ? "quantity" : "quantities", TEXT_ARGS(w->answer->vintage));
    layout_paragraph(&w->layout, TEXT(""));
    layout_paragraph(&w->layout, buffer_text(&line));
}

// ---- show ----------------------------------------------------------------------------------------------------------------

static void write_source(struct writing *w, const struct known_source *source)
{
    struct buffer line = buffer_on(w->arena);
    buffer_printf(&line, "%.*s: %.*s", TEXT_ARGS(source->id), TEXT_ARGS(source->title));
    if (source->publisher.length > 0)
        buffer_printf(&line, ", %.*s", TEXT_ARGS(source->publisher));
    if (source->published.length > 0)
        buffer_printf(&line, ", %.*s", TEXT_ARGS(source->published));
    layout_field(&w->layout, "source", safe(w, buffer_text(&line)));
    layout_field(&w->layout, "", source->url.length > 0 ? safe(w, source->url) : TEXT("no address: untraceable"));
}

static void write_why(struct writing *w, const struct asked_period *period)
{
    static const char *const reasons[] = {
        [WHY_ALONE] = "it is the only one",
        [WHY_LATER] = "it became known last",
        [WHY_BASIS] = "known as late as another, but on a better basis",
        [WHY_ORDER] = "known as late as another on the same basis: the first source by name",
        [WHY_PERIOD] = "it is about the shorter period",
    };
    if (period->other_count == 0)
        return;
    struct buffer line = buffer_on(w->arena);
    buffer_printf(&line, "before %zu other%s: %s", period->other_count, plural(period->other_count), reasons[period->why]);
    layout_field(&w->layout, "counts", buffer_text(&line));
}

static void write_other(struct writing *w, const struct observation *other, bool dissents, const char *label)
{
    struct buffer line = buffer_on(w->arena);
    buffer_printf(&line, "%.*s · %.*s, %s, known from %.*s%s", TEXT_ARGS(figure(w, other)), TEXT_ARGS(safe(w, other->source)),
                  words_basis(other->basis), TEXT_ARGS(safe(w, other->known)), dissents ? ": disagrees" : "");
    layout_field(&w->layout, label, buffer_text(&line));
}

static void write_period(struct writing *w, const struct asked_period *period)
{
    const struct observation *counts = &period->counts;
    struct buffer line = buffer_on(w->arena);
    buffer_printf(&line, "%.*s for %.*s", TEXT_ARGS(figure(w, counts)), TEXT_ARGS(safe(w, counts->valid)));
    layout_field(&w->layout, "value", buffer_text(&line));
    write_source(w, &period->source);
    struct buffer basis = buffer_on(w->arena);
    buffer_printf(&basis, "%s, known from %.*s", words_basis(counts->basis), TEXT_ARGS(safe(w, counts->known)));
    layout_field(&w->layout, "basis", buffer_text(&basis));
    if (counts->note.length > 0)
        layout_field(&w->layout, "note", safe(w, counts->note));
    write_why(w, period);
    for (size_t i = 0; i < period->other_count; i++)
        write_other(w, &period->others[i], period->dissents[i], i == 0 ? "others" : "");
}

static void write_title(struct writing *w)
{
    struct buffer right = buffer_on(w->arena);
    buffer_printf(&right, "as known by %.*s", TEXT_ARGS(w->answer->vintage));
    layout_heading(&w->layout, safe(w, w->answer->name), buffer_text(&right), COLOUR_DIM);
}

static void write_show(struct writing *w)
{
    write_title(w);
    for (size_t i = 0; i < w->answer->periods.count; i++) {
        layout_paragraph(&w->layout, TEXT(""));
        write_period(w, &w->answer->periods.at[i]);
    }
}

// ---- history -------------------------------------------------------------------------------------------------------------

static void write_step(struct writing *w, const struct asked_step *step)
{
    const struct observation *observation = &step->observation;
    struct buffer line = buffer_on(w->arena);
    buffer_printf(&line, "%.*s for %.*s · %.*s, %s", TEXT_ARGS(figure(w, observation)), TEXT_ARGS(safe(w, observation->valid)),
                  TEXT_ARGS(safe(w, observation->source)), words_basis(observation->basis));
    if (step->superseded)
        buffer_add_string(&line, " · superseded");
    else if (!step->counts)
        buffer_add_string(&line, " · another counts");
    if (observation->note.length > 0)
        buffer_printf(&line, " · %.*s", TEXT_ARGS(safe(w, observation->note)));
    struct buffer known = buffer_on(w->arena);
    buffer_printf(&known, "  %.*s", TEXT_ARGS(safe(w, observation->known)));
    layout_entry(&w->layout, buffer_text(&known), 14, buffer_text(&line));
}

static void write_history(struct writing *w)
{
    write_title(w);
    for (size_t i = 0; i < w->answer->steps.count; i++)
        write_step(w, &w->answer->steps.at[i]);
}

// ---- check ---------------------------------------------------------------------------------------------------------------

static void write_head(struct writing *w, const char *what, size_t count)
{
    struct buffer line = buffer_on(w->arena);
    buffer_printf(&line, "%s: ", what);
    words_count(&line, count);
    layout_paragraph(&w->layout, buffer_text(&line));
}

static void write_conflict(struct writing *w, const struct asked_period *period)
{
    struct buffer line = buffer_on(w->arena);
    buffer_printf(&line, "  %.*s for %.*s", TEXT_ARGS(safe(w, period->counts.name)), TEXT_ARGS(safe(w, period->counts.valid)));
    layout_entry(&w->layout, buffer_text(&line), LAYOUT_WIDTH, TEXT(""));
    write_other(w, &period->counts, false, "counts");
    const char *label = "but";
    for (size_t i = 0; i < period->other_count; i++) {
        if (!period->dissents[i])
            continue;
        write_other(w, &period->others[i], false, label);
        label = "";
    }
}

static void write_conflicts(struct writing *w)
{
    const struct asked_periods *conflicts = &w->answer->findings.conflicts;
    if (conflicts->count == 0)
        return;
    write_head(w, "Sources that disagree with what counts", conflicts->count);
    for (size_t i = 0; i < conflicts->count; i++)
        write_conflict(w, &conflicts->at[i]);
    layout_paragraph(&w->layout, TEXT(""));
}

static void write_overtaken(struct writing *w)
{
    const struct series *overtaken = &w->answer->findings.overtaken;
    if (overtaken->count == 0)
        return;
    write_head(w, "Stale: expected beforehand, never observed since", overtaken->count);
    for (size_t i = 0; i < overtaken->count; i++) {
        const struct observation *o = &overtaken->at[i];
        struct buffer line = buffer_on(w->arena), name = buffer_on(w->arena);
        buffer_printf(&name, "  %.*s", TEXT_ARGS(safe(w, o->name)));
        buffer_printf(&line, "%.*s for %.*s · %.*s, known from %.*s", TEXT_ARGS(figure(w, o)), TEXT_ARGS(safe(w, o->valid)),
                      TEXT_ARGS(safe(w, o->source)), TEXT_ARGS(safe(w, o->known)));
        layout_entry(&w->layout, buffer_text(&name), NAME_COLUMNS, buffer_text(&line));
    }
    layout_paragraph(&w->layout, TEXT(""));
}

static void write_sources(struct writing *w, const char *what, const struct asked_source *sources, size_t count)
{
    if (count == 0)
        return;
    write_head(w, what, count);
    for (size_t i = 0; i < count; i++) {
        struct buffer line = buffer_on(w->arena), name = buffer_on(w->arena);
        buffer_printf(&name, "  %.*s", TEXT_ARGS(safe(w, sources[i].source.id)));
        buffer_add(&line, safe(w, sources[i].source.title));
        if (sources[i].known > 0) {
            buffer_add_string(&line, " · ");
            add_count(&line, sources[i].known, "observation");
        }
        layout_entry(&w->layout, buffer_text(&name), 22, buffer_text(&line));
    }
    layout_paragraph(&w->layout, TEXT(""));
}

static void write_summary(struct writing *w)
{
    const struct asked_findings *found = &w->answer->findings;
    struct buffer line = buffer_on(w->arena);
    add_count(&line, found->observation_count, "observation");
    buffer_add_string(&line, " of ");
    words_count(&line, found->name_count);
    buffer_printf(&line, " %s from ", found->name_count == 1 ? "quantity" : "quantities");
    add_count(&line, found->source_count, "source");
    buffer_printf(&line, ", as known by %.*s: ", TEXT_ARGS(w->answer->vintage));
    add_count(&line, found->conflicts.count, "conflict");
    buffer_printf(&line, ", %zu stale, ", found->overtaken.count);
    add_count(&line, found->untraceable_count, "untraceable source");
    buffer_printf(&line, ", %zu unused · ", found->unused_count);
    for (int i = 0; i <= BASIS_GUESS; i++)
        buffer_printf(&line, "%s%zu %s", i > 0 ? ", " : "", found->basis_count[i], words_basis((enum basis)i));
    layout_paragraph(&w->layout, buffer_text(&line));
}

static void write_check(struct writing *w)
{
    const struct asked_findings *found = &w->answer->findings;
    write_conflicts(w);
    write_overtaken(w);
    write_sources(w, "Untraceable sources (without an address)", found->untraceable, found->untraceable_count);
    write_sources(w, "Unused sources", found->unused, found->unused_count);
    write_summary(w);
}

void write_data_human(struct buffer *out, const struct data_answer *answer, const struct report_style *style)
{
    static void (*const writers[])(struct writing *w) = {
        [DATA_LIST] = write_list, [DATA_SHOW] = write_show, [DATA_HISTORY] = write_history, [DATA_CHECK] = write_check};
    struct writing w = {.layout = {.out = out, .colour = style->colour}, .arena = out->arena, .answer = answer};
    writers[answer->question](&w);
}
