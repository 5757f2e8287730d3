// Assumptions and inputs that move no claim.
#include <math.h>
#include <string.h>

#include "base/vector.h"
#include "judge/lint.h"

#define UNMOVED_SHARE 0.005
enum { COMPARED_MOST = 512 }; // values of one claim

// ---- whose they are ------------------------------------------------------------------------------------------------------------

static bool same_file(const struct program *program, struct span a, struct span b)
{
    return sources_find(program->sources, a.start) == sources_find(program->sources, b.start);
}

// All claims with a formula in the claim's file were asked for.
static bool asked_whole(const struct program *program, const struct claim *root)
{
    for (size_t i = 0; i < program->claim_count; i++)
        if (!program->claims[i]->is_root && same_file(program, program->claims[i]->span, root->span))
            return false;
    return true;
}

static bool can_tell(const struct inquiry *inquiry)
{
    return inquiry->finished && inquiry->count > 0 && inquiry->verdict.kind <= VERDICT_SENSITIVE && inquiry->verdict.estimate_count == 0;
}

// ---- what the futures say --------------------------------------------------------------------------------------------------------

enum says { SAYS_NOTHING, SAYS_FAILS, SAYS_HOLDS };

struct look { // one future; without its assumptions
    unsigned char says;
    unsigned broken;   // assumptions that do not hold in it
    size_t breaks;     // the last of them
};
struct looks {
    uint64_t first;
    const struct question *question;
    struct look *at;
};

static void look_at(void *user, size_t worker, const struct block *block)
{
    (void)worker;
    const struct looks *looks = user;
    struct question bare = *looks->question;
    const size_t assumptions = ROOT_FIXED + bare.when_count + bare.term_count;
    double counts[COUNT_FIXED];
    bare.when_count = bare.term_count = bare.assumption_count = 0;
    bare.assumed = NO_VALUE;
    for (size_t lane = 0; lane < block->lanes; lane++) {
        struct look *look = &looks->at[block->first - looks->first + lane];
        bool undefined;
        memset(counts, 0, sizeof counts);
        tally_add(&bare, counts, block->roots, lane, 1, &undefined);
        *look = (struct look){.says = counts[COUNT_HOLDS] > 0 ? SAYS_HOLDS : counts[COUNT_FAILS] > 0 ? SAYS_FAILS : SAYS_NOTHING};
        for (size_t i = 0; i < looks->question->assumption_count; i++) {
            if (block->roots[assumptions + i][lane] == 1)
                continue;
            look->broken++;
            look->breaks = i;
        }
    }
}

static bool look(struct work *work, const struct question *question, const double *fixed, struct look *at)
{
    size_t root_count = question_roots(question, NULL);
    value_id *roots = arena_array(work->scratch, root_count, sizeof *roots);
    question_roots(question, roots);
    struct looks looks = {SEARCH_FIRST, question, at};
    return work_futures(work, tape_make(work->scratch, work->model, roots, root_count), fixed, SEARCH_FIRST, LINT_FUTURES, look_at, &looks);
}

// ---- assumptions -----------------------------------------------------------------------------------------------------------------

struct shares {
    double holds, decided;
};

static struct shares shares_without(const struct look *at, size_t left_out)
{
    struct shares shares = {0, 0};
    for (size_t k = 0; k < LINT_FUTURES; k++) {
        if (at[k].broken > 1 || (at[k].broken == 1 && at[k].breaks != left_out))
            continue;
        shares.decided += at[k].says != SAYS_NOTHING;
        shares.holds += at[k].says == SAYS_HOLDS;
    }
    return shares;
}

// Neither the probability nor what can happen at all changes; with inputs that have no probability the latter is the verdict.
static bool unmoved(struct shares with, struct shares without)
{
    if (with.decided == 0 || without.decided == 0)
        return with.decided == without.decided;
    bool same = (with.holds > 0) == (without.holds > 0) && (with.holds < with.decided) == (without.holds < without.decided);
    return same && fabs(with.holds / with.decided - without.holds / without.decided) <= UNMOVED_SHARE;
}

struct candidate {
    const void *thing;     // an assumption, or an input
    struct inquiry *first; // that reads it
    bool removes, moves;
};
struct candidates {
    VECTOR(struct candidate) list;
};

static struct candidate *candidate_of(struct work *work, struct candidates *all, const void *thing, struct inquiry *inquiry)
{
    for (size_t i = 0; i < all->list.count; i++)
        if (all->list.at[i].thing == thing)
            return &all->list.at[i];
    vector_push(work->scratch, &all->list, ((struct candidate){.thing = thing, .first = inquiry}));
    return &all->list.at[all->list.count - 1];
}

static void weigh_assumptions(struct work *work, struct inquiry *inquiry, const struct finding *finding, struct candidates *all)
{
    const struct question *question = finding->question;
    const struct program *program = work->model->program;
    struct look *at = NULL;
    for (size_t i = 0; i < question->assumption_count; i++) {
        if (!same_file(program, question->assumptions[i]->span, question->claim->span))
            continue;
        struct candidate *it = candidate_of(work, all, question->assumptions[i], inquiry);
        if (it->moves)
            continue;
        if (!can_tell(inquiry) || !asked_whole(program, question->claim)) {
            it->moves = true;
            continue;
        }
        if (!at && !look(work, question, work->fixed, at = arena_array(work->scratch, LINT_FUTURES, sizeof *at)))
            return;
        for (size_t k = 0; k < LINT_FUTURES; k++)
            it->removes = it->removes || (at[k].broken == 1 && at[k].breaks == i);
        it->moves = !unmoved(shares_without(at, SIZE_MAX), shares_without(at, i));
    }
}

static void tell_assumptions(struct work *work, const struct candidates *all)
{
    for (size_t i = 0; i < all->list.count; i++) {
        const struct candidate *it = &all->list.at[i];
        const struct assumption *assumption = it->thing;
        if (it->moves || !it->removes)
            continue;
        struct text name = assumption->name;
        if (name.length == 0)
            name = assumption->reading ? sources_text(work->model->program->sources, assumption->reading->span) : TEXT("this one");
        lint_add(work, it->first, REMARK_IDLE_ASSUMPTION,
                 arena_printf(work->arena, "the assumption `%.*s` moves no claim: it removes futures, but without it every claim's probability stays within half a percentage point",
                              TEXT_ARGS(name)));
    }
}

// ---- inputs ------------------------------------------------------------------------------------------------------------------------

// Where an input is tried: every value of a choice, else both ends and a place between them that mirrors neither.
static double place_of(const struct variable *variable, const struct distribution *law, size_t place)
{
    static const double bounds[] = {0, 0.37, 1}, likely[] = {0.01, 0.37, 0.99};
    if (law->choice_count == 0)
        return variable->bounds_only ? bounds[place] : likely[place];
    if (law->weights == NULL)
        return ((double)place + 0.5) / (double)law->choice_count;
    double below = 0;
    for (size_t k = 0; k < place; k++)
        below += law->weights[k];
    return below + law->weights[place] / 2;
}

static void put_at(const struct work *work, const struct variable *variable, double at, double *fixed)
{
    for (size_t c = 0; c < variable->column_count; c++)
        fixed[variable->columns[c]] = column_quantile(&work->model->columns[variable->columns[c]], at);
}

// What a claim reads and says in each future, boiled down to one number.
struct marks {
    uint64_t first;
    size_t root_count;
    uint64_t *at;
};

static void mark_block(void *user, size_t worker, const struct block *block)
{
    (void)worker;
    const struct marks *marks = user;
    for (size_t lane = 0; lane < block->lanes; lane++) {
        uint64_t mark = UINT64_C(14695981039346656037), bits;
        for (size_t r = 0; r < marks->root_count; r++) {
            memcpy(&bits, &block->roots[r][lane], sizeof bits);
            mark = (mark ^ bits) * UINT64_C(1099511628211);
            mark ^= mark >> 29;
        }
        marks->at[block->first - marks->first + lane] = mark;
    }
}

// The truths of the question and both sides of its comparisons; NULL when they are too many to look at.
static const struct tape *compared_tape(struct work *work, const struct question *question, size_t *root_count)
{
    size_t count = question_roots(question, NULL);
    for (size_t i = 0; i < question->comparison_count; i++)
        count += 2 * question->comparisons[i].count;
    if (count > COMPARED_MOST)
        return NULL;
    value_id *roots = arena_array(work->scratch, count, sizeof *roots);
    *root_count = question_roots(question, roots);
    for (size_t i = 0; i < question->comparison_count; i++) {
        for (size_t k = 0; k < question->comparisons[i].count; k++) {
            roots[(*root_count)++] = question->comparisons[i].at[k].left;
            roots[(*root_count)++] = question->comparisons[i].at[k].right;
        }
    }
    return tape_make(work->scratch, work->model, roots, *root_count);
}

// Whether anything that is compared or judged is another value in some future with the input elsewhere.
static bool moves_something(struct work *work, const struct question *question, const struct variable *variable)
{
    struct marks marks[2];
    double *fixed = work_fixed(work);
    size_t root_count = 0;
    const struct tape *tape = compared_tape(work, question, &root_count);
    const struct distribution *law = work->model->columns[variable->columns[0]].law;
    const size_t places = law->choice_count > 0 ? law->choice_count : 3;
    for (int i = 0; i < 2; i++)
        marks[i] = (struct marks){SEARCH_FIRST, root_count, arena_array(work->scratch, LINT_FUTURES, sizeof(uint64_t))};
    for (size_t place = 0; tape != NULL && place < places; place++) {
        struct marks *here = &marks[place > 0];
        put_at(work, variable, place_of(variable, law, place), fixed);
        if (!work_futures(work, tape, fixed, SEARCH_FIRST, LINT_FUTURES, mark_block, here))
            return true;
        if (place > 0 && memcmp(marks[0].at, here->at, LINT_FUTURES * sizeof(uint64_t)) != 0)
            return true;
    }
    return tape == NULL;
}

static void weigh_inputs(struct work *work, struct inquiry *inquiry, const struct finding *finding, struct candidates *all)
{
    const struct question *question = finding->question;
    const struct program *program = work->model->program;
    for (size_t v = 0; v < question->variable_count; v++) {
        const struct variable *variable = &work->model->variables[question->variables[v]];
        if (variable->column_count == 0 || variable->input->hidden || !same_file(program, variable->input->span, question->claim->span))
            continue;
        struct candidate *it = candidate_of(work, all, variable->input, inquiry);
        if (it->moves)
            continue;
        struct arena_mark mark = arena_mark(work->scratch);
        const size_t position = (size_t)(it - all->list.at);
        bool moves = !can_tell(inquiry) || !asked_whole(program, question->claim) || moves_something(work, question, variable);
        arena_release(work->scratch, mark);
        all->list.at[position].moves = moves;
    }
}

static void tell_inputs(struct work *work, const struct candidates *all)
{
    for (size_t i = 0; i < all->list.count; i++) {
        const struct candidate *it = &all->list.at[i];
        const struct input *input = it->thing;
        if (!it->moves)
            lint_add(work, it->first, REMARK_IDLE_INPUT,
                     arena_printf(work->arena, "the input `%.*s` moves no claim: wherever it was put, all that claims compare is the same in each of %d futures", TEXT_ARGS(input->name), LINT_FUTURES));
    }
}

void lint_unmoved(struct work *work, struct inquiry *inquiries, size_t count)
{
    if (!work->model->program || !work->model->program->sources)
        return;
    struct arena_mark mark = arena_mark(work->scratch);
    struct candidates assumptions = {0}, inputs = {0};
    for (size_t i = 0; i < count; i++) {
        for (size_t f = 0; f < inquiries[i].count && !inquiries[i].blocked; f++) {
            if (lint_is_on(work, REMARK_IDLE_ASSUMPTION))
                weigh_assumptions(work, &inquiries[i], &inquiries[i].findings[f], &assumptions);
            if (lint_is_on(work, REMARK_IDLE_INPUT))
                weigh_inputs(work, &inquiries[i], &inquiries[i].findings[f], &inputs);
        }
    }
    tell_assumptions(work, &assumptions);
    tell_inputs(work, &inputs);
    arena_release(work->scratch, mark);
}
