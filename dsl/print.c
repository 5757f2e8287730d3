#include "dsl/print.h"

#include <string.h>

#include "base/arena.h"
#include "dsl/print_item.h"

struct printer {
    struct buffer *out;
    const struct source *source; // NULL: the tree was not read from a text
    const struct comment_list *comments;
    size_t next;  // the first comment not yet printed
    uint32_t at;  // how far the source has been printed; 0 before the first line
    size_t indent;
    VECTOR(size_t) beside; // where in `out` the comments at the ends of lines begin
};

// ---- places in the source ----------------------------------------------------------------------------------------------

static size_t newlines_between(const struct printer *p, uint32_t start, uint32_t end)
{
    if (p->source == NULL || start >= end)
        return 0;
    size_t count = 0;
    for (uint32_t i = start; i < end; i++)
        count += p->source->bytes.at[i - p->source->base] == '\n';
    return count;
}

// One empty line stands where the author left one or more.
static void keep_blank_line(struct printer *p, uint32_t start)
{
    if (p->at != 0 && newlines_between(p, p->at, start) > 1)
        buffer_add_char(p->out, '\n');
}

static const struct comment *next_comment(const struct printer *p)
{
    return p->next < p->comments->count ? &p->comments->at[p->next] : NULL;
}

static struct text comment_text(const struct printer *p, const struct comment *comment)
{
    return (struct text){p->source->bytes.at + (comment->span.start - p->source->base), comment->span.end - comment->span.start};
}

static void write_comment_line(struct printer *p, const struct comment *comment, size_t indent)
{
    buffer_repeat(p->out, ' ', indent);
    buffer_add(p->out, comment_text(p, comment));
    buffer_add_char(p->out, '\n');
}

// The comments before `end`, each on a line of its own.
static void flush_comments(struct printer *p, uint32_t end)
{
    for (const struct comment *comment = next_comment(p); comment != NULL && comment->span.start < end; comment = next_comment(p)) {
        keep_blank_line(p, comment->span.start);
        write_comment_line(p, comment, p->indent);
        p->at = comment->span.end;
        p->next++;
    }
}

// ---- comments inside a statement ---------------------------------------------------------------------------------------

// The part that ends last before the comment, on its line.
static struct part *part_beside(const struct printer *p, struct part_list *parts, const struct comment *comment)
{
    struct part *found = NULL;
    for (size_t i = 0; i < parts->count && !comment->own_line; i++) {
        struct part *part = &parts->at[i];
        if (part->span.end <= comment->span.start && (found == NULL || part->span.end > found->span.end))
            found = part;
    }
    if (found == NULL || found->beside != NULL || newlines_between(p, found->span.end, comment->span.start) > 0)
        return NULL;
    return found;
}

// The part the comment stands in or before.
static struct part *part_behind(struct part_list *parts, const struct comment *comment)
{
    struct part *found = NULL;
    for (size_t i = 0; i < parts->count; i++) {
        struct part *part = &parts->at[i];
        if (part->span.end > comment->span.start && (found == NULL || part->span.end < found->span.end))
            found = part;
    }
    return found != NULL ? found : &parts->at[parts->count - 1];
}

// Gives the comments up to `end`, and one more on the last line, to the parts.
static void attach_comments(struct printer *p, struct part_list *parts, uint32_t end, uint32_t limit)
{
    for (const struct comment *comment = next_comment(p); comment != NULL; comment = next_comment(p)) {
        bool inside = comment->span.start < end;
        if (comment->span.start >= limit)
            return;
        struct part *beside = part_beside(p, parts, comment);
        if (!inside && (beside == NULL || newlines_between(p, end, comment->span.start) > 0))
            return;
        if (beside != NULL)
            beside->beside = comment;
        else
            vector_push(p->out->arena, &part_behind(parts, comment)->before, comment);
        p->next++;
    }
}

static bool has_inner_comments(const struct part_list *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = &parts->at[i];
        if (i > 0 && part->before.count > 0)
            return true;
        if (i + 1 < parts->count && part->beside != NULL)
            return true;
    }
    return false;
}

// ---- statements --------------------------------------------------------------------------------------------------------

static void write_items(struct printer *p, const struct item *items, uint32_t limit);

static struct text flat_text(struct printer *p, const struct item *item, const struct part_list *parts)
{
    struct buffer line = buffer_on(p->out->arena);
    for (size_t i = 0; i < parts->count; i++) {
        if (i > 0)
            buffer_add_char(&line, ' ');
        write_part(&line, item, &parts->at[i], false);
    }
    return buffer_text(&line);
}

static void write_at_end(struct printer *p, const struct comment *comment)
{
    buffer_add_string(p->out, "  ");
    vector_push(p->out->arena, &p->beside, p->out->length);
    buffer_add(p->out, comment_text(p, comment));
}

static void write_beside(struct printer *p, const struct part *part)
{
    if (part->beside == NULL)
        return;
    write_at_end(p, part->beside);
}

static bool shapes_value(const struct part *part)
{
    enum clause_kind kind = part->clause->kind;
    return kind == CLAUSE_WITHIN || kind == CLAUSE_INTERVAL || kind == CLAUSE_VARIES || kind == CLAUSE_CORRELATED;
}

// The title of a source stands beside its name. The clauses of an input share lines: those that shape its value with the value,
// those that say where it comes from with each other.
static bool belong_together(const struct item *item, const struct part *before, const struct part *part)
{
    if (item->kind == ITEM_SOURCE)
        return part->kind == PART_TEXT;
    if (item->kind != ITEM_INPUT || part->kind != PART_CLAUSE)
        return false;
    if (before->kind == PART_CLAUSE)
        return shapes_value(before) == shapes_value(part);
    return before->kind == PART_HEAD && shapes_value(part);
}

static bool joins_line(struct printer *p, const struct item *item, const struct part *before, const struct part *part)
{
    if (!belong_together(item, before, part) || before->beside != NULL || part->before.count > 0)
        return false;
    struct buffer flat = buffer_on(p->out->arena);
    write_part(&flat, item, part, false);
    return current_column(p->out) + 1 + text_columns(buffer_text(&flat)) <= PRINT_WIDTH;
}

static void write_lines(struct printer *p, const struct item *item, const struct part_list *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = &parts->at[i];
        size_t indent = p->indent + (i > 0 ? 2 : 0);
        if (i > 0 && joins_line(p, item, part - 1, part)) {
            buffer_add_char(p->out, ' ');
            write_part(p->out, item, part, false);
            write_beside(p, part);
            continue;
        }
        if (i > 0)
            buffer_add_char(p->out, '\n');
        for (size_t c = 0; i > 0 && c < part->before.count; c++)
            write_comment_line(p, part->before.at[c], indent);
        buffer_repeat(p->out, ' ', indent);
        write_part(p->out, item, part, true);
        write_beside(p, part);
    }
}

// Depth bounds what is worth trying: no line holds more levels than columns. Clauses count as a column each.
static bool may_fit(const struct item *item, const struct part_list *parts)
{
    return parts->count <= PRINT_WIDTH && (item->value == NULL || item->value->depth <= PRINT_WIDTH);
}

static void write_row(struct printer *p, const struct item *item, const struct part_list *parts)
{
    for (size_t c = 0; c < parts->at[0].before.count; c++)
        write_comment_line(p, parts->at[0].before.at[c], p->indent);
    bool one_line = !has_inner_comments(parts) && may_fit(item, parts);
    struct text flat = one_line ? flat_text(p, item, parts) : (struct text){0};
    if (!one_line || p->indent + text_columns(flat) > PRINT_WIDTH) {
        write_lines(p, item, parts);
        return;
    }
    buffer_repeat(p->out, ' ', p->indent);
    buffer_add(p->out, flat);
    write_beside(p, &parts->at[parts->count - 1]);
}

static bool has_comment_before(const struct printer *p, uint32_t end)
{
    const struct comment *comment = next_comment(p);
    return comment != NULL && comment->span.start < end;
}

// scenario name "text" { set x = 3 }: on one line when there is one change and room.
static bool write_short_scenario(struct printer *p, const struct item *item, const struct part_list *parts)
{
    if (item->items == NULL || item->items->next != NULL || has_comment_before(p, item->span.end))
        return false;
    struct part_list change = parts_of(p->out->arena, item->items);
    if (!may_fit(item->items, &change))
        return false;
    struct text head = flat_text(p, item, parts), body = flat_text(p, item->items, &change);
    if (p->indent + text_columns(head) + text_columns(body) + sizeof " {  }" - 1 > PRINT_WIDTH)
        return false;
    buffer_repeat(p->out, ' ', p->indent);
    buffer_printf(p->out, "%.*s { %.*s }", TEXT_ARGS(head), TEXT_ARGS(body));
    return true;
}

static void write_scenario(struct printer *p, const struct item *item)
{
    struct part_list parts = parts_of(p->out->arena, item);
    if (!write_short_scenario(p, item, &parts)) {
        struct text head = flat_text(p, item, &parts);
        if (p->indent + text_columns(head) + 2 <= PRINT_WIDTH)
            buffer_printf(p->out, "%*s%.*s", (int)p->indent, "", TEXT_ARGS(head));
        else
            write_lines(p, item, &parts);
        buffer_add_string(p->out, " {\n");
        p->indent += 2;
        p->at = 0;
        write_items(p, item->items, item->span.end);
        flush_comments(p, item->span.end);
        p->indent -= 2;
        buffer_repeat(p->out, ' ', p->indent);
        buffer_add_char(p->out, '}');
    }
    const struct comment *comment = next_comment(p);
    if (comment == NULL || newlines_between(p, item->span.end, comment->span.start) > 0)
        return;
    write_at_end(p, comment);
    p->next++;
}

static void write_plain(struct printer *p, const struct item *item, uint32_t limit)
{
    struct part_list parts = parts_of(p->out->arena, item);
    attach_comments(p, &parts, item->span.end, limit);
    write_row(p, item, &parts);
}

// Statements up to `limit`, where what holds them ends.
static void write_items(struct printer *p, const struct item *items, uint32_t limit)
{
    for (const struct item *item = items; item != NULL; item = item->next) {
        if (item->kind == ITEM_ERROR)
            continue;
        flush_comments(p, item->span.start);
        if (p->source == NULL || p->at != 0)
            keep_blank_line(p, item->span.start);
        if (item->kind == ITEM_SCENARIO)
            write_scenario(p, item);
        else
            write_plain(p, item, limit);
        buffer_add_char(p->out, '\n');
        p->at = item->span.end;
        if (p->next > 0 && p->comments->at[p->next - 1].span.end > p->at)
            p->at = p->comments->at[p->next - 1].span.end;
    }
}

// ---- comments at the ends of neighbouring lines, one below the other ----------------------------------------------------

static size_t column_of(struct text text, size_t at)
{
    size_t start = at;
    while (start > 0 && text.at[start - 1] != '\n')
        start--;
    return text_columns((struct text){text.at + start, at - start});
}

static bool on_next_line(struct text text, size_t at, size_t next)
{
    const char *newline = memchr(text.at + at, '\n', next - at);
    return newline != NULL && memchr(newline + 1, '\n', next - (size_t)(newline + 1 - text.at)) == NULL;
}

// How many of the comments from the first on stand on neighbouring lines, and the column they all fit behind.
static size_t neighbours(struct text text, const size_t *places, size_t count, size_t *column)
{
    size_t n = 0;
    *column = 0;
    do {
        size_t here = column_of(text, places[n]);
        *column = here > *column ? here : *column;
        n++;
    } while (n < count && on_next_line(text, places[n - 1], places[n]));
    return n;
}

static void add_aligned(struct buffer *out, struct text text, const size_t *places, size_t count)
{
    size_t written = 0, column;
    for (size_t i = 0; i < count;) {
        size_t n = neighbours(text, places + i, count - i, &column);
        for (; n > 0; n--, i++) {
            buffer_add(out, (struct text){text.at + written, places[i] - written});
            if (column <= PRINT_WIDTH) // beyond, each stays behind its own line
                buffer_repeat(out, ' ', column - column_of(text, places[i]));
            written = places[i];
        }
    }
    buffer_add(out, (struct text){text.at + written, text.length - written});
}

void print_tree(struct buffer *out, const struct tree *tree)
{
    struct buffer plain = buffer_on(out->arena);
    struct printer p = {.out = &plain, .source = tree->source, .comments = &tree->comments};
    write_items(&p, tree->items, UINT32_MAX);
    flush_comments(&p, UINT32_MAX);
    add_aligned(out, buffer_text(&plain), p.beside.at, p.beside.count);
}
