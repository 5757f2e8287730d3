// The draws that go together, and the factor that makes them do so.
#include <math.h>

#include "engine/compiler.h"

enum { CORRELATED_MAX = 1000 };

// What rounding leaves of a zero.
#define CHOLESKY_SLACK 1e-12

struct correlation {
    size_t draw, other;
    double value;
};

struct correlating {
    struct compiler *compiler;
    VECTOR(struct correlation) pairs;
    VECTOR(size_t) draws;          // ascending
    VECTOR(const struct input_instance *) owners; // of each draw
};

static const struct input_entry *entry_for(const struct compiler *compiler, const struct input *input)
{
    for (size_t i = 0; i < compiler->inputs.count; i++)
        if (compiler->inputs.at[i].input == input)
            return &compiler->inputs.at[i];
    return NULL;
}

// Two inputs that vary are tied period by period; one that does not is tied to every period of the other.
static void add_pairs(struct correlating *work, const struct input_entry *entry, size_t instance)
{
    const struct input_instance *from = &entry->input->instances[instance];
    const struct input_entry *other = from->other != NULL ? entry_for(work->compiler, from->other) : NULL;
    if (other == NULL)
        return;
    size_t periods = entry->periods > other->periods ? entry->periods : other->periods;
    for (size_t p = 0; p < periods; p++) {
        size_t mine = entry->first_draw + instance * entry->periods + (p < entry->periods ? p : entry->periods - 1);
        size_t theirs = other->first_draw + from->other_instance * other->periods + (p < other->periods ? p : other->periods - 1);
        struct correlation pair = {mine, theirs, from->correlation};
        vector_push(work->compiler->scratch, &work->pairs, pair);
    }
}

static bool is_tied(const struct correlating *work, size_t draw)
{
    for (size_t i = 0; i < work->pairs.count; i++)
        if (work->pairs.at[i].draw == draw || work->pairs.at[i].other == draw)
            return true;
    return false;
}

// Keeps the draws ascending.
static void insert(struct correlating *work, size_t draw, const struct input_instance *owner)
{
    vector_push(work->compiler->scratch, &work->draws, draw);
    vector_push(work->compiler->scratch, &work->owners, owner);
    for (size_t i = work->draws.count - 1; i > 0 && work->draws.at[i - 1] > draw; i--) {
        work->draws.at[i] = work->draws.at[i - 1];
        work->owners.at[i] = work->owners.at[i - 1];
        work->draws.at[i - 1] = draw;
        work->owners.at[i - 1] = owner;
    }
}

static void gather(struct correlating *work)
{
    struct compiler *compiler = work->compiler;
    for (size_t i = 0; i < compiler->inputs.count; i++)
        for (size_t k = 0; k < compiler->inputs.at[i].input->instance_count; k++)
            add_pairs(work, &compiler->inputs.at[i], k);
    if (work->pairs.count == 0)
        return;
    for (size_t i = 0; i < compiler->inputs.count; i++) {
        const struct input_entry *entry = &compiler->inputs.at[i];
        const size_t own = entry->input->drawn_as == NULL ? entry->input->instance_count * entry->periods : 0;
        for (size_t k = 0; k < own; k++) {
            if (!is_tied(work, entry->first_draw + k))
                continue;
            insert(work, entry->first_draw + k, &entry->input->instances[k / entry->periods]);
        }
    }
}

static size_t position_of(const struct correlating *work, size_t draw)
{
    size_t low = 0, high = work->draws.count;
    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        if (work->draws.at[middle] <= draw)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void fill(const struct correlating *work, double *matrix)
{
    size_t n = work->draws.count;
    for (size_t i = 0; i < n; i++)
        matrix[i * n + i] = 1.0;
    for (size_t i = 0; i < work->pairs.count; i++) {
        size_t a = position_of(work, work->pairs.at[i].draw), b = position_of(work, work->pairs.at[i].other);
        if (a != b)
            matrix[a * n + b] = matrix[b * n + a] = work->pairs.at[i].value;
    }
}

// Cholesky-Banachiewicz, in place; the row at which it fails, or n. A correlation of 1 or -1 leaves a zero on the diagonal: that
// draw adds nothing of its own, and nothing later may need it.
static size_t factorise(double *matrix, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            if (j > i) {
                matrix[i * n + j] = 0.0;
                continue;
            }
            double sum = matrix[i * n + j];
            for (size_t k = 0; k < j; k++)
                sum -= matrix[i * n + k] * matrix[j * n + k];
            bool spent = i != j && matrix[j * n + j] == 0.0;
            if ((i == j && !(sum > -CHOLESKY_SLACK)) || (spent && fabs(sum) > CHOLESKY_SLACK))
                return i;
            if (i == j)
                matrix[i * n + j] = sum > CHOLESKY_SLACK ? sqrt(sum) : 0.0;
            else
                matrix[i * n + j] = spent ? 0.0 : sum / matrix[j * n + j];
        }
    return n;
}

static void report(struct correlating *work, size_t row)
{
    struct diags *diags = work->compiler->diags;
    const struct input_instance *at = work->owners.at[row], *last = at;
    struct diag *diag = diag_add(diags, DIAG_CORRELATIONS, at->span, "%.*s cannot be correlated like this with everything it is tied to", TEXT_ARGS(at->name));
    for (size_t i = 0; i < work->pairs.count; i++) {
        size_t a = position_of(work, work->pairs.at[i].draw), b = position_of(work, work->pairs.at[i].other);
        const struct input_instance *other = work->owners.at[a == row ? b : a];
        if ((a != row && b != row) || other == last)
            continue;
        diag_label(diags, diag, other->span, "tied to %.*s", TEXT_ARGS(other->name));
        last = other;
    }
    diag_help(diags, diag, "bring the correlation closer to 0: what independent things follow closely cannot be one and the same");
}

void correlate_draws(struct compiler *compiler, struct model *model)
{
    struct correlating work = {.compiler = compiler};
    gather(&work);
    size_t n = work.draws.count;
    if (n == 0)
        return;
    if (n > CORRELATED_MAX) {
        report_limit(compiler, work.owners.at[0]->span, "correlated draws", CORRELATED_MAX);
        return;
    }
    double *matrix = arena_array(compiler->arena, n * n, sizeof *matrix);
    fill(&work, matrix);
    size_t row = factorise(matrix, n);
    if (row < n) {
        report(&work, row);
        return;
    }
    size_t *draws = arena_array(compiler->arena, n, sizeof *draws);
    for (size_t i = 0; i < n; i++)
        draws[i] = work.draws.at[i];
    model->correlated_count = n;
    model->correlated = draws;
    model->cholesky = matrix;
}
