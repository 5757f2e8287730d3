#include "judge/grounded.h"

#include "base/arena.h"

struct labelling {
    const struct attack *attacks;
    size_t *first;  // by argument: where its attacks on others begin in `order`; one more at the end
    size_t *order;  // positions of attacks, by attacker
    size_t *open;   // by argument: attackers that are not out
    enum label *labels;
    size_t *queue, queued;
};

static void sort_by_attacker(struct labelling *work, size_t arguments, size_t attack_count)
{
    for (size_t i = 0; i < attack_count; i++)
        work->first[work->attacks[i].from]++;
    for (size_t a = 1; a < arguments; a++)
        work->first[a] += work->first[a - 1];
    // Each part is filled from its end, which thereby becomes its beginning.
    for (size_t i = attack_count; i-- > 0;)
        work->order[--work->first[work->attacks[i].from]] = i;
    work->first[arguments] = attack_count;
}

static void take_in(struct labelling *work, size_t argument)
{
    work->labels[argument] = LABEL_IN;
    work->queue[work->queued++] = argument;
}

static void put_out(struct labelling *work, size_t argument)
{
    if (work->labels[argument] != LABEL_UNDECIDED)
        return;
    work->labels[argument] = LABEL_OUT;
    for (size_t i = work->first[argument]; i < work->first[argument + 1]; i++) {
        const size_t target = work->attacks[work->order[i]].to;
        if (--work->open[target] == 0 && work->labels[target] == LABEL_UNDECIDED)
            take_in(work, target);
    }
}

enum label *grounded_labels(struct arena *arena, size_t arguments, const struct attack *attacks, size_t attack_count)
{
    struct labelling work = {.attacks = attacks, .labels = arena_array(arena, arguments, sizeof *work.labels)};
    work.first = arena_array(arena, arguments + 1, sizeof *work.first);
    work.order = arena_array(arena, attack_count, sizeof *work.order);
    work.open = arena_array(arena, arguments, sizeof *work.open);
    work.queue = arena_array(arena, arguments, sizeof *work.queue);
    sort_by_attacker(&work, arguments, attack_count);
    for (size_t i = 0; i < attack_count; i++)
        work.open[attacks[i].to]++;
    for (size_t a = 0; a < arguments; a++)
        if (work.open[a] == 0)
            take_in(&work, a);
    for (size_t next = 0; next < work.queued; next++) {
        const size_t argument = work.queue[next];
        for (size_t i = work.first[argument]; i < work.first[argument + 1]; i++)
            put_out(&work, attacks[work.order[i]].to);
    }
    return work.labels;
}
