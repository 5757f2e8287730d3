// What came out for one claim, in a sentence.
#include "judge/standings.h"

enum { NAMED_MOST = 3 }; // attackers named one by one

static bool is_attack(const struct reaching *reaching, size_t party)
{
    return reaching->to == party && reaching->result.relation->kind != RELATION_SUPPORTS && reaching->result.finding != RELATION_RECORDED;
}

struct attacker_list {
    struct text *at;
    size_t count, room;
};

static void add_name(struct arena *arena, struct attacker_list *list, struct text name)
{
    for (size_t i = 0; i < list->count; i++)
        if (text_equal(list->at[i], name))
            return;
    vector_push(arena, list, name);
}

// The attackers with this label, and the figures of the first ones.
static void list_attackers(const struct standings *standings, size_t party, enum label label, struct standing *standing, struct buffer *why)
{
    struct attacker_list list = {0};
    for (size_t i = 0; i < standings->reached.count; i++) {
        const struct reaching *reaching = &standings->reached.at[i];
        if (reaching->to != party || !reaching->result.attacks || standings->labels[reaching->from] != label)
            continue;
        const size_t before = list.count;
        add_name(standings->work->arena, &list, reaching->result.from);
        if (list.count > before && list.count <= NAMED_MOST)
            buffer_printf(why, "%s%s", list.count > 1 ? "; " : "", reaching->result.why);
    }
    if (list.count > NAMED_MOST)
        buffer_printf(why, "; and %zu more", list.count - NAMED_MOST);
    standing->by = list.at;
    standing->by_count = list.count;
}

static void write_answer(const struct relation_result *result, struct buffer *why)
{
    if (result->finding == RELATION_NOT_GROUNDED)
        buffer_printf(why, "the attack of %.*s is not grounded", TEXT_ARGS(result->from));
    else
        buffer_printf(why, "%.*s, which attacks it, is %s", TEXT_ARGS(result->from), result->attacks ? "itself defeated" : "refuted");
}

// Why attacks on what stands do nothing.
static void write_answers(const struct standings *standings, size_t party, struct standing *standing, struct buffer *why)
{
    size_t told = 0, more = 0;
    for (size_t i = 0; i < standings->reached.count; i++) {
        const struct reaching *reaching = &standings->reached.at[i];
        if (!is_attack(reaching, party))
            continue;
        if (told == NAMED_MOST) {
            more++;
            continue;
        }
        buffer_add_string(why, told++ > 0 ? "; " : "");
        write_answer(&reaching->result, why);
    }
    if (more > 0)
        buffer_printf(why, "; and %zu more", more);
    standing->by_itself = told == 0;
}

static void write_standing(const struct standings *standings, size_t party, struct standing *standing, struct buffer *why)
{
    const struct party *it = &standings->parties[party];
    const enum label label = standings->labels[party];
    if (it->kind == VERDICT_REFUTED) {
        standing->kind = STANDING_DEFEATED;
        list_attackers(standings, party, LABEL_IN, standing, why);
        standing->by_itself = standing->by_count == 0;
        if (standing->by_itself)
            buffer_add_string(why, "it is refuted");
    } else if (!party_can_stand(it)) {
        standing->kind = STANDING_RECORDED;
        standing->by_itself = true;
        buffer_add_string(why, it->kind == VERDICT_RECORDED ? "it has no formula" : "its verdict is ");
        buffer_add_string(why, it->kind == VERDICT_RECORDED ? "" : verdict_words[it->kind]);
    } else if (label == LABEL_IN) {
        standing->kind = STANDING_STANDS;
        write_answers(standings, party, standing, why);
        if (standing->by_itself)
            buffer_printf(why, "it is %s, and nothing attacks it", verdict_words[it->kind]);
    } else {
        standing->kind = label == LABEL_OUT ? STANDING_DEFEATED : STANDING_CONTESTED;
        list_attackers(standings, party, label == LABEL_OUT ? LABEL_IN : LABEL_UNDECIDED, standing, why);
    }
}

static void list_received(const struct standings *standings, size_t party, struct standing *standing)
{
    struct relation_result *received;
    size_t count = 0;
    for (size_t i = 0; i < standings->reached.count; i++)
        count += standings->reached.at[i].to == party;
    received = arena_array(standings->work->arena, count, sizeof *received);
    for (size_t i = 0; i < standings->reached.count; i++)
        if (standings->reached.at[i].to == party)
            received[standing->received_count++] = standings->reached.at[i].result;
    standing->received = received;
}

struct standing *standing_of(const struct standings *standings, size_t party)
{
    struct standing *standing = arena_alloc(standings->work->arena, sizeof *standing);
    struct buffer why = buffer_on(standings->work->arena);
    *standing = (struct standing){0};
    write_standing(standings, party, standing, &why);
    list_received(standings, party, standing);
    standing->why = why.at;
    standing->relations = standings->results[party];
    standing->relation_count = standings->parties[party].claim->relation_count;
    return standing;
}
