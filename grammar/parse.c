#include "grammar/parse.h"

#include <string.h>

#include "base/arena.h"
#include "grammar/state.h"

#include "parser.h"
#include "scanner.h"

// ---- what is no text is not scanned --------------------------------------------------------------------------------------

static struct span byte_span(const struct source *source, size_t at)
{
    uint32_t start = source->base + (uint32_t)at;
    return (struct span){start, start + 1};
}

static bool too_large(const struct source *source, struct diags *diags)
{
    if (source->bytes.length <= LIMIT_FILE_BYTES)
        return false;
    struct diag *diag = diag_add(diags, DIAG_LIMIT, byte_span(source, 0), "the file has %zu bytes; the limit is %d",
                                 source->bytes.length, LIMIT_FILE_BYTES);
    diag_help(diags, diag, "divide it into files that take each other in with `use`");
    return true;
}

static bool has_long_line(const struct source *source, struct diags *diags)
{
    const char *start = source->bytes.at, *end = start + source->bytes.length;
    while (start < end) {
        const char *newline = memchr(start, '\n', (size_t)(end - start));
        const char *stop = newline != NULL ? newline : end;
        if (stop - start > LIMIT_LINE_BYTES) {
            struct diag *diag = diag_add(diags, DIAG_LIMIT, byte_span(source, (size_t)(start - source->bytes.at)),
                                         "a line has more than %d bytes", LIMIT_LINE_BYTES);
            diag_help(diags, diag, "break the line; new lines mean nothing in Crux");
            return true;
        }
        start = stop + 1;
    }
    return false;
}

static bool is_binary(const struct source *source, struct diags *diags)
{
    struct text text = source->bytes;
    size_t bad;
    if (!text_valid_utf8(text, &bad)) {
        struct diag *diag = diag_add(diags, DIAG_ENCODING, byte_span(source, bad), "the file is not UTF-8 text: byte 0x%02X does not fit",
                                     (unsigned)(unsigned char)text.at[bad]);
        diag_help(diags, diag, "save it as UTF-8, or check that it is the right file");
        return true;
    }
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if ((c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7F) {
            struct diag *diag = diag_add(diags, DIAG_ENCODING, byte_span(source, i), "the file has a control character: byte 0x%02X", c);
            diag_help(diags, diag, "remove it, or check that it is the right file");
            return true;
        }
    }
    return false;
}

// ---- the three ways in ---------------------------------------------------------------------------------------------------

// Scanner and parser keep everything on the arena, so that leaving by its jump loses nothing.
static void run(struct parse *p)
{
    size_t length = p->source->bytes.length;
    char *copy = arena_alloc(p->arena, length + 2); // flex writes into its text, and wants two NULs behind it
    if (length > 0)
        memcpy(copy, p->source->bytes.at, length);
    void *scanner = NULL;
    if (grammar_yylex_init_extra(p, &scanner) != 0)
        return;
    grammar_yy_scan_buffer(copy, length + 2, scanner);
    grammar_yyparse(scanner, p);
    grammar_yylex_destroy(scanner);
}

static struct parse parse_text(struct arena *arena, const struct source *source, struct diags *diags, int start_token)
{
    struct parse p = {
        .arena = arena,
        .source = source,
        .diags = diags,
        .start_token = start_token,
        .start = source->base,
        .offset = source->base,
    };
    if (!too_large(source, diags) && !has_long_line(source, diags) && !is_binary(source, diags))
        run(&p);
    return p;
}

static struct span whole(const struct source *source)
{
    return (struct span){source->base, source->base + (uint32_t)source->bytes.length};
}

struct tree *parse_source(struct arena *arena, struct sources *sources, const struct source *source, struct diags *diags)
{
    (void)sources;
    struct parse p = parse_text(arena, source, diags, T_START_FILE);
    struct tree *tree = arena_alloc(arena, sizeof *tree);
    tree->source = source;
    tree->items = p.items.first;
    tree->item_count = p.items.count;
    tree->comments = p.comments;
    return tree;
}

struct expr *parse_expression(struct arena *arena, struct sources *sources, const struct source *source, struct diags *diags)
{
    (void)sources;
    struct parse p = parse_text(arena, source, diags, T_START_EXPRESSION);
    return p.expr != NULL ? p.expr : ast_error(arena, whole(source));
}

struct item *parse_set(struct arena *arena, struct sources *sources, const struct source *source, struct diags *diags)
{
    (void)sources;
    struct parse p = parse_text(arena, source, diags, T_START_SET);
    return p.set != NULL ? p.set : ast_item(arena, ITEM_ERROR, whole(source));
}
