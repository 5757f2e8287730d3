// The scenario that writes settings down, as a tree that the formatter prints.
#include <string.h>

#include "base/buffer.h"
#include "dsl/print.h"
#include "judge/places.h"
#include "judge/setting.h"

static const struct span nowhere = {0, 0};

// Printed as it is.
static struct expr *written(struct arena *arena, struct text text)
{
    struct expr *expr = ast_expr(arena, EXPR_REF, nowhere);
    expr->name.text = text;
    return expr;
}

static struct expr *path_written(struct arena *arena, const struct setting *setting)
{
    struct expr *call = ast_expr(arena, EXPR_CALL, nowhere);
    call->name.text = TEXT("interpolate");
    for (size_t i = 0; i < setting->point_count; i++)
        ast_push_arg(arena, call, (struct arg){.label = written(arena, setting->dates[i]), .value = written(arena, setting->points[i])});
    if (setting->hold)
        ast_push(arena, call, written(arena, TEXT("hold")));
    return call;
}

static struct item *set_of(struct arena *arena, const struct places *places, const struct setting *setting)
{
    struct item *item = ast_item(arena, ITEM_SET, nowhere);
    item->target = written(arena, places->inputs[setting->input].mover.variable->name);
    item->value = setting->point_count > 0 ? path_written(arena, setting) : written(arena, setting->text);
    return item;
}

// Whether the set is the one that draws an input that is put somewhere now: then it goes.
static bool replaced(const struct places *places, const struct item *item, const struct setting *settings, size_t count)
{
    const struct scenario *scenario = places->inquiry->verdict.scenario;
    for (size_t i = 0; item->kind == ITEM_SET && i < scenario->override_count; i++) {
        const struct override *override = &scenario->overrides[i];
        const struct node *value = override->value;
        if (override->span.start != item->target->span.start || value->kind != NODE_INPUT || !value->input->hidden || value->input->param_count > 0)
            continue;
        for (size_t k = 0; k < count; k++)
            if (places->inputs[settings[k].input].mover.variable->input == value->input)
                return true;
    }
    return false;
}

// What the verdict's own scenario says. The names of its assumptions stay with it.
static struct item **copy_items(struct arena *arena, const struct places *places, const struct setting *settings, size_t count, struct item **last)
{
    const struct scenario *scenario = places->inquiry->verdict.scenario;
    if (!scenario || scenario->position == 0 || !scenario->item)
        return last;
    for (const struct item *item = scenario->item->items; item; item = item->next) {
        if ((item->kind != ITEM_SET && item->kind != ITEM_ASSUME) || replaced(places, item, settings, count))
            continue;
        struct item *copy = arena_alloc(arena, sizeof *copy);
        *copy = *item;
        copy->name = (struct name){0};
        copy->span = nowhere;
        copy->next = NULL;
        *last = copy;
        last = &copy->next;
    }
    return last;
}

// "counter_behind_own": a word.
static struct text scenario_name(struct arena *arena, const struct verdict *verdict)
{
    struct buffer name = buffer_on(arena);
    buffer_printf(&name, "counter_%.*s", TEXT_ARGS(verdict->name));
    if (verdict->scenario && verdict->scenario->position > 0)
        buffer_printf(&name, "_%.*s", TEXT_ARGS(verdict->scenario->name));
    size_t length = 0;
    for (size_t i = 0; i < name.length; i++)
        if (name.at[i] != ']')
            name.at[length++] = name.at[i] == '[' || name.at[i] == '.' ? '_' : name.at[i];
    return (struct text){name.at, length};
}

const char *setting_scenario(const struct places *places, const struct setting *settings, size_t count)
{
    struct arena *arena = places->work->arena;
    struct item *scenario = ast_item(arena, ITEM_SCENARIO, nowhere);
    scenario->name.text = scenario_name(arena, &places->inquiry->verdict);
    struct item **last = copy_items(arena, places, settings, count, &scenario->items);
    for (size_t i = 0; i < count; i++) {
        *last = set_of(arena, places, &settings[i]);
        last = &(*last)->next;
    }
    struct tree tree = {.items = scenario, .item_count = 1};
    struct buffer out = buffer_on(arena);
    print_tree(&out, &tree);
    return out.at;
}
