// Expressions over several lines: an operator starts its line, so that the shape of an argument shows at the left.
#include "base/arena.h"
#include "dsl/print_parts.h"

size_t current_column(const struct buffer *out)
{
    size_t start = out->length;
    while (start > 0 && out->at[start - 1] != '\n')
        start--;
    return text_columns((struct text){out->at + start, out->length - start});
}

void new_line(struct buffer *out, size_t indent)
{
    while (out->length > 0 && out->at[out->length - 1] == ' ')
        out->length--;
    buffer_add_char(out, '\n');
    buffer_repeat(out, ' ', indent);
}

// Writes the expression on this line if it fits, and says whether it did. One column is left for what closes it.
static bool fits(struct buffer *out, const struct expr *expr, enum tightness place)
{
    if (expr->depth > PRINT_WIDTH) // every level takes a column at least
        return false;
    size_t used = current_column(out), start = out->length;
    size_t room = used < PRINT_WIDTH ? PRINT_WIDTH - 1 - used : 0;
    // A code point has at most four bytes.
    write_flat(out, expr, place, (struct style){.keep_parentheses = true, .limit = start + 4 * room});
    struct text written = {out->at + start, out->length - start};
    if (text_columns(written) <= room)
        return true;
    out->length = start;
    return false;
}

static const struct expr *part(const struct expr *expr, size_t i)
{
    return expr->args.at[i].value;
}

static void break_before(struct buffer *out, const char *word, const struct expr *operand, enum tightness place, size_t indent)
{
    new_line(out, indent);
    buffer_add_string(out, word);
    write_broken(out, operand, place, indent + 2);
}

static void break_operator(struct buffer *out, const struct expr *expr, size_t indent);

static const char *spaced(struct buffer *out, const char *word)
{
    return arena_printf(out->arena, "%s ", word);
}

// The left operand. In a chain such as a + b - c every operator gets a line, or none.
static void break_left(struct buffer *out, const struct expr *expr, size_t indent)
{
    const struct expr *left = part(expr, 0);
    bool chain = expr->kind == EXPR_APPLY && left->kind == EXPR_APPLY && left->args.count == 2 && !left->parenthesised &&
                 tightness_of(expr) == tightness_of(left) && first_place(expr) == tightness_of(left);
    if (chain && tightness_of(expr) != TIGHT_POST)
        break_operator(out, left, indent);
    else
        write_broken(out, left, first_place(expr), indent);
}

static void break_operator(struct buffer *out, const struct expr *expr, size_t indent)
{
    break_left(out, expr, indent);
    break_before(out, spaced(out, op_table[expr->op].text), part(expr, 1), other_place(expr), indent);
    if (expr->args.count > 2) {
        buffer_add_string(out, expr->op == OP_WITHIN ? " of " : " .. ");
        write_broken(out, part(expr, 2), TIGHT_SUM, indent + 2);
    }
}

static void break_compare(struct buffer *out, const struct expr *expr, size_t indent)
{
    write_broken(out, part(expr, 0), first_place(expr), indent);
    for (size_t i = 1; i < expr->args.count; i++)
        break_before(out, spaced(out, op_table[expr->ops[i - 1]].text), part(expr, i), TIGHT_SUM, indent);
}

static void break_time(struct buffer *out, const struct expr *expr, size_t indent)
{
    write_broken(out, part(expr, 0), TIGHT_POST, indent);
    if (expr->kind == EXPR_UNDER) {
        new_line(out, indent);
        buffer_printf(out, "under %.*s", TEXT_ARGS(expr->name.text));
        return;
    }
    break_before(out, spaced(out, phrase_words[expr->phrase]), part(expr, 1), TIGHT_SUM, indent);
    if (expr->args.count > 2) {
        buffer_add_string(out, " .. ");
        write_broken(out, part(expr, 2), TIGHT_SUM, indent + 2);
    }
}

// "if c then a" on one line when it fits; a chain of `else if` stays at one indent.
static void break_if(struct buffer *out, const struct expr *expr, size_t indent)
{
    struct style style = {.keep_parentheses = true, .limit = (size_t)-1};
    const struct expr *otherwise = part(expr, 2);
    size_t start = out->length;
    buffer_add_string(out, "if ");
    if (fits(out, part(expr, 0), TIGHT_EXPR)) {
        buffer_add_string(out, " then ");
        if (!fits(out, part(expr, 1), TIGHT_EXPR))
            out->length = start;
    } else {
        out->length = start;
    }
    if (out->length == start) {
        buffer_add_string(out, "if ");
        write_broken(out, part(expr, 0), TIGHT_EXPR, indent + 2);
        break_before(out, "then ", part(expr, 1), TIGHT_EXPR, indent);
    }
    new_line(out, indent);
    buffer_add_string(out, "else ");
    if (otherwise->kind == EXPR_IF && !needs_parentheses(otherwise, TIGHT_EXPR, style))
        break_if(out, otherwise, indent);
    else
        write_broken(out, otherwise, TIGHT_EXPR, indent + 2);
}

static void break_joined(struct buffer *out, const struct expr *expr, size_t indent)
{
    write_broken(out, part(expr, 0), TIGHT_SUM, indent);
    for (size_t i = 1; i < expr->args.count; i++)
        break_before(out, expr->kind == EXPR_RANGE ? ".. " : "to ", part(expr, i), TIGHT_SUM, indent);
}

static void break_args(struct buffer *out, const struct expr *expr, size_t indent)
{
    struct style style = {.keep_parentheses = true, .limit = (size_t)-1};
    buffer_add_char(out, '(');
    for (size_t i = 0; i < expr->args.count; i++) {
        const struct arg *arg = &expr->args.at[i];
        new_line(out, indent + 2);
        write_arg_head(out, arg);
        write_broken(out, arg->value, expr->kind == EXPR_TABLE ? value_place(arg->value) : TIGHT_LOOSE, indent + 4);
        write_arg_tail(out, arg, style);
        if (i + 1 < expr->args.count)
            buffer_add_char(out, ',');
    }
    buffer_add_char(out, ')');
}

static void break_node(struct buffer *out, const struct expr *expr, size_t indent)
{
    switch (expr->kind) {
    case EXPR_APPLY:
        if (expr->args.count == 1) {
            buffer_add_string(out, expr->op == OP_NOT ? "not " : "-");
            write_broken(out, part(expr, 0), tightness_of(expr), indent);
        } else if (expr->op == OP_POW) {
            write_flat(out, expr, TIGHT_LOOSE, (struct style){.keep_parentheses = true, .limit = (size_t)-1});
        } else {
            break_operator(out, expr, indent);
        }
        return;
    case EXPR_COMPARE:
        break_compare(out, expr, indent);
        return;
    case EXPR_TIME:
    case EXPR_UNDER:
        break_time(out, expr, indent);
        return;
    case EXPR_IF:
        break_if(out, expr, indent);
        return;
    case EXPR_RANGE:
    case EXPR_SPREAD:
        break_joined(out, expr, indent);
        return;
    case EXPR_QUANTIFIED:
        write_quantifier(out, expr);
        new_line(out, indent + 2);
        write_broken(out, part(expr, 0), TIGHT_EXPR, indent + 2);
        return;
    case EXPR_CALL:
        buffer_add(out, expr->name.text);
        break_args(out, expr, indent);
        return;
    case EXPR_COUNTED:
        write_quantifier(out, expr);
        break_args(out, expr, indent);
        return;
    case EXPR_TABLE:
        break_args(out, expr, indent);
        return;
    case EXPR_ERROR:
    case EXPR_NUMBER:
    case EXPR_DATE:
    case EXPR_STRING:
    case EXPR_HOLE:
    case EXPR_REF:
    case EXPR_DATA:
        write_flat(out, expr, TIGHT_LOOSE, (struct style){.keep_parentheses = false, .limit = (size_t)-1});
        return;
    }
}

void write_broken(struct buffer *out, const struct expr *expr, enum tightness place, size_t indent)
{
    if (fits(out, expr, place))
        return;
    bool wrap = needs_parentheses(expr, place, (struct style){.keep_parentheses = true});
    if (wrap)
        buffer_add_char(out, '(');
    break_node(out, expr, indent + wrap);
    if (wrap)
        buffer_add_char(out, ')');
}
