// `data "subject.quantity"` as the right side of an input: what the store knows at the vintage, as laws and paths.
//
// One observation is a law like those written in a file: its central value alone is known; low, central and high are
// `low to central to high`; low and high `low to high`. Where one end is missing, that side is as wide as the other one (as a
// factor when both are positive). Where the central value equals an end, `to` has no law and `..` stands: possible, with no
// probability claimed. An end alone is no value, and such a period is left out.
//
// Several periods are the points of a path, each at the end of its period. What has no path (a date, a truth, a member) is what
// the last period says.
#include <math.h>

#include "base/buffer.h"
#include "dsl/check_input.h"
#include "dsl/written.h"

// One reference to the store.
struct lookup {
    struct checker *checker;
    const struct form *form; // NULL while the type is looked for
    const struct expr *expr;
    struct text name;
    struct series series;
};

struct text data_name(struct checker *checker, const struct input *input, size_t position, struct text written)
{
    struct buffer name = buffer_on(checker->arena);
    size_t at = 0;
    while (at < written.length) {
        size_t rest = input->instance_count, i = 0;
        for (; i < input->param_count; i++) {
            struct text param = input->item ? input->item->params.at[i].name.text : TEXT("");
            rest /= input->params[i]->count;
            if (param.length == 0 || param.length + 2 > written.length - at || written.at[at] != '{' || written.at[at + param.length + 1] != '}')
                continue;
            if (text_equal(param, (struct text){written.at + at + 1, param.length}))
                break;
        }
        if (i == input->param_count) {
            buffer_add_char(&name, written.at[at++]);
            continue;
        }
        const struct index *index = input->params[i];
        buffer_add(&name, (index->subjects ? index->subjects : index->members)[position / rest % index->count]);
        at += input->item->params.at[i].name.text.length + 2;
    }
    return buffer_text(&name);
}


// ---- what the store knows ----------------------------------------------------------------------------------------------------

static bool ask(struct lookup *lookup, struct text source, struct series *series, struct text *later)
{
    const struct observer *observer = lookup->checker->options->observer;
    *later = TEXT("");
    *series = (struct series){0};
    return observer->series(observer->context, lookup->checker->arena, lookup->name, source, series, later) && series->count > 0;
}

enum { SOURCES_SHOWN = 6 };

static void add_once(struct buffer *names, struct map *seen, struct text source)
{
    if (map_put(seen, source, seen) || seen->count > SOURCES_SHOWN + 1)
        return;
    if (seen->count > SOURCES_SHOWN)
        buffer_add_string(names, " and others");
    else
        buffer_printf(names, "%s%.*s", names->length ? ", " : "", TEXT_ARGS(source));
}

// "epoch, ft": those with figures of this name.
static struct text sources_of(struct lookup *lookup, const struct series *series)
{
    const struct observer *observer = lookup->checker->options->observer;
    struct arena *arena = lookup->checker->arena;
    struct map seen = map_on(arena);
    struct buffer names = buffer_on(arena);
    for (size_t i = 0; i < series->count; i++) {
        struct series period = observer->sources_of(observer->context, arena, lookup->name, series->at[i].valid_end);
        for (size_t k = 0; k < period.count; k++)
            add_once(&names, &seen, period.at[k].source);
    }
    return buffer_text(&names);
}

static const char *why_not_from(struct lookup *lookup, struct text source)
{
    struct series others;
    struct text later;
    if (!ask(lookup, TEXT(""), &others, &later))
        return NULL;
    struct text names = sources_of(lookup, &others);
    return arena_printf(lookup->checker->arena, "the source %.*s has nothing on \"%.*s\"; figures are there from %.*s", TEXT_ARGS(source), TEXT_ARGS(lookup->name),
                        TEXT_ARGS(names));
}

static const char *why_nothing(struct lookup *lookup, struct text source, struct text later)
{
    struct checker *checker = lookup->checker;
    const struct observer *observer = checker->options->observer;
    if (later.length)
        return arena_printf(checker->arena, "\"%.*s\" is known only from %.*s on%s%.*s; this run's vintage is %.*s", TEXT_ARGS(lookup->name), TEXT_ARGS(later),
                            source.length ? ", from " : "", TEXT_ARGS(source), TEXT_ARGS(observer->vintage_text));
    const char *others = source.length ? why_not_from(lookup, source) : NULL;
    if (others)
        return others;
    struct text near = observer->near(observer->context, checker->arena, lookup->name);
    if (near.length)
        return arena_printf(checker->arena, "the data store has nothing called \"%.*s\"; did you mean \"%.*s\"?", TEXT_ARGS(lookup->name), TEXT_ARGS(near));
    return arena_printf(checker->arena, "the data store has nothing called \"%.*s\"", TEXT_ARGS(lookup->name));
}

// True when there are observations; else *reason says why there are none.
static bool look_up(struct lookup *lookup, const char **reason)
{
    struct text later, source = lookup->expr->name.text;
    if (!lookup->checker->options->observer) {
        *reason = arena_printf(lookup->checker->arena, "there is no data store to take \"%.*s\" from", TEXT_ARGS(lookup->name));
        return false;
    }
    if (ask(lookup, source, &lookup->series, &later))
        return true;
    *reason = why_nothing(lookup, source, later);
    return false;
}

// `from` names a source that a file states or the store knows; otherwise a diagnostic that lists those with figures.
static bool source_is_known(struct lookup *lookup)
{
    struct checker *checker = lookup->checker;
    const struct name *source = &lookup->expr->name;
    struct symbol *symbol = find_symbol(checker, lookup->form->file, source->text);
    if (!source->text.length || !checker->options->observer || (symbol && symbol->kind == SYMBOL_SOURCE) || stored_source(checker, source->text))
        return true;
    struct diag *diag = diag_add(checker->diags, DIAG_DATA_SOURCE, source->span, "there is no source called `%.*s`", TEXT_ARGS(source->text));
    struct series others;
    struct text later;
    if (ask(lookup, TEXT(""), &others, &later))
        diag_help(checker->diags, diag, "\"%.*s\" is known from %.*s", TEXT_ARGS(lookup->name), TEXT_ARGS(sources_of(lookup, &others)));
    return false;
}

// ---- one observation ---------------------------------------------------------------------------------------------------------

// "the figure is that of ft_2025 for 2025-02"
static struct text whose(struct lookup *lookup, const struct observation *seen)
{
    return text_of(arena_printf(lookup->checker->arena, "the figure is that of %.*s for %.*s", TEXT_ARGS(seen->source), TEXT_ARGS(seen->valid)));
}

static bool unfit(struct lookup *lookup, const struct observation *seen, const char *message)
{
    struct diags *diags = lookup->checker->diags;
    struct diag *diag = diag_add(diags, DIAG_DATA_VALUE, lookup->expr->span, "\"%.*s\" %s", TEXT_ARGS(lookup->name), message);
    struct text source = whose(lookup, seen);
    diag_help(diags, diag, "%.*s; choose another source with `from`, or correct the row", TEXT_ARGS(source));
    return false;
}

static struct text kind_words(struct lookup *lookup, struct text unit)
{
    if (text_is(unit, "date"))
        return TEXT("a date");
    if (text_is(unit, "text"))
        return TEXT("a word");
    if (text_is(unit, "fraction"))
        return TEXT("a fraction");
    if (text_is(unit, "1"))
        return TEXT("a plain number");
    return text_of(arena_printf(lookup->checker->arena, "in %.*s", TEXT_ARGS(unit)));
}

static const char *type_example(struct text unit)
{
    return text_is(unit, "text") ? "truth" : NULL;
}

static bool wrong_unit(struct lookup *lookup, const struct observation *seen)
{
    struct diags *diags = lookup->checker->diags;
    struct text unit = seen->unit.length ? seen->unit : TEXT("1"), words = kind_words(lookup, unit), source = whose(lookup, seen);
    struct diag *diag = diag_add(diags, DIAG_DATA_UNIT, lookup->expr->span, "\"%.*s\" is %.*s", TEXT_ARGS(lookup->name), TEXT_ARGS(words));
    diag_primary(diags, diag, "expected %s", type_words(lookup->checker, &lookup->form->type));
    if (type_example(unit))
        diag_help(diags, diag, "%.*s; the input may be a `truth` or an index that has the word as a member", TEXT_ARGS(source));
    else
        diag_help(diags, diag, "%.*s; declare the input to be of its kind: `: %.*s`", TEXT_ARGS(source), TEXT_ARGS(unit));
    return false;
}

static const struct unit *unit_of(struct lookup *lookup, const struct observation *seen)
{
    struct text bad = TEXT(""), unit = seen->unit.length ? seen->unit : TEXT("1");
    const struct unit *known = written_unit(lookup->checker->units, unit, &bad);
    if (known)
        return known;
    struct diags *diags = lookup->checker->diags;
    struct text source = whose(lookup, seen);
    struct diag *diag = diag_add(diags, DIAG_DATA_UNIT, lookup->expr->span, "\"%.*s\" is in `%.*s`, and no unit is called `%.*s`", TEXT_ARGS(lookup->name),
                                 TEXT_ARGS(unit), TEXT_ARGS(bad));
    diag_help(diags, diag, "%.*s; correct the row, or declare the unit: `unit %.*s`", TEXT_ARGS(source), TEXT_ARGS(bad));
    return NULL;
}

static bool is_quantity(const struct observation *seen)
{
    return !text_is(seen->unit, "date") && !text_is(seen->unit, "text");
}

struct figures {
    double low, central, high; // in base units; NAN where not said
};

static bool finite_or_absent(double value)
{
    return isnan(value) || isfinite(value);
}

static bool fits_fraction(double value)
{
    return isnan(value) || (value >= 0 && value <= 1);
}

static bool are_sound(struct lookup *lookup, const struct observation *seen, const struct figures *f)
{
    if (!finite_or_absent(f->low) || !finite_or_absent(f->central) || !finite_or_absent(f->high))
        return unfit(lookup, seen, "is not finite");
    if (f->low > f->central || f->central > f->high || f->low > f->high)
        return unfit(lookup, seen, "has ends that are out of order");
    if (lookup->form->type.fraction && (!fits_fraction(f->low) || !fits_fraction(f->central) || !fits_fraction(f->high)))
        return unfit(lookup, seen, "lies outside 0 .. 1, and the input is a fraction");
    return true;
}

static bool figures_of(struct lookup *lookup, const struct observation *seen, struct figures *f)
{
    const struct type *type = &lookup->form->type;
    *f = (struct figures){seen->low, seen->central, seen->high};
    if (type->kind == KIND_DATE)
        return text_is(seen->unit, "date") ? are_sound(lookup, seen, f) : wrong_unit(lookup, seen);
    if (!is_quantity(seen))
        return wrong_unit(lookup, seen);
    const struct unit *unit = unit_of(lookup, seen);
    if (!unit)
        return false;
    if (unit->dimension != type->dimension)
        return wrong_unit(lookup, seen);
    *f = (struct figures){unit_to_base(unit, f->low), unit_to_base(unit, f->central), unit_to_base(unit, f->high)};
    return are_sound(lookup, seen, f);
}

// The end on the other side, as far from the middle as this one.
static double mirrored(const struct form *form, double central, double end)
{
    bool factor = form->type.kind == KIND_QUANTITY && central > 0 && end > 0;
    return factor ? central * (central / end) : central + (central - end);
}

static void law_between(const struct form *form, struct figures f, struct distribution *law)
{
    bool middle = !isnan(f.central);
    law->a = f.low, law->b = f.high, law->c = middle ? f.central : 0;
    if (f.low == f.high)
        law->law = LAW_KNOWN, law->b = law->c = 0;
    else if (middle && (f.central == f.low || f.central == f.high))
        law->law = LAW_BOUNDS;
    else
        law->law = spread_law(form, f.low, middle);
}

// False when the figures are no value: an end alone, or nothing.
static bool law_of_figures(const struct form *form, struct figures f, struct distribution *law)
{
    *law = (struct distribution){.law = LAW_KNOWN, .a = f.central, .level = form->level, .cut_low = -INFINITY, .cut_high = INFINITY};
    if (isnan(f.low) && isnan(f.high))
        return !isnan(f.central);
    if (isnan(f.central) && (isnan(f.low) || isnan(f.high)))
        return false;
    if (isnan(f.low))
        f.low = mirrored(form, f.central, f.high);
    if (isnan(f.high))
        f.high = mirrored(form, f.central, f.low);
    law_between(form, f, law);
    return true;
}

// The figures of a source are not the author's: that they are kept within 0 .. 1 is pointed out to nobody.
static bool cut(struct lookup *lookup, struct distribution *law)
{
    if (lookup->form->cut_span.end)
        return law_cut(lookup->form, lookup->expr, law);
    if (law->law != LAW_KNOWN && law->law != LAW_BOUNDS)
        law->cut_low = lookup->form->cut_low, law->cut_high = lookup->form->cut_high;
    return true;
}

// A truth or a member.
static bool word_value(struct lookup *lookup, const struct observation *seen, double *value)
{
    const struct type *type = &lookup->form->type;
    if (!text_is(seen->unit, "text"))
        return wrong_unit(lookup, seen);
    if (type->kind == KIND_MEMBER) {
        int member = find_member(type->index, seen->value);
        *value = member;
        if (member >= 0)
            return true;
        return unfit(lookup, seen, arena_printf(lookup->checker->arena, "says `%.*s`, which is no member of `%.*s`", TEXT_ARGS(seen->value), TEXT_ARGS(type->index->name)));
    }
    *value = text_is(seen->value, "yes") || text_is(seen->value, "true");
    if (*value != 0 || text_is(seen->value, "no") || text_is(seen->value, "false"))
        return true;
    return unfit(lookup, seen, arena_printf(lookup->checker->arena, "says `%.*s`, which is neither yes nor no", TEXT_ARGS(seen->value)));
}

// ---- points ------------------------------------------------------------------------------------------------------------------

enum reading_result { READ, LEFT_OUT, MISTAKEN };

static enum reading_result read_observation(struct lookup *lookup, const struct observation *seen, struct distribution *law)
{
    const struct form *form = lookup->form;
    if (form->type.kind == KIND_TRUTH || form->type.kind == KIND_MEMBER) {
        *law = (struct distribution){.law = LAW_KNOWN, .level = form->level, .cut_low = -INFINITY, .cut_high = INFINITY};
        return word_value(lookup, seen, &law->a) ? READ : MISTAKEN;
    }
    struct figures figures;
    if (!figures_of(lookup, seen, &figures))
        return MISTAKEN;
    if (!law_of_figures(form, figures, law))
        return LEFT_OUT;
    return cut(lookup, law) ? READ : MISTAKEN;
}

struct points {
    struct input_point *at;
    struct observation *seen;
    const struct source_entry **by;
    size_t count;
};

static const struct source_entry *source_named(struct lookup *lookup, struct text id)
{
    const struct source_entry *stored = stored_source(lookup->checker, id);
    if (stored)
        return stored;
    struct symbol *symbol = find_symbol(lookup->checker, lookup->form->file, id);
    return symbol && symbol->kind == SYMBOL_SOURCE && check_symbol(lookup->checker, symbol, lookup->expr->span) ? symbol->source : NULL;
}

static bool read_points(struct lookup *lookup, struct points *points)
{
    struct arena *arena = lookup->checker->arena;
    size_t room = lookup->series.count;
    bool path = lookup->form->type.kind == KIND_QUANTITY;
    *points = (struct points){.at = arena_array(arena, room, sizeof *points->at), .seen = arena_array(arena, room, sizeof *points->seen)};
    points->by = arena_array(arena, room, sizeof *points->by);
    for (size_t i = path ? 0 : room - 1; i < room; i++) {
        const struct observation *seen = &lookup->series.at[i];
        struct input_point point = {.instant = seen->valid_end};
        enum reading_result result = read_observation(lookup, seen, &point.law);
        if (result == MISTAKEN)
            return false;
        if (result == LEFT_OUT)
            continue;
        points->at[points->count] = point;
        points->seen[points->count] = *seen;
        points->by[points->count++] = source_named(lookup, seen->source);
    }
    return true;
}

static bool path_has_steps(struct lookup *lookup, const struct points *points)
{
    struct checker *checker = lookup->checker;
    if (points->count < 2 || checker->program->timeline.given || checker->program->timeline.span.end > 0)
        return true;
    struct diag *diag = diag_add(checker->diags, DIAG_NO_TIMELINE, lookup->expr->span, "\"%.*s\" is known for %zu periods, and there is no timeline", TEXT_ARGS(lookup->name),
                                 points->count);
    diag_primary(checker->diags, diag, "from %.*s to %.*s", TEXT_ARGS(points->seen[0].valid), TEXT_ARGS(points->seen[points->count - 1].valid));
    diag_help(checker->diags, diag, "say which steps the model has, as in `timeline 2022Q4 .. 2040Q4 by quarter`");
    return false;
}

static void set_points(const struct points *points, struct input_instance *instance)
{
    instance->points = points->at;
    instance->point_count = points->count;
    instance->observed = (struct series){points->count, points->seen};
    instance->observed_by = points->by;
    instance->logarithmic = true;
    for (size_t i = 0; i < points->count; i++) {
        instance->logarithmic = instance->logarithmic && !law_reaches_zero(&points->at[i].law);
        instance->bounds_only = instance->bounds_only || law_bounds_only(points->at[i].law.law);
    }
    if (points->count > 1)
        return;
    instance->logarithmic = false;
    points->at[0].instant = 0;
}

// ---- an instance -------------------------------------------------------------------------------------------------------------

bool data_instance(const struct form *form, const struct expr *expr, struct text name, struct input_instance *instance)
{
    struct lookup lookup = {.checker = form->checker, .form = form, .expr = expr, .name = name};
    struct points points;
    const char *reason;
    instance->span = expr->span;
    instance->hold = expr->hold;
    if (!source_is_known(&lookup))
        return false;
    if (!look_up(&lookup, &reason)) {
        form_missing(form->checker, reason, instance);
        return true;
    }
    if (!read_points(&lookup, &points) || !path_has_steps(&lookup, &points))
        return false;
    if (points.count == 0)
        form_missing(form->checker, arena_printf(form->checker->arena, "of \"%.*s\" the data store knows only how much it is at least, or at most", TEXT_ARGS(name)), instance);
    else
        set_points(&points, instance);
    if (expr->name.text.length == 0)
        instance->dissent = data_dissent(form->checker, name, &instance->observed);
    return true;
}

// ---- the type that data shows -----------------------------------------------------------------------------------------------

bool data_type(struct checker *checker, const struct expr *expr, struct text name, struct type *type, const char **reason)
{
    struct lookup lookup = {.checker = checker, .expr = expr, .name = name};
    *reason = NULL;
    if (!look_up(&lookup, reason))
        return false;
    const struct observation *last = &lookup.series.at[lookup.series.count - 1];
    *type = text_is(last->unit, "date") ? type_date : type_truth;
    if (text_is(last->unit, "date"))
        return true;
    if (text_is(last->unit, "text"))
        return text_is(last->value, "yes") || text_is(last->value, "no") || text_is(last->value, "true") || text_is(last->value, "false") ||
               member_type(checker, &last->value, 1, type);
    const struct unit *unit = unit_of(&lookup, last);
    if (!unit)
        return false;
    *type = type_quantity(unit->dimension, unit);
    type->fraction = text_is(last->unit, "fraction");
    return true;
}
