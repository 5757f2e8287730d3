// Claims that are compiled though nobody asked for them: a run of some claims still says whether they stand, and for that it needs
// what they support or attack, what supports or attacks them, and what attacks those attackers.
#include "base/map.h"
#include "engine/compiler.h"

struct relatives {
    const struct program *program;
    bool *asked, *wanted; // by claim
    size_t *targets;      // by relation, those of all claims in their order: the claim, or SIZE_MAX
};

// Names are unique, also where a run keeps a copy of a claim that it was not asked for.
static struct map positions_of(struct compiler *compiler)
{
    const struct program *program = compiler->program;
    struct map positions = map_on(compiler->scratch);
    for (size_t i = 0; i < program->claim_count; i++)
        map_put(&positions, program->claims[i]->name, (void *)(uintptr_t)&program->claims[i]);
    return positions;
}

static size_t position_of(const struct program *program, const struct map *positions, const struct claim *claim)
{
    const struct claim *const *found = claim ? map_get(positions, claim->name) : NULL;
    return found ? (size_t)(found - program->claims) : SIZE_MAX;
}

static struct relatives find_targets(struct compiler *compiler)
{
    const struct program *program = compiler->program;
    struct relatives relatives = {.program = program};
    struct map positions = positions_of(compiler);
    size_t count = 0, next = 0;
    for (size_t i = 0; i < program->claim_count; i++)
        count += program->claims[i]->relation_count;
    relatives.asked = arena_array(compiler->scratch, program->claim_count, sizeof *relatives.asked);
    relatives.wanted = arena_array(compiler->scratch, program->claim_count, sizeof *relatives.wanted);
    relatives.targets = arena_array(compiler->scratch, count, sizeof *relatives.targets);
    for (size_t i = 0; i < program->claim_count; i++) {
        relatives.asked[i] = program->claims[i]->is_root;
        for (size_t r = 0; r < program->claims[i]->relation_count; r++)
            relatives.targets[next++] = position_of(program, &positions, program->claims[i]->relations[r].target);
    }
    return relatives;
}

static void want_neighbours(struct relatives *relatives)
{
    size_t next = 0;
    for (size_t i = 0; i < relatives->program->claim_count; i++)
        for (size_t r = 0; r < relatives->program->claims[i]->relation_count; r++, next++) {
            const size_t target = relatives->targets[next];
            if (target == SIZE_MAX)
                continue;
            relatives->wanted[i] = relatives->wanted[i] || relatives->asked[target];
            relatives->wanted[target] = relatives->wanted[target] || relatives->asked[i];
        }
}

// One round: what attacks something wanted is wanted. An attack on an assumption may reach any claim.
static bool want_attackers(struct relatives *relatives)
{
    bool more = false;
    size_t next = 0;
    for (size_t i = 0; i < relatives->program->claim_count; i++)
        for (size_t r = 0; r < relatives->program->claims[i]->relation_count; r++, next++) {
            const size_t target = relatives->targets[next];
            const bool reaches = target == SIZE_MAX || relatives->asked[target] || relatives->wanted[target];
            if (relatives->wanted[i] || !reaches || relatives->program->claims[i]->relations[r].kind == RELATION_SUPPORTS)
                continue;
            more = relatives->wanted[i] = true;
        }
    return more;
}

void ask_related(struct compiler *compiler)
{
    compiler->related_from = compiler->questions.count;
    if (compiler->claim_questions == 0)
        return;
    struct relatives relatives = find_targets(compiler);
    want_neighbours(&relatives);
    while (want_attackers(&relatives))
        continue;
    for (size_t i = 0; i < compiler->program->claim_count && !compiler->failed; i++) {
        const struct claim *claim = compiler->program->claims[i];
        if (relatives.wanted[i] && !relatives.asked[i] && !claim->broken && claim->conclusion != NULL && claim->hole.kind == HOLE_NONE)
            ask_claim(compiler, claim);
    }
}
