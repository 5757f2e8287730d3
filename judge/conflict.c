#include "judge/conflicting.h"

#include <math.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "judge/inquiry.h"

// ---- who takes part ------------------------------------------------------------------------------------------------------------------

// By value: whether it reads an estimate, or what is asked for.
static bool *find_estimated(const struct work *work)
{
    const struct model *model = work->model;
    bool *estimated = arena_array(work->scratch, model->count, sizeof *estimated);
    for (size_t v = 0; v < model->count; v++) {
        const struct instruction *it = &model->code[v];
        const value_id args[] = {it->a, it->b, it->c};
        if (it->op == CODE_COLUMN) {
            const struct column *column = &model->columns[it->a];
            estimated[v] = column->kind == COLUMN_HOLE || (column->kind == COLUMN_AGGREGATE && !work->estimates[column->aggregate].exact);
        }
        for (size_t i = 0; it->op < OP_COUNT && i < 3; i++)
            estimated[v] = estimated[v] || (args[i] < v && estimated[args[i]]);
    }
    return estimated;
}

static bool reads(const bool *estimated, const struct question *question)
{
    const value_id parts[] = {question->assumed, question->premise, question->exception, question->conclusion};
    for (size_t i = 0; i < 4; i++)
        if (parts[i] != NO_VALUE && estimated[parts[i]])
            return true;
    return false;
}

static void list_contenders(struct conflicting *conflicting, const struct joint *joint)
{
    struct work *work = conflicting->work;
    const bool *estimated = find_estimated(work);
    conflicting->contenders = arena_array(work->scratch, CONFLICT_ROWS, sizeof *conflicting->contenders);
    conflicting->near_words = joint->words;
    conflicting->near_futures = joint->futures;
    for (size_t r = 0; r < joint->all_count && conflicting->count < CONFLICT_ROWS; r++) {
        const struct joint_row *row = &joint->rows[r];
        if (row->question->claim->is_root && !reads(estimated, row->question))
            conflicting->contenders[conflicting->count++].near = (struct side){row->question, row->premise, row->holds};
    }
    conflicting->apart = arena_array(work->scratch, conflicting->count * conflicting->count, sizeof *conflicting->apart);
}

// ---- with almost any inputs --------------------------------------------------------------------------------------------------------

static const struct wide_row *wide_row_of(const struct widened *widened, const struct question *question)
{
    for (size_t r = 0; r < widened->row_count; r++) {
        const struct question *it = widened->rows[r].question;
        if (it->claim == question->claim && it->member == question->member && it->scenario == question->scenario)
            return &widened->rows[r];
    }
    return NULL;
}

static bool is_asked(const struct conflicting *conflicting, const struct claim *claim)
{
    for (size_t i = 0; i < conflicting->count; i++)
        if (conflicting->contenders[i].near.question->claim == claim)
            return true;
    return false;
}

static void open_wide(struct conflicting *conflicting)
{
    struct work *work = conflicting->work;
    const struct program *program = work->model->program;
    bool *asked = arena_array(work->scratch, program ? program->claim_count : 0, sizeof *asked);
    for (size_t i = 0; program && i < program->claim_count; i++)
        asked[i] = is_asked(conflicting, program->claims[i]);
    conflicting->widened = widen(work, asked);
    conflicting->wide_words = WIDE_FUTURES / WIDE_WORD;
    if (!conflicting->widened)
        return;
    const bool *estimated = find_estimated(conflicting->widened->work);
    for (size_t i = 0; i < conflicting->count; i++) {
        struct contender *it = &conflicting->contenders[i];
        const struct wide_row *row = wide_row_of(conflicting->widened, it->near.question);
        if (row && !reads(estimated, row->question))
            it->wide = (struct side){row->question, row->premise, row->holds};
    }
}

static uint64_t count_bits(const uint64_t *bits, size_t words)
{
    uint64_t count = 0;
    for (size_t w = 0; w < words; w++)
        count += (uint64_t)__builtin_popcountll(bits[w]);
    return count;
}

// Some claim holds in so few futures that they do not tell.
static bool some_hardly_holds(const struct conflicting *conflicting)
{
    for (size_t i = 0; i < conflicting->count; i++)
        if (count_bits(conflicting->contenders[i].near.holds, conflicting->near_words) < CONFLICT_EXPECTED)
            return true;
    return false;
}

// ---- what is said --------------------------------------------------------------------------------------------------------------------

static bool attacks(const struct claim *a, const struct claim *b)
{
    for (size_t r = 0; r < a->relation_count; r++)
        if (a->relations[r].kind != RELATION_SUPPORTS && a->relations[r].target && claim_is(a->relations[r].target, b))
            return true;
    return false;
}

static bool is_declared(const struct conflict *conflict)
{
    for (size_t i = 0; i < conflict->count; i++)
        for (size_t k = 0; k < conflict->count; k++)
            if (i != k && attacks(conflict->claims[i], conflict->claims[k]))
                return true;
    return false;
}

static bool same_author(const struct conflict *conflict)
{
    for (size_t i = 0; i < conflict->count; i++)
        if (conflict->claims[i]->speaker.length == 0 || !text_equal(conflict->claims[i]->speaker, conflict->claims[0]->speaker))
            return false;
    return true;
}

static bool may_be_silent(const struct conflict *conflict)
{
    for (size_t i = 0; i < conflict->count; i++)
        if (conflict->claims[i]->premise || conflict->claims[i]->exception)
            return true;
    return false;
}

static const char *why(struct arena *arena, const struct conflict *conflict)
{
    struct buffer out = buffer_on(arena);
    const char *all = conflict->count == 2 ? "both" : "all";
    if (conflict->basis == EVIDENCE_PROVED) {
        buffer_printf(&out, conflict->whatever_inputs ? "whatever values their inputs take" : "for all values that the sources allow");
        if (may_be_silent(conflict))
            buffer_printf(&out, ", wherever %s say something", all);
        buffer_add_string(&out, " (proved)");
        return out.at;
    }
    buffer_printf(&out, "in none of the %llu futures in which %s say something, so in less than ", (unsigned long long)conflict->samples, all);
    write_percent(&out, 3.0 / (double)conflict->samples);
    buffer_add_string(&out, " of such futures");
    return out.at;
}

static struct conflict conflict_of(struct conflicting *conflicting, const struct conflict_set *set, bool proved, bool whatever)
{
    struct arena *arena = conflicting->work->arena;
    struct conflict conflict = {.count = set->count, .sets = 1, .whatever_inputs = whatever, .basis = proved ? EVIDENCE_PROVED : EVIDENCE_SAMPLED};
    for (size_t i = 0; i < set->count; i++) {
        const struct side *side = &conflicting->contenders[set->members[i]].near;
        conflict.claims[i] = side->question->claim;
        conflict.names[i] = claim_member_name(arena, side->question->claim, side->question->member);
        conflict.shares[i] = (double)count_bits(side->holds, conflicting->near_words) / (double)conflicting->near_futures;
    }
    conflict.samples = proved ? 0 : set->speaking;
    conflict.declared = is_declared(&conflict);
    conflict.same_author = same_author(&conflict);
    conflict.why = why(arena, &conflict);
    return conflict;
}

// ---- order ---------------------------------------------------------------------------------------------------------------------------

// To be proved first: smaller sets, then those that chance would leave together most often.
static int by_promise(const void *one, const void *other)
{
    const struct conflict_set *a = one, *b = other;
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    if (a->expected != b->expected)
        return a->expected > b->expected ? -1 : 1;
    for (size_t i = 0; i < a->count; i++)
        if (a->members[i] != b->members[i])
            return a->members[i] < b->members[i] ? -1 : 1;
    return 0;
}

static int rank(const struct conflict *conflict)
{
    return conflict->same_author ? 0 : conflict->declared ? 2 : 1;
}

static int by_interest(const void *one, const void *other)
{
    const struct conflict *a = one, *b = other;
    if (rank(a) != rank(b))
        return rank(a) - rank(b);
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (size_t i = 0; i < a->count; i++) {
        const struct span x = a->claims[i]->span, y = b->claims[i]->span;
        if (x.start != y.start)
            return x.start < y.start ? -1 : 1;
    }
    if (a->basis != b->basis)
        return a->basis == EVIDENCE_PROVED ? 1 : -1;
    if (a->whatever_inputs != b->whatever_inputs)
        return a->whatever_inputs ? 1 : -1;
    if (a->samples != b->samples)
        return a->samples < b->samples ? -1 : 1;
    int names = 0;
    for (size_t i = 0; i < a->count && names == 0; i++)
        names = text_compare(a->names[i], b->names[i]);
    return names;
}

// ---- members of the same claims ------------------------------------------------------------------------------------------------------

static bool same_claims(const struct conflict *a, const struct conflict *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; i < a->count && same; i++)
        same = a->claims[i] == b->claims[i];
    return same;
}

static bool as_sure(const struct conflict *a, const struct conflict *b)
{
    return a->basis == b->basis && a->whatever_inputs == b->whatever_inputs;
}

// How many there are from the first on that are like it.
static size_t run_of(const struct conflict *conflicts, size_t count, bool (*alike)(const struct conflict *, const struct conflict *))
{
    size_t run = 1;
    while (run < count && alike(&conflicts[0], &conflicts[run]))
        run++;
    return run;
}

// The first stands for all, as it is the least sure of them; how many are surer is said behind it.
static struct conflict fold(struct arena *arena, const struct conflict *conflicts, size_t count)
{
    struct conflict folded = conflicts[0];
    struct buffer out = buffer_on(arena);
    size_t run = run_of(conflicts, count, as_sure);
    buffer_add_string(&out, folded.why);
    for (size_t i = run; i < count; i += run) {
        run = run_of(&conflicts[i], count - i, as_sure);
        buffer_printf(&out, "; for %zu of them %s", run, conflicts[i].why);
    }
    folded.sets = count;
    folded.why = out.at;
    return folded;
}

static size_t fold_members(struct arena *arena, struct conflict *conflicts, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0, run; i < count; i += run) {
        run = run_of(&conflicts[i], count - i, same_claims);
        conflicts[kept++] = fold(arena, &conflicts[i], run);
    }
    return kept;
}

// ---- all of it -----------------------------------------------------------------------------------------------------------------------

// Adds what the set comes to, if anything.
static void settle_set(struct conflicting *conflicting, const struct conflict_set *set, bool may_prove, struct results *results, struct conflict *conflicts)
{
    const bool whatever = set->wide && may_prove && conflict_prove(conflicting, set, true) == ORDER_CONTRARY;
    const enum order_end near = set->near && may_prove && !whatever ? conflict_prove(conflicting, set, false) : ORDER_OPEN;
    if (whatever || (set->near && near != ORDER_EDGE))
        conflicts[results->conflict_count++] = conflict_of(conflicting, set, whatever || near == ORDER_CONTRARY, whatever);
}

static void write_conflicts(struct conflicting *conflicting, struct results *results)
{
    struct work *work = conflicting->work;
    struct conflict *conflicts = arena_array(work->arena, conflicting->sets.count, sizeof *conflicts);
    for (size_t i = 0; i < conflicting->sets.count && work_continues(work, 0); i++)
        settle_set(conflicting, &conflicting->sets.at[i], !work->options->no_proofs && i < CONFLICT_PROOFS, results, conflicts);
    if (atomic_load(&work->cancelled))
        results->conflict_count = 0;
    if (results->conflict_count > 0)
        qsort(conflicts, results->conflict_count, sizeof *conflicts, by_interest);
    results->conflict_count = fold_members(work->arena, conflicts, results->conflict_count);
    results->conflicts = conflicts;
}

void find_conflicts(struct work *work, struct results *results)
{
    const struct arena_mark mark = arena_mark(work->scratch);
    const struct joint *joint = work->model->question_count > 1 ? joint_of(work) : NULL;
    struct conflicting conflicting = {.work = work};
    if (joint)
        list_contenders(&conflicting, joint);
    if (conflicting.count > 1) {
        conflict_near_sets(&conflicting);
        if (conflicting.sets.count > 0 || some_hardly_holds(&conflicting))
            open_wide(&conflicting);
        if (conflicting.widened)
            conflict_wide_sets(&conflicting);
        if (conflicting.sets.count > 0)
            qsort(conflicting.sets.at, conflicting.sets.count, sizeof *conflicting.sets.at, by_promise);
        write_conflicts(&conflicting, results);
    }
    arena_release(work->scratch, mark);
}
