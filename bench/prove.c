// Proofs on the reference model: prove FILE [ROUNDS]
//
// The claim is "the yield abroad below X implies a gap above Y" at the last quarter: X is the median yield, Y is what is left of
// the smallest gap that a search finds in that part of the inputs' ranges (its slack is the rest). The inputs that matter most are
// given a share of their ranges, the others stand at their medians. Each case is timed with one thread (processor time) and with
// two (both), the least of the rounds; beside it natural intervals by the same kernels, eight boxes at a time, and the peer: one
// box at a time by a plain interpreter (bench/plain.h), halved along its widest axis.
#include <setjmp.h>

#include "base/buffer.h"
#include "bench/measure.h"
#include "bench/plain.h"
#include "bench/reference.h"
#include "judge/prove.h"

struct bench_input {
    const char *name;
    double low, median, high;
};
// The most important first.
static const struct bench_input ranges[MODEL_INPUTS] = {
    {"leak", 0.005, 0.0525, 0.10}, {"cd0", 0.30, 0.55, 0.90}, {"ghbm", 0.04, 0.08, 0.12}, {"pwr", 0.9, 1.2, 1.6},
    {"life", 12, 20, 28},          {"cgw", 0.02, 0.07, 0.12}, {"hby", 0.55, 0.70, 0.85},  {"gperf", 0.05, 0.08, 0.11},
    {"kd", 0.10, 0.25, 0.40},      {"d0", 0.06, 0.10, 0.16},  {"gw", 0.03, 0.06, 0.09},   {"elas", 0.15, 0.30, 0.45},
};

struct bench_case {
    size_t quarters, inputs;
    double width, slack;
    const char *wanted;
};
static const struct bench_case cases[] = {
    {8, 2, 1, 0.1, ""},        {8, 4, 1, 0.1, "5 ms"},      {8, 6, 1, 0.1, ""},         {8, 8, 1, 0.1, "300 ms on two threads"},
    {8, 12, 0.25, 0.1, "100 ms"}, {24, 12, 0.1, 0.1, "300 ms"}, {24, 4, 1, 0.1, ""}, {8, 12, 1, 0.5, "3000 ms"},
};

struct bench {
    struct arena arena, scratch;
    struct text model_text;
    const struct model *model;
    double yield, gap;
};

// ---- the claim ----------------------------------------------------------------------------------------------------------------

static const struct bench_input *input_of_line(const char *line, const char *end)
{
    for (size_t i = 0; i < MODEL_INPUTS; i++) {
        const size_t length = strlen(ranges[i].name);
        if ((size_t)(end - line) > 7 + length && strncmp(line, "input ", 6) == 0 && strncmp(line + 6, ranges[i].name, length) == 0 && line[6 + length] == ' ')
            return &ranges[i];
    }
    return NULL;
}

static void write_input(struct buffer *out, const struct bench_input *input, const struct bench_case *it)
{
    const size_t rank = (size_t)(input - ranges);
    if (rank >= it->inputs)
        buffer_printf(out, "input %s : 1 = %.17g\n", input->name, input->median);
    else
        buffer_printf(out, "input %s : 1 = uniform(%.17g, %.17g)\n", input->name, input->median + (input->low - input->median) * it->width,
                      input->median + (input->high - input->median) * it->width);
}

// The model without its claims, with these ranges and thresholds.
static struct text text_for(struct bench *bench, const struct bench_case *it, double yield, double gap)
{
    struct buffer out = buffer_on(&bench->arena);
    const char *at = bench->model_text.at, *end = at + bench->model_text.length;
    const unsigned year = 2021 + (unsigned)it->quarters / 4;
    while (at < end) {
        const char *next = memchr(at, '\n', (size_t)(end - at));
        next = next ? next + 1 : end;
        const struct bench_input *input = input_of_line(at, next);
        if (input)
            write_input(&out, input, it);
        else if (strncmp(at, "claim ", 6) != 0)
            buffer_add(&out, (struct text){at, (size_t)(next - at)});
        at = next;
    }
    buffer_printf(&out, "claim far : y[elm] at %uQ4 < %.17g implies gap at %uQ4 > %.17g\n", year, yield, year, gap);
    return buffer_text(&out);
}

static void work_on(struct work *work, struct bench *bench, struct judge_options *options, size_t threads)
{
    *options = (struct judge_options){.seed = SEED};
    *work = (struct work){.arena = &bench->arena, .scratch = &bench->scratch, .model = bench->model, .options = options};
    work->run = (struct run_options){.threads = threads};
}

// Least gap among points where the yield is below X: half of them corners, then single coordinates of the best are moved.
struct search {
    struct bench *bench;
    const struct bench_case *it;
    const struct tape *tape;
    double *points[MODEL_INPUTS], *yields, *gaps;
    uint64_t state;
};
enum { SEARCH_POINTS = 4096, SEARCH_ROUNDS = 12 };

static double uniform(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (double)(*state >> 11) * 0x1p-53;
}

static void evaluate_points(struct search *search)
{
    const double *columns[64] = {0};
    struct work work;
    struct judge_options options;
    double *const results[] = {search->yields, search->gaps};
    work_on(&work, search->bench, &options, 1);
    for (size_t c = 0, i = 0; c < search->bench->model->column_count; c++)
        for (i = 0; i < MODEL_INPUTS; i++)
            if (text_is(search->bench->model->columns[c].name, ranges[i].name))
                columns[c] = search->points[i];
    work_points(&work, search->tape, NULL, columns, SEARCH_POINTS, results);
}

static double coordinate(struct search *search, size_t input, double share)
{
    const struct bench_input *it = &ranges[input];
    const double low = it->median + (it->low - it->median) * search->it->width, high = it->median + (it->high - it->median) * search->it->width;
    return input < search->it->inputs ? low + (high - low) * share : it->median;
}

static double least_gap(struct search *search, double yield)
{
    double best[MODEL_INPUTS], least = INFINITY;
    for (int round = 0; round < SEARCH_ROUNDS; round++) {
        for (size_t k = 0; k < SEARCH_POINTS; k++)
            for (size_t i = 0; i < MODEL_INPUTS; i++) {
                const double u = uniform(&search->state), v = uniform(&search->state);
                const bool keep = round > 0 && u < 0.7;
                search->points[i][k] = keep ? best[i] : coordinate(search, i, k % 2 ? v : v < 0.5 ? 0 : 1);
            }
        evaluate_points(search);
        for (size_t k = 0; k < SEARCH_POINTS; k++)
            if (search->yields[k] < yield && search->gaps[k] < least) {
                least = search->gaps[k];
                for (size_t i = 0; i < MODEL_INPUTS; i++)
                    best[i] = search->points[i][k];
            }
    }
    return least;
}

static void find_thresholds(struct bench *bench, const struct bench_case *it)
{
    bench->model = text_compiled(&bench->arena, text_for(bench, it, 0.1, 1));
    const struct question *question = &bench->model->questions[0];
    value_id roots[2];
    for (size_t i = 0; i < question->comparison_count; i++)
        roots[question->comparisons[i].in_premise ? 0 : 1] = question->comparisons[i].at[0].left;
    struct search search = {.bench = bench, .it = it, .tape = tape_make(&bench->arena, bench->model, roots, 2), .state = 88172645463325252u};
    for (size_t i = 0; i < MODEL_INPUTS; i++) {
        search.points[i] = arena_array(&bench->arena, SEARCH_POINTS, sizeof(double));
        for (size_t k = 0; k < SEARCH_POINTS; k++)
            search.points[i][k] = ranges[i].median;
    }
    search.yields = arena_array(&bench->arena, SEARCH_POINTS, sizeof(double));
    search.gaps = arena_array(&bench->arena, SEARCH_POINTS, sizeof(double));
    evaluate_points(&search);
    bench->yield = search.yields[0];
    bench->gap = least_gap(&search, bench->yield) * (1 - it->slack);
}

// ---- measuring ------------------------------------------------------------------------------------------------------------------

struct timing {
    bool proved;
    uint64_t boxes;
    double wall, processor; // seconds
};

static struct timing prove(struct bench *bench, size_t threads, const struct proof_effort *effort, int rounds)
{
    struct timing best = {.wall = INFINITY, .processor = INFINITY};
    for (int round = 0; round < rounds; round++) {
        const struct arena_mark mark = arena_mark(&bench->arena);
        struct work work;
        struct judge_options options;
        work_on(&work, bench, &options, threads);
        const double start = seconds(CLOCK_MONOTONIC), worked = seconds(CLOCK_PROCESS_CPUTIME_ID);
        const struct proof *proof = prove_question(&work, &bench->model->questions[0], NULL, PROOF_HOLDS, effort);
        best.wall = lesser(best.wall, seconds(CLOCK_MONOTONIC) - start);
        best.processor = lesser(best.processor, seconds(CLOCK_PROCESS_CPUTIME_ID) - worked);
        best.proved = proof != NULL;
        best.boxes = proof ? proof->boxes : 0;
        arena_release(&bench->arena, mark);
        if (best.processor > 5)
            break;
    }
    return best;
}

// ---- the peer -------------------------------------------------------------------------------------------------------------------

enum { PEER_BOXES = 100000, PEER_PILE = 4096 };

struct peer {
    const struct model *model;
    const struct question *question;
    bool *needed;
    struct range *values, *whole, *pile;
    size_t columns, piled;
};

static struct peer peer_new(struct bench *bench)
{
    struct arena *arena = &bench->arena;
    const struct model *model = bench->model;
    struct peer peer = {.model = model, .question = &model->questions[0], .columns = model->column_count};
    const value_id roots[] = {peer.question->premise, peer.question->conclusion};
    peer.needed = plain_needed(model, roots, 2);
    peer.values = arena_array(arena, model->count, sizeof *peer.values);
    peer.whole = arena_array(arena, peer.columns, sizeof *peer.whole);
    peer.pile = arena_array(arena, PEER_PILE * peer.columns, sizeof *peer.pile);
    for (size_t c = 0; c < peer.columns; c++)
        if (model->columns[c].kind == COLUMN_INPUT)
            peer.whole[c] = (struct range){column_quantile(&model->columns[c], 0), column_quantile(&model->columns[c], 1)};
    memcpy(peer.pile, peer.whole, peer.columns * sizeof *peer.pile);
    peer.piled = 1;
    return peer;
}

static bool peer_decides(struct peer *peer, const struct range *box)
{
    plain_run(peer->model, peer->needed, box, peer->values);
    return peer->values[peer->question->premise].high == 0 || peer->values[peer->question->conclusion].low == 1;
}

// The upper half takes the box's place, the lower one lies on top.
static void peer_halve(struct peer *peer, struct range *box)
{
    size_t widest = 0;
    double most = 0;
    for (size_t c = 0; c < peer->columns; c++) {
        const double share = (box[c].high - box[c].low) / (peer->whole[c].high - peer->whole[c].low);
        if (share > most) {
            most = share;
            widest = c;
        }
    }
    memcpy(box + peer->columns, box, peer->columns * sizeof *box);
    const double middle = (box[widest].low + box[widest].high) / 2;
    box[widest].low = box[peer->columns + widest].high = middle;
    peer->piled += 2;
}

static struct timing prove_one_at_a_time(struct bench *bench)
{
    struct peer peer = peer_new(bench);
    struct timing timing = {0};
    const double start = seconds(CLOCK_THREAD_CPUTIME_ID);
    while (peer.piled > 0 && peer.piled < PEER_PILE - 1 && timing.boxes < PEER_BOXES) {
        struct range *box = peer.pile + --peer.piled * peer.columns;
        timing.boxes++;
        if (!peer_decides(&peer, box))
            peer_halve(&peer, box);
    }
    timing.processor = timing.wall = seconds(CLOCK_THREAD_CPUTIME_ID) - start;
    timing.proved = peer.piled == 0;
    free(peer.needed);
    return timing;
}

static void print_case(const struct bench_case *it, const struct timing *one, const struct timing *two, const struct timing *natural,
                       const struct timing *peer)
{
    printf("%2zu quarters, %2zu inputs, width %.2f, slack %.0f %%: %s %llu boxes, %.2f ms on one thread, %.2f ms on two (%.2f ms wall); wanted %s\n",
           it->quarters, it->inputs, it->width, it->slack * 100, one->proved ? "proved" : "open", (unsigned long long)one->boxes,
           one->processor * 1e3, two->processor * 1e3, two->wall * 1e3, it->wanted[0] ? it->wanted : "nothing");
    printf("    natural, eight at a time: %s %.2f ms; one at a time: %s %llu boxes %.2f ms, ratio %s%.1f\n", natural->proved ? "proved" : "open",
           natural->processor * 1e3, peer->proved ? "proved" : "open", (unsigned long long)peer->boxes, peer->processor * 1e3,
           peer->proved ? "" : "above ", peer->processor / one->processor);
    fflush(stdout);
}

static void run_case(struct bench *bench, const struct bench_case *it, int rounds)
{
    const struct proof_effort effort = {.boxes = 400000}, plain = {.boxes = 100000, .plain = true};
    find_thresholds(bench, it);
    bench->model = text_compiled(&bench->arena, text_for(bench, it, bench->yield, bench->gap));
    const struct timing one = prove(bench, 1, &effort, rounds), two = prove(bench, 2, &effort, rounds), natural = prove(bench, 1, &plain, 1);
    const struct timing peer = prove_one_at_a_time(bench);
    print_case(it, &one, &two, &natural, &peer);
}

int main(int count, char **arguments)
{
    static jmp_buf no_memory;
    static struct bench bench;
    if (count < 2 || setjmp(no_memory))
        return 1;
    arena_init(&bench.arena, &system_allocator, &no_memory);
    arena_init(&bench.scratch, &system_allocator, &no_memory);
    bench.model_text = reference_read(&bench.arena, arguments[1]);
    const int rounds = count > 2 ? atoi(arguments[2]) : 5;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (count <= 3 || (size_t)atoi(arguments[3]) == i)
            run_case(&bench, &cases[i], rounds);
    return 0;
}
