#include "engine/cone.h"

#include <string.h>

#include "base/arena.h"

enum { ARGUMENTS = 3 };

enum part { PART_OUTSIDE, PART_READ, PART_INSIDE }; // of a cone: read by it, or in it

struct cutting {
    const struct model *model;
    const value_id *roots;
    size_t root_count;
    size_t value_count;        // one past the greatest root
    bool *needed;              // by value: some root needs it
    unsigned char *parts;      // by value, of one cone
    uint32_t *kept;            // by value: its position among the kept values plus one
    value_id *kept_values;
    size_t kept_count;
    struct instruction *code;  // of one cone
    value_id *renumbered;      // by value
};

static size_t arguments_of(const struct instruction *code, value_id *arguments)
{
    const value_id all[ARGUMENTS] = {code->a, code->b, code->c};
    size_t count = 0;
    if (code->op == CODE_CONST || code->op == CODE_COLUMN)
        return 0;
    for (size_t i = 0; i < ARGUMENTS; i++)
        if (all[i] != NO_VALUE)
            arguments[count++] = all[i];
    return count;
}

static void find_needed(struct cutting *cutting)
{
    for (size_t r = 0; r < cutting->root_count; r++)
        cutting->needed[cutting->roots[r]] = true;
    for (size_t v = cutting->value_count; v-- > 0;) {
        value_id arguments[ARGUMENTS];
        const size_t count = cutting->needed[v] ? arguments_of(&cutting->model->code[v], arguments) : 0;
        for (size_t i = 0; i < count; i++)
            cutting->needed[arguments[i]] = true;
    }
}

// What depends on the columns, and what that reads. Columns and constants are read where they are, other values are kept.
static bool find_cone(struct cutting *cutting, const bool *columns)
{
    bool any = false;
    memset(cutting->parts, PART_OUTSIDE, cutting->value_count);
    for (size_t v = 0; v < cutting->value_count; v++) {
        if (!cutting->needed[v])
            continue;
        const struct instruction *code = &cutting->model->code[v];
        value_id arguments[ARGUMENTS];
        const size_t count = arguments_of(code, arguments);
        bool inside = code->op == CODE_COLUMN && columns[code->a];
        for (size_t i = 0; i < count; i++)
            inside = inside || cutting->parts[arguments[i]] == PART_INSIDE;
        if (!inside)
            continue;
        any = true;
        cutting->parts[v] = PART_INSIDE;
        for (size_t i = 0; i < count; i++)
            if (cutting->parts[arguments[i]] == PART_OUTSIDE)
                cutting->parts[arguments[i]] = PART_READ;
    }
    return any;
}

static bool is_kept(const struct cutting *cutting, size_t v)
{
    const uint32_t op = cutting->model->code[v].op;
    return cutting->parts[v] == PART_READ && op != CODE_CONST && op != CODE_COLUMN;
}

static void keep(struct cutting *cutting)
{
    for (size_t v = 0; v < cutting->value_count; v++) {
        if (!is_kept(cutting, v) || cutting->kept[v] > 0)
            continue;
        cutting->kept_values[cutting->kept_count++] = (value_id)v;
        cutting->kept[v] = (uint32_t)cutting->kept_count;
    }
}

static value_id moved(const struct cutting *cutting, value_id value)
{
    return value == NO_VALUE ? NO_VALUE : cutting->renumbered[value];
}

static size_t write_code(struct cutting *cutting)
{
    size_t count = 0;
    for (size_t v = 0; v < cutting->value_count; v++) {
        if (cutting->parts[v] == PART_OUTSIDE)
            continue;
        struct instruction code = cutting->model->code[v];
        if (is_kept(cutting, v))
            code = (struct instruction){.op = CODE_COLUMN, .a = (value_id)(cutting->model->column_count + cutting->kept[v] - 1), .b = NO_VALUE, .c = NO_VALUE};
        else if (code.op != CODE_CONST && code.op != CODE_COLUMN)
            code = (struct instruction){code.op, moved(cutting, code.a), moved(cutting, code.b), moved(cutting, code.c), code.constant};
        cutting->code[count] = code;
        cutting->renumbered[v] = (value_id)count++;
    }
    return count;
}

static struct cone cut(struct arena *arena, struct cutting *cutting)
{
    size_t *which = arena_array(arena, cutting->root_count, sizeof *which);
    value_id *roots = arena_array(arena, cutting->root_count, sizeof *roots);
    struct model part = {.code = cutting->code, .count = write_code(cutting), .column_count = cutting->model->column_count + cutting->kept_count};
    struct cone cone = {.roots = which};
    for (size_t r = 0; r < cutting->root_count; r++) {
        if (cutting->parts[cutting->roots[r]] != PART_INSIDE)
            continue;
        which[cone.root_count] = r;
        roots[cone.root_count++] = cutting->renumbered[cutting->roots[r]];
    }
    cone.tape = tape_make(arena, &part, roots, cone.root_count);
    return cone;
}

static struct cutting cutting_new(struct arena *arena, const struct model *model, const value_id *roots, size_t root_count)
{
    struct cutting cutting = {.model = model, .roots = roots, .root_count = root_count};
    for (size_t r = 0; r < root_count; r++)
        cutting.value_count = roots[r] >= cutting.value_count ? (size_t)roots[r] + 1 : cutting.value_count;
    const size_t count = cutting.value_count;
    cutting.needed = arena_array(arena, count, sizeof *cutting.needed);
    cutting.parts = arena_array(arena, count, sizeof *cutting.parts);
    cutting.kept = arena_array(arena, count, sizeof *cutting.kept);
    cutting.kept_values = arena_array(arena, count, sizeof *cutting.kept_values);
    cutting.code = arena_array(arena, count, sizeof *cutting.code);
    cutting.renumbered = arena_array(arena, count, sizeof *cutting.renumbered);
    return cutting;
}

struct cone_set cones_make(struct arena *arena, const struct model *model, const value_id *roots, size_t root_count, const bool *const *columns,
                           size_t cone_count)
{
    struct cutting cutting = cutting_new(arena, model, roots, root_count);
    find_needed(&cutting);
    for (size_t i = 0; i < cone_count; i++)
        if (find_cone(&cutting, columns[i]))
            keep(&cutting);
    struct cone *cones = arena_array(arena, cone_count, sizeof *cones);
    struct cone_set set = {.root_count = root_count, .kept_count = cutting.kept_count, .cone_count = cone_count, .cones = cones};
    for (size_t i = 0; i < cone_count; i++) {
        if (!find_cone(&cutting, columns[i]))
            continue;
        cones[i] = cut(arena, &cutting);
        if (tape_workspace(cones[i].tape) > set.workspace)
            set.workspace = tape_workspace(cones[i].tape);
    }
    value_id *all = arena_array(arena, root_count + cutting.kept_count, sizeof *all);
    memcpy(all, roots, root_count * sizeof *all);
    if (cutting.kept_count > 0)
        memcpy(all + root_count, cutting.kept_values, cutting.kept_count * sizeof *all);
    set.whole = tape_make(arena, model, all, root_count + cutting.kept_count);
    return set;
}
