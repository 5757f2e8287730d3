#include "dsl/program.h"

#include "base/buffer.h"

const char *const verdict_words[VERDICT_COUNT] = {
#define VERDICT(id, word, doc) word,
#include "dsl/verdict.def"
#undef VERDICT
};

const char *const basis_words[] = {"stated", "secondary", "derived", "recalled", "guess"};

bool input_basis(const struct input *input, size_t instance, enum basis *basis)
{
    const struct series *observed = &input->instances[instance].observed;
    *basis = input->basis;
    for (size_t i = 0; !input->has_basis && i < observed->count; i++)
        if (i == 0 || observed->at[i].basis > *basis)
            *basis = observed->at[i].basis;
    return input->has_basis || observed->count > 0;
}

bool claim_is(const struct claim *a, const struct claim *b)
{
    return a == b || (a && b && a->item && a->item == b->item);
}

struct text claim_member_name(struct arena *arena, const struct claim *claim, int member)
{
    if (claim->param_count == 0 || member < 0)
        return claim->name;
    const struct text name = claim->params[0]->members[member];
    return text_of(arena_printf(arena, "%.*s[%.*s]", TEXT_ARGS(claim->name), TEXT_ARGS(name)));
}

static bool input_varies(const struct input *input)
{
    if (input->varies > 0)
        return true;
    for (size_t i = 0; i < input->instance_count; i++)
        if (input->instances[i].point_count > 1)
            return true;
    return false;
}

static bool any_varies(const struct node *node, size_t from)
{
    for (size_t i = from; i < node->count; i++)
        if (node_varies(node->args[i]))
            return true;
    return false;
}

bool node_varies(const struct node *node)
{
    switch (node->kind) {
    case NODE_CONST:
    case NODE_BINDER:
    case NODE_PARAM:
    case NODE_CLAIM:
    case NODE_WHEN:
    case NODE_HOLE:
    case NODE_MISSING:
        return false;
    case NODE_INPUT:
        return input_varies(node->input) || any_varies(node, 0);
    case NODE_DEFINITION:
        return node->definition->varies || any_varies(node, 0);
    case NODE_CALL:
        return any_varies(node, 0) || (node->function->body != NULL && node_varies(node->function->body));
    case NODE_TIME:
    case NODE_WINDOW: // what it looks at is dated; only a date may vary
        return any_varies(node, 1);
    case NODE_PREVIOUS:
    case NODE_LAG:
    case NODE_GROWTH:
    case NODE_NOW:
    case NODE_PATH:
        return true;
    case NODE_APPLY:
    case NODE_TABLE:
    case NODE_REDUCE:
    case NODE_COUNTED:
    case NODE_UNDER:
    case NODE_BINDS:
    case NODE_SLOPE:
    case NODE_AGGREGATE:
        return any_varies(node, 0);
    }
    return false;
}
