#include "tests/support/parsed.h"

#include <criterion/criterion.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/vector.h"
#include "dsl/diag_print.h"
#include "dsl/print.h"
#include "grammar/parse.h"

static struct arena arena;

void parsed_begin(void)
{
    arena_init(&arena, &system_allocator, NULL);
}

void parsed_end(void)
{
    arena_reset(&arena);
}

struct arena *parsed_arena(void)
{
    return &arena;
}

struct parsed parsed_text(const char *path, struct text bytes)
{
    struct sources *sources = sources_new(&arena);
    struct parsed parsed = {.diags = diags_new(&arena, sources)};
    const struct source *source = sources_add(sources, text_of(path), bytes);
    parsed.tree = parse_source(&arena, sources, source, parsed.diags);
    return parsed;
}

struct parsed parsed_string(const char *string)
{
    return parsed_text("test.crux", text_of(string));
}

const struct expr *parsed_expression(const char *string, size_t *errors)
{
    struct sources *sources = sources_new(&arena);
    struct diags *diags = diags_new(&arena, sources);
    const struct source *source = sources_add(sources, TEXT("test"), text_of(string));
    const struct expr *expr = parse_expression(&arena, sources, source, diags);
    if (errors != NULL)
        *errors = diags->error_count;
    else
        cr_assert(diags->error_count == 0, "%s\n%s", string, printed_diags(diags));
    return expr;
}

struct text parsed_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    cr_assert_not_null(file, "%s cannot be read", path);
    struct buffer bytes = buffer_on(&arena);
    char block[4096];
    for (size_t n = fread(block, 1, sizeof block, file); n > 0; n = fread(block, 1, sizeof block, file))
        buffer_add(&bytes, (struct text){block, n});
    fclose(file);
    return buffer_text(&bytes);
}

static void add_matches(struct paths *paths, const char *pattern)
{
    glob_t found;
    if (glob(pattern, 0, NULL, &found) == 0)
        for (size_t i = 0; i < found.gl_pathc; i++)
            vector_push(&arena, paths, arena_printf(&arena, "%s", found.gl_pathv[i]));
    globfree(&found);
}

struct paths paths_in(const char *folder, const char *ending)
{
    struct paths paths = {0};
    add_matches(&paths, arena_printf(&arena, "%s/*%s", folder, ending));
    return paths;
}

void paths_add_claims(struct paths *paths)
{
    add_matches(paths, "claims/*.crux");
    add_matches(paths, "claims/*/*.crux");
    add_matches(paths, "engine/forecast/*/*.crux");
}

// ---- what binds to what ------------------------------------------------------------------------------------------------

static void dump(struct buffer *out, const struct expr *expr);

static void dump_args(struct buffer *out, const struct expr *expr, const char *head)
{
    buffer_printf(out, "(%s", head);
    for (size_t i = 0; i < expr->args.count; i++) {
        const struct arg *arg = &expr->args.at[i];
        buffer_add_char(out, ' ');
        if (arg->label != NULL) {
            dump(out, arg->label);
            buffer_add_char(out, ':');
        }
        dump(out, arg->value);
        if (arg->given != NULL) {
            buffer_add_string(out, " given ");
            dump(out, arg->given);
        }
        if (arg->over.text.length > 0)
            buffer_printf(out, " over %.*s in %.*s", TEXT_ARGS(arg->over.text), TEXT_ARGS(arg->in.text));
    }
    buffer_add_char(out, ')');
}

static const char *quantified_head(const struct expr *expr)
{
    static const char *const words[] = {"every", "some", "exactly", "at least"};
    const char *word = words[expr->quantifier];
    if (expr->quantifier >= QUANTIFIER_EXACTLY)
        word = arena_printf(&arena, "%s %d", word, (int)expr->number);
    if (expr->kind == EXPR_COUNTED)
        return word;
    return arena_printf(&arena, "%s %.*s in %.*s:", word, TEXT_ARGS(expr->name.text), TEXT_ARGS(expr->set.text));
}

static void dump(struct buffer *out, const struct expr *expr)
{
    switch (expr->kind) {
    case EXPR_APPLY:
        dump_args(out, expr, op_table[expr->op].text);
        return;
    case EXPR_COMPARE: {
        struct buffer ops = buffer_on(&arena);
        for (size_t i = 0; i + 1 < expr->args.count; i++)
            buffer_printf(&ops, "%s%s", i > 0 ? " " : "", op_table[expr->ops[i]].text);
        dump_args(out, expr, ops.at);
        return;
    }
    case EXPR_TIME:
        dump_args(out, expr, phrase_words[expr->phrase]);
        return;
    case EXPR_UNDER:
        dump_args(out, expr, arena_printf(&arena, "under %.*s", TEXT_ARGS(expr->name.text)));
        return;
    case EXPR_QUANTIFIED:
    case EXPR_COUNTED:
        dump_args(out, expr, quantified_head(expr));
        return;
    case EXPR_IF:
        dump_args(out, expr, "if");
        return;
    case EXPR_RANGE:
        dump_args(out, expr, "..");
        return;
    case EXPR_SPREAD:
        dump_args(out, expr, "to");
        return;
    case EXPR_TABLE:
        dump_args(out, expr, "table");
        return;
    case EXPR_CALL:
        dump_args(out, expr, arena_printf(&arena, "%.*s", TEXT_ARGS(expr->name.text)));
        return;
    default:
        print_expr(out, expr);
    }
}

const char *dump_expr(const struct expr *expr)
{
    struct buffer out = buffer_on(&arena);
    dump(&out, expr);
    return out.at;
}

static const char *finished(struct buffer *out)
{
    return out->at != NULL ? out->at : "";
}

const char *printed_tree(const struct tree *tree)
{
    struct buffer out = buffer_on(&arena);
    print_tree(&out, tree);
    return finished(&out);
}

const char *printed_expr(const struct expr *expr)
{
    struct buffer out = buffer_on(&arena);
    print_expr(&out, expr);
    return finished(&out);
}

const char *printed_diags(const struct diags *diags)
{
    struct buffer out = buffer_on(&arena);
    diags_print(&out, diags, false);
    return finished(&out);
}
