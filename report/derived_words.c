#include "report/derived_words.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/number.h"
#include "dsl/distribution.h"
#include "dsl/program.h"
#include "judge/derivation.h"
#include "report/escape.h"
#include "report/words.h"

enum { DIGITS = 3 };

// ---- values ------------------------------------------------------------------------------------------------------------

bool derived_same_value(const struct derived *derived)
{
    const double a = derived->values[0], b = derived->values[1];
    return a == b || (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

void derived_value(const struct derived_words *words, struct buffer *out, const struct derived *derived, size_t column)
{
    const double value = derived->values[column];
    if (derived->type.kind == KIND_TRUTH && derived->form != DERIVED_INPUT && !isnan(value))
        buffer_add_string(out, value != 0 ? "holds" : "fails");
    else
        words_value(out, words->program, &derived->type, value, DIGITS);
}

// ---- expressions -------------------------------------------------------------------------------------------------------

// On one line: what stood on several had blanks inside its brackets.
static struct text escaped(const struct derived_words *words, struct text text)
{
    struct buffer out = buffer_on(words->arena), tight = buffer_on(words->arena);
    escape_terminal(&out, text);
    for (size_t i = 0; i < out.length; i++) {
        const bool inside = out.at[i] == ' ' && ((tight.length > 0 && tight.at[tight.length - 1] == '(') || (i + 1 < out.length && out.at[i + 1] == ')'));
        if (!inside)
            buffer_add_char(&tight, out.at[i]);
    }
    return buffer_text(&tight);
}

// Cut at a blank, where there is one near.
static struct text elided(const struct derived_words *words, struct text text)
{
    if (text_columns(text) <= FORMULA_COLUMNS)
        return text;
    size_t end = FORMULA_COLUMNS;
    while (end > FORMULA_COLUMNS / 2 && text.at[end] != ' ')
        end--;
    while (end > 0 && ((unsigned char)text.at[end] & 0xC0) == 0x80)
        end--;
    return text_of(arena_printf(words->arena, "%.*s …", (int)end, text.at));
}

static struct text source_of(const struct derived_words *words, const struct node *node, const int *members)
{
    return elided(words, escaped(words, words_bound(words->arena, words->sources, node->expr, node, members)));
}

struct text derived_expression(const struct derived_words *words, const struct derived *derived)
{
    return source_of(words, derived->node, derived->members);
}

struct text derived_formula(const struct derived_words *words, const struct derived *derived)
{
    return derived->formula ? source_of(words, derived->formula, derived->formula_members) : TEXT("");
}

// ---- labels ------------------------------------------------------------------------------------------------------------

static void add_step(const struct derived_words *words, struct buffer *out, int step)
{
    buffer_add(out, timeline_step_name(words->arena, &words->program->timeline, step));
}

static bool is_phrase(const struct derived *derived)
{
    return derived->form == DERIVED_EXPRESSION && derived->node->kind == NODE_TIME;
}

const char *derived_phrase(const struct derived *derived)
{
    return is_phrase(derived) ? phrase_words[derived->node->phrase] : "";
}

static bool is_every(const struct derived *derived)
{
    const enum phrase phrase = derived->node->phrase;
    return phrase == PHRASE_FROM || phrase == PHRASE_UNTIL || phrase == PHRASE_THROUGHOUT;
}

// Why it is this step.
static const char *deciding_words(const struct derived *derived)
{
    const bool holds = derived->values[0] == 1;
    if (!derived->weighed)
        return holds == is_every(derived) ? "the first of them" : holds ? "the first where it holds" : "the first where it fails";
    if (is_every(derived))
        return holds ? "nearest to failing" : "where it fails most";
    return holds ? "where it holds most" : "nearest to holding";
}

static void add_phrase(const struct derived_words *words, struct buffer *out, const struct derived *derived)
{
    if (derived->first < 0) {
        buffer_printf(out, "%s: at no step", derived_phrase(derived));
        return;
    }
    buffer_add_string(out, is_every(derived) ? "throughout " : "at some step of ");
    add_step(words, out, derived->first);
    if (derived->last > derived->first) {
        buffer_add_string(out, "..");
        add_step(words, out, derived->last);
    }
    if (derived->deciding[0] < 0)
        return;
    buffer_add_string(out, ": decided in ");
    add_step(words, out, derived->deciding[0]);
    buffer_printf(out, ", %s", deciding_words(derived));
    if (derived->holding[0] > 0 && derived->holding[0] < derived->counted)
        buffer_printf(out, " (holds at %d of %d steps)", derived->holding[0], derived->counted);
}

static const char *role_words(const struct derived *derived)
{
    switch (derived->role) {
    case ROLE_PREMISE:
    case ROLE_CONDITION:
        return "if ";
    case ROLE_CONCLUSION:
        return "claim: ";
    case ROLE_EXCEPTION:
        return "unless ";
    case ROLE_ASSUMPTION:
        return "assumed: ";
    case ROLE_LESS:
        return "- ";
    case ROLE_BRANCH:
        return "gives ";
    default:
        return "";
    }
}

static bool steps_apart(const struct derived *derived)
{
    if (derived->step < 0)
        return false;
    for (const struct derived *above = derived->parent; above; above = above->parent)
        if (above->step >= 0)
            return above->step != derived->step || derived->role == ROLE_STEP;
    return true;
}

// Which of several is the one, in which future.
static void add_mark(const struct derived_words *words, struct buffer *out, const struct derived *derived)
{
    const bool two = derived->values[1] == derived->values[1];
    const bool *marked = derived->marked;
    (void)words;
    if (derived->role != ROLE_TERM && derived->role != ROLE_BRANCH && derived->role != ROLE_STEP)
        return;
    if (!marked[0] && !marked[1])
        return;
    if (derived->role == ROLE_TERM)
        buffer_add_string(out, " ← binds");
    if (two && marked[0] != marked[1])
        buffer_add_string(out, marked[0] ? " (centrally)" : " (in the counterexample)");
}

static bool counts_members(const struct derived *derived)
{
    return derived->form == DERIVED_EXPRESSION && derived->node->kind == NODE_REDUCE && derived->node->reduce >= REDUCE_COUNT && derived->counted > 0;
}

// "the largest of 6 steps": of a sum over time.
static void add_window(struct buffer *out, const struct derived *derived)
{
    const struct derived *above = derived->parent;
    if (derived->role == ROLE_STEP && above->counted > 1 && above->form == DERIVED_EXPRESSION && above->node->kind == NODE_WINDOW &&
        derived->type.kind == KIND_QUANTITY)
        buffer_printf(out, ", the %s of %d steps", above->node->reduce == REDUCE_MIN ? "least" : "largest", above->counted);
}

void derived_label(const struct derived_words *words, struct buffer *out, const struct derived *derived)
{
    buffer_add_string(out, role_words(derived));
    if (derived->label.length > 0 && derived->form == DERIVED_EXPRESSION)
        buffer_printf(out, "%.*s: ", TEXT_ARGS(derived->label));
    if (is_phrase(derived))
        add_phrase(words, out, derived);
    else if (derived->form == DERIVED_EXPRESSION)
        buffer_add(out, derived_expression(words, derived));
    else if (derived->label.length > 0 && derived->parent && derived->parent->counted == 0 && !text_equal(derived->label, derived->name))
        buffer_printf(out, "%.*s: %.*s", TEXT_ARGS(derived->label), TEXT_ARGS(derived->name));
    else
        buffer_add(out, derived->name);
    if (counts_members(derived))
        buffer_printf(out, " (holds for %d of %d)", derived->holding[0], derived->counted);
    if (derived->under)
        buffer_printf(out, " under %.*s", TEXT_ARGS(derived->under->name));
    if (!is_phrase(derived) && steps_apart(derived)) {
        buffer_add_string(out, " in ");
        add_step(words, out, derived->step);
    }
    add_window(out, derived);
    add_mark(words, out, derived);
    if (derived->cut)
        buffer_add_string(out, " …");
}

bool derived_is_known(const struct derived *derived)
{
    return derived->same && derived->role == ROLE_READ && !derived->recursive && derived->step == derived->same->step && derived->child_count == 0;
}

void derived_known(const struct derived_words *words, struct buffer *out, const struct derived *derived)
{
    buffer_add(out, derived->name);
    buffer_add_char(out, WORDS_JOIN);
    words_value(out, words->program, &derived->type, derived->values[0], DIGITS);
    if (isnan(derived->values[1]) || derived_same_value(derived))
        return;
    buffer_printf(out, "%c≠%c", WORDS_JOIN, WORDS_JOIN);
    words_value(out, words->program, &derived->type, derived->values[1], DIGITS);
}

void derived_elsewhere(const struct derived_words *words, struct buffer *out, const struct derived *derived, bool above)
{
    const struct derived *same = derived->same;
    if (derived->recursive && derived->past_count == 0)
        buffer_add_string(out, " (the first step)");
    if (derived->recursive || (derived->form == DERIVED_INPUT && !derived->formula && derived->step == same->step))
        return;
    buffer_add_string(out, " (");
    if (same->step >= 0 && same->step != derived->step) {
        buffer_add_string(out, "as in ");
        add_step(words, out, same->step);
        buffer_add_string(out, ", ");
    }
    buffer_add_string(out, above ? "above)" : "below)");
}

// ---- what is said under them -------------------------------------------------------------------------------------------

static void add_choices(const struct derived_words *words, struct buffer *out, const struct type *type, const struct distribution *law)
{
    enum { MOST = 4 };
    for (size_t i = 0; i < law->choice_count && i < MOST; i++) {
        buffer_add_string(out, i > 0 ? ", " : "");
        words_value(out, words->program, type, law->values[i], DIGITS);
        if (law->law == LAW_CHOICE && law->weights) {
            buffer_add_char(out, ' ');
            words_percent(out, law->weights[i], 0);
        }
    }
    if (law->choice_count > MOST)
        buffer_printf(out, " and %zu more", law->choice_count - MOST);
}

static void add_range(const struct derived_words *words, struct buffer *out, const struct derived *derived)
{
    const struct input_instance *instance = &derived->input->instances[derived->instance];
    const struct distribution *law = instance->point_count > 0 ? &instance->points[0].law : NULL;
    if (instance->missing) {
        escape_terminal(out, text_of(instance->missing));
    } else if (!isnan(derived->low) && derived->low < derived->high) {
        words_value(out, words->program, &derived->type, derived->low, DIGITS);
        buffer_add_string(out, instance->bounds_only ? " .. " : " to ");
        words_value(out, words->program, &derived->type, derived->high, DIGITS);
    } else if (law && (law->law == LAW_CHOICE || law->law == LAW_POSSIBLE) && law->choice_count > 1) {
        add_choices(words, out, &derived->type, law);
    } else {
        buffer_add_string(out, "known");
    }
}

static void add_name(struct buffer *out, struct text name, size_t *count)
{
    enum { MOST = 3 };
    if (++*count <= MOST)
        buffer_printf(out, "%s%.*s", *count > 1 ? ", " : "; ", TEXT_ARGS(name));
}

static void add_cites(struct buffer *out, const struct derived *derived)
{
    const struct input *input = derived->input;
    const struct input_instance *instance = &input->instances[derived->instance];
    enum basis basis;
    size_t count = 0;
    if (input_basis(input, derived->instance, &basis))
        buffer_printf(out, "; %s", basis_words[basis]);
    for (size_t i = 0; i < instance->observed.count; i++)
        if (i == 0 || !text_equal(instance->observed.at[i].source, instance->observed.at[i - 1].source))
            add_name(out, instance->observed.at[i].source, &count);
    for (size_t i = 0; i < input->cite_count; i++)
        add_name(out, input->cites[i]->name, &count);
    if (count > 3)
        buffer_printf(out, " and %zu more", count - 3);
}

static void add_past(const struct derived_words *words, struct buffer *out, const struct derived *derived)
{
    buffer_add_string(out, "computed the same way from step to step: ");
    for (size_t i = 0; i < derived->past_count; i++) {
        buffer_add_string(out, i > 0 ? ", " : "");
        add_step(words, out, derived->past[i]);
        buffer_add_char(out, WORDS_JOIN);
        words_value(out, words->program, &derived->type, derived->past_values[i][0], DIGITS);
        if (derived->past_values[i][1] == derived->past_values[i][1] && derived->values[1] == derived->values[1]) {
            buffer_add_string(out, " | ");
            words_value(out, words->program, &derived->type, derived->past_values[i][1], DIGITS);
        }
    }
}

static void add_to(struct derived_remarks *remarks, const struct buffer *out)
{
    if (out->length > 0 && remarks->count < REMARKS_MOST)
        remarks->at[remarks->count++] = buffer_text(out);
}

static void remark_input(const struct derived_words *words, struct derived_remarks *remarks, const struct derived *derived)
{
    struct buffer out = buffer_on(words->arena);
    buffer_add_string(&out, "input, ");
    add_range(words, &out, derived);
    add_cites(&out, derived);
    add_to(remarks, &out);
}

static void remark_formula(const struct derived_words *words, struct derived_remarks *remarks, const struct derived *derived)
{
    struct buffer out = buffer_on(words->arena);
    buffer_printf(&out, "%s %.*s", derived->set ? "set to" : "=", TEXT_ARGS(derived_formula(words, derived)));
    add_to(remarks, &out);
}

static void remark_expression(const struct derived_words *words, struct derived_remarks *remarks, const struct derived *derived)
{
    struct buffer out = buffer_on(words->arena);
    if (derived->node->kind == NODE_AGGREGATE)
        buffer_add_string(&out, "a number about all futures; below, what it is about, in this one");
    if (derived->node->kind == NODE_MISSING && derived->node->reason)
        escape_terminal(&out, text_of(derived->node->reason));
    add_to(remarks, &out);
}

struct derived_remarks derived_remarks(const struct derived_words *words, const struct derived *derived)
{
    struct derived_remarks remarks = {0};
    struct buffer out = buffer_on(words->arena);
    if (derived->recursive && derived->past_count > 0)
        add_past(words, &out, derived);
    add_to(&remarks, &out);
    if (derived->same)
        return remarks;
    if (derived->formula)
        remark_formula(words, &remarks, derived);
    else if (derived->form == DERIVED_INPUT && derived->opened)
        remark_input(words, &remarks, derived);
    else if (derived->form == DERIVED_EXPRESSION)
        remark_expression(words, &remarks, derived);
    return remarks;
}

void derived_rest(const struct derived_words *words, struct buffer *out, const struct derived *derived)
{
    buffer_printf(out, "%zu more", derived->rest_count);
    for (size_t f = 0; f < DERIVED_COLUMNS; f++) {
        if (isnan(derived->rest[f]) || isnan(derived->values[f]))
            continue;
        buffer_add_string(out, f == 0 ? (derived->rest_count == 1 ? " comes to " : " come to ") : ", in the counterexample to ");
        words_value(out, words->program, &derived->children[0]->type, derived->rest[f], DIGITS);
    }
}

void derived_source(struct buffer *out, const struct source_entry *source)
{
    escape_terminal(out, source->name);
    buffer_add_string(out, ": ");
    escape_terminal(out, source->title);
    if (source->publisher.length > 0) {
        buffer_add_string(out, ", ");
        escape_terminal(out, source->publisher);
    }
    if (!isnan(source->date)) {
        buffer_add_string(out, ", ");
        words_date(out, source->date);
    }
    buffer_add_string(out, source->url.length > 0 ? ", " : "; no address: untraceable");
    escape_terminal(out, source->url);
}
