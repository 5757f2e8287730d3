// Two sides that differ on some inputs, over the claims of a file: compare FILE ITEMS [print]
//
// Side B takes the ITEMS inputs that most claims read at the value of their p90, side A leaves them as they are. Prints the
// processor time of judging both sides alone, that of the whole comparison, and their quotient. With `print` what differs, too.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "api/run.h"
#include "api/session.h"
#include "engine/compile.h"
#include "engine/evaluate.h"
#include "judge/compare.h"

struct asked {
    size_t items;
    bool print;
};

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static size_t readers(const struct model *model, size_t variable)
{
    size_t count = 0;
    for (size_t q = 0; q < model->question_count; q++)
        for (size_t v = 0; v < model->questions[q].variable_count; v++)
            count += model->questions[q].variables[v] == variable;
    return count;
}

static bool fits(const struct model *model, const struct scenario *scenario, size_t variable)
{
    const struct variable *it = &model->variables[variable];
    bool taken = it->input->hidden || it->column_count != 1 || it->type.kind != KIND_QUANTITY;
    for (size_t i = 0; i < scenario->override_count; i++)
        taken = taken || scenario->overrides[i].input == it->input;
    return !taken;
}

static struct override set_of(struct arena *arena, const struct model *model, size_t variable)
{
    const struct variable *it = &model->variables[variable];
    int *members = arena_array(arena, it->input->param_count, sizeof *members);
    size_t rest = it->instance;
    for (size_t i = it->input->param_count; i > 0; i--) {
        members[i - 1] = (int)(rest % it->input->params[i - 1]->count);
        rest /= it->input->params[i - 1]->count;
    }
    struct node *value = arena_alloc(arena, sizeof *value);
    *value = (struct node){.kind = NODE_CONST, .type = it->type, .value = column_quantile(&model->columns[it->columns[0]], 0.9)};
    return (struct override){.input = it->input, .members = members, .value = value};
}

static struct scenario *side_b(struct arena *arena, const struct model *model, size_t items)
{
    struct scenario *scenario = arena_alloc(arena, sizeof *scenario);
    struct override *sets = arena_array(arena, items, sizeof *sets);
    *scenario = (struct scenario){.name = TEXT("b"), .overrides = sets};
    while (scenario->override_count < items) {
        size_t best = SIZE_MAX, most = 0;
        for (size_t v = 0; v < model->variable_count; v++)
            if (fits(model, scenario, v) && readers(model, v) > most) {
                best = v;
                most = readers(model, v);
            }
        if (best == SIZE_MAX)
            break;
        sets[scenario->override_count++] = set_of(arena, model, best);
    }
    return scenario;
}

static void print(const struct compared *compared)
{
    for (size_t i = 0; i < compared->claim_count; i++) {
        const struct compared_claim *it = &compared->claims[i];
        if (!it->differs)
            continue;
        printf("%.*s: %s -> %s, %.4f -> %.4f, change %.4f +- %.4f (%llu coalitions, %llu futures, %zu items)\n", TEXT_ARGS(it->name), verdict_words[it->sides[0].kind],
               verdict_words[it->sides[1].kind], it->sides[0].probability.estimate, it->sides[1].probability.estimate, it->change, it->change_error,
               (unsigned long long)it->coalitions, (unsigned long long)it->futures, it->item_count);
        for (size_t k = 0; k < it->item_count && k < 3; k++)
            printf("    %.*s %.4f +- %.4f\n", TEXT_ARGS(compared->blend->items[it->items[k].item].name), it->items[k].share, it->items[k].error);
        for (size_t s = 0; s < it->set_count; s++) {
            printf("    {");
            for (size_t k = 0; k < it->sets[s].count; k++)
                printf(" %.*s", TEXT_ARGS(compared->blend->items[it->sets[s].items[k]].name));
            printf(" }\n");
        }
    }
}

static void measure(struct crux_session *crux, void *argument)
{
    const struct asked *asked = argument;
    struct run run;
    run_open(&run, crux);
    run_compile(&run);
    const struct model *model = run.roads.count > 0 ? run.roads.at[0]->model : NULL;
    if (!model)
        exit(1);
    struct judge_options options = {.seed = 1, .no_proofs = true, .verdicts_only = true, .threads = 1};
    const struct program *program = run.roads.at[0]->program;
    double start = seconds();
    judge_model(&crux->run, &crux->scratch, model, &options);
    const double once = seconds() - start;
    start = seconds();
    const struct blend *blend = blend_scenarios(&crux->run, program, program->scenarios[0], side_b(&crux->run, model, asked->items));
    const struct model *both = compile_program(&crux->run, blend->program, crux->diags);
    if (!both)
        exit(1);
    const struct compared *compared = judge_compare(&crux->run, &crux->scratch, blend, both, NULL, &options);
    const double all = seconds() - start;
    size_t differ = 0;
    for (size_t i = 0; i < compared->claim_count; i++)
        differ += compared->claims[i].differs;
    printf("both sides %.2f s; compared %.2f s, %.1f times as long; %zu items, %zu of %zu verdicts differ\n", 2 * once, all, all / 2 / once, blend->item_count, differ,
           compared->claim_count);
    if (asked->print)
        print(compared);
}

int main(int count, char **arguments)
{
    struct crux_session *crux = crux_open(NULL);
    if (count < 3 || !crux || crux_add_file(crux, arguments[1]) != CRUX_OK)
        return 1;
    struct asked asked = {(size_t)atoi(arguments[2]), count > 3};
    session_enter(crux, measure, &asked);
    crux_close(crux);
    return 0;
}
