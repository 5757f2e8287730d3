// What a forecast leaves unsaid is never a mistake: of each shipped example one statement after the other is moved into another
// forecast, and what is left checks and compiles without an error.
#include <criterion/criterion.h>
#include <math.h>

#include "dsl/check.h"
#include "dsl/program.h"
#include "engine/compile.h"
#include "engine/model.h"
#include "tests/support/parsed.h"

TestSuite(absent, .init = parsed_begin, .fini = parsed_end, .timeout = 60);

static const char *const names[] = {"here", "there", NULL};

static struct tree *tree_like(const struct tree *from)
{
    struct tree *tree = arena_alloc(parsed_arena(), sizeof *tree);
    *tree = *from;
    tree->items = NULL;
    tree->item_count = 0;
    return tree;
}

static const struct tree *tree_named(void *context, struct text name)
{
    struct tree *const *trees = context;
    return trees[text_is(name, "there")];
}

// The items of a tree, one into `alone`, the others into `rest`.
static void part(const struct tree *whole, size_t position, struct tree *alone, struct tree *rest)
{
    struct item **ends[2] = {&rest->items, &alone->items};
    size_t i = 0;
    for (const struct item *item = whole->items; item != NULL; item = item->next, i++) {
        struct item *copy = arena_alloc(parsed_arena(), sizeof *copy);
        *copy = *item;
        copy->next = NULL;
        struct item ***end = &ends[i == position];
        **end = copy;
        *end = &copy->next;
    }
}

static bool declares(const struct item *item)
{
    return item->name.text.length > 0 && item->kind != ITEM_USE && item->kind != ITEM_DEFAULT && item->kind != ITEM_TIMELINE;
}

static const struct program *check_parts(struct tree *rest, struct tree *trees[2], struct diags *diags)
{
    struct forest_file *files = arena_array(parsed_arena(), 2, sizeof *files);
    struct forest_use *use = arena_alloc(parsed_arena(), sizeof *use);
    files[0] = (struct forest_file){.tree = rest, .is_root = true};
    files[1] = (struct forest_file){.tree = trees[0], .is_forecast = true, .forecast = TEXT("here")};
    *use = (struct forest_use){.from = 0, .to = 1};
    struct forest *forest = arena_alloc(parsed_arena(), sizeof *forest);
    *forest = (struct forest){files, 2, use, 1};
    const struct shipped_forecasts forecasts = {names, trees, tree_named};
    const struct check_options options = {.vintage = NAN, .forecasts = &forecasts, .forecast = TEXT("here"), .other_forecast = true};
    return check_forest(parsed_arena(), forest, &options, diags);
}

static bool is_whole(struct tree *tree)
{
    for (const struct item *item = tree->items; item != NULL; item = item->next)
        if (item->kind == ITEM_USE)
            return false;
    struct forest_file file = {.tree = tree, .is_root = true};
    const struct forest forest = {.files = &file, .file_count = 1};
    const struct check_options options = {.vintage = NAN};
    struct diags *diags = diags_new(parsed_arena(), sources_new(parsed_arena()));
    check_forest(parsed_arena(), &forest, &options, diags);
    return diags->error_count == 0;
}

// The number of statements that were moved.
static size_t move_each(const char *path)
{
    const struct parsed parsed = parsed_text(path, parsed_file(path));
    size_t moved = 0, position = 0;
    struct tree *whole = tree_like(parsed.tree);
    whole->items = parsed.tree->items;
    if (parsed.diags->error_count > 0 || !is_whole(whole))
        return 0;
    for (const struct item *item = parsed.tree->items; item != NULL; item = item->next, position++) {
        if (!declares(item))
            continue;
        struct tree *trees[2] = {tree_like(parsed.tree), tree_like(parsed.tree)}, *rest = tree_like(parsed.tree);
        part(parsed.tree, position, trees[1], rest);
        struct diags *diags = diags_new(parsed_arena(), parsed.diags->sources);
        const struct program *program = check_parts(rest, trees, diags);
        cr_expect(diags->error_count == 0, "%s without `%.*s`:\n%s", path, TEXT_ARGS(item->name.text), printed_diags(diags));
        if (diags->error_count == 0)
            cr_expect_not_null(compile_program(parsed_arena(), program, diags), "%s without `%.*s`", path, TEXT_ARGS(item->name.text));
        moved++;
    }
    return moved;
}

static void move_in(const char *folder)
{
    struct paths paths = paths_in(folder, ".crux");
    size_t moved = 0;
    for (size_t i = 0; i < paths.count; i++)
        moved += move_each(paths.at[i]);
    cr_expect(moved > 10, "%s: only %zu statements were moved", folder, moved);
}

Test(absent, nothing_is_a_mistake_in_examples)
{
    move_in("claims/examples");
}

Test(absent, nothing_is_a_mistake_in_checked_cases)
{
    move_in("tests/cases/check");
}

Test(absent, nothing_is_a_mistake_in_readings)
{
    move_in("tests/cases/reading");
}

Test(absent, nothing_is_a_mistake_in_remarks)
{
    move_in("tests/cases/remark");
}
