#include "grammar/complain.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "grammar/literal.h"
#include "grammar/word.h"

#include "parser.h"

// What the parser would have taken at the place of the error.
struct wanted {
    const int *tokens;
    int count;
};

static bool wants(struct wanted wanted, int token)
{
    for (int i = 0; i < wanted.count; i++)
        if (wanted.tokens[i] == token)
            return true;
    return false;
}

static bool wants_value(struct wanted wanted)
{
    return wants(wanted, T_NUMBER) && wants(wanted, T_LPAREN);
}

// Behind a whole expression.
static bool wants_operator(struct wanted wanted)
{
    return wants(wanted, T_PLUS);
}

static bool wants_statement(struct wanted wanted)
{
    return wants(wanted, T_LET) && wants(wanted, T_CLAIM);
}

static bool at_end(const struct parse *p)
{
    return p->token == T_END || starts_statement(p->token);
}

// The end of the last good token: where something is missing.
static struct span behind(const struct parse *p)
{
    if (p->last_token == 0 || p->last_token == T_START_FILE)
        return p->span;
    return (struct span){p->last.end - 1, p->last.end};
}

static const char *found(struct parse *p)
{
    if (p->token == T_NAME)
        return arena_printf(p->arena, "the name `%.*s`", TEXT_ARGS(text_at(p, p->span)));
    if (p->token == T_NUMBER || p->token == T_DATE || p->token == T_HOLE)
        return arena_printf(p->arena, "`%.*s`", TEXT_ARGS(text_at(p, p->span)));
    return token_name(p->token);
}

static const char *last_words(struct parse *p)
{
    return arena_printf(p->arena, "`%.*s`", TEXT_ARGS(text_at(p, p->last)));
}

// "`by`, `on` or a text in quotes"
static const char *list(struct parse *p, struct wanted wanted)
{
    struct buffer out = buffer_on(p->arena);
    for (int i = 0; i < wanted.count; i++) {
        if (i > 0)
            buffer_add_string(&out, i + 1 == wanted.count ? " or " : ", ");
        buffer_add_string(&out, token_name(wanted.tokens[i]));
    }
    return buffer_text(&out).at;
}

enum { LIST_MAX = 5 };

// Behind a whole expression that something must follow: "an operator or `then`".
static const char *what_must_follow(struct parse *p, struct wanted wanted)
{
    static const int marks[] = {T_THEN, T_ELSE, T_OF, T_RPAREN, T_RBRACKET, T_RBRACE, T_COLON, T_EQ, T_DOTS};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (wants(wanted, marks[i]))
            return arena_printf(p->arena, "an operator or %s", token_name(marks[i]));
    return wants(wanted, T_BY) && !wants(wanted, T_AT) ? "an operator or `by`" : "an operator";
}

static const char *expectation(struct parse *p, struct wanted wanted)
{
    if (wants_value(wanted))
        return "a value";
    if (wants_operator(wanted) && (wants(wanted, T_LET) || wants(wanted, T_SET)))
        return "an operator or the next statement";
    if (wants_operator(wanted))
        return what_must_follow(p, wanted);
    if (wants_statement(wanted))
        return "a word that starts a statement";
    if (wants(wanted, T_NAME))
        return "a name";
    if (wanted.count > 0 && wanted.count <= LIST_MAX)
        return list(p, wanted);
    return NULL;
}

// ---- one function for each message; each says whether it is the right one ----------------------------------------------

static bool claim_without_name(struct parse *p, struct wanted wanted)
{
    (void)wanted;
    const struct keyword *keyword = keyword_of_token(p->token);
    bool reserved = keyword != NULL && keyword->kind == KEYWORD_EXPRESSION && p->token != T_BY && p->token != T_IN && p->token != T_UNDER;
    if (p->last_token != T_CLAIM || reserved)
        return false;
    struct diag *diag = diag_add(p->diags, DIAG_CLAIM_NAME, p->last, "a claim needs a name");
    diag_help(p->diags, diag, "write for example: claim gap_stays_open \"...\" : gap > 5 at 2027");
    return true;
}

static bool crossed_brackets(struct parse *p, struct wanted wanted)
{
    (void)wanted;
    if (p->crossed.token == 0)
        return false;
    struct diag *diag = diag_add(p->diags, DIAG_BRACKET, p->span, "%s closes nothing here", token_name(p->token));
    diag_label(p->diags, diag, p->crossed.span, "this one is still open");
    diag_help(p->diags, diag, "close the inner bracket first");
    return true;
}

static bool closed_too_often(struct parse *p, struct wanted wanted)
{
    bool closes = p->token == T_RPAREN || p->token == T_RBRACKET || p->token == T_RBRACE;
    if (!closes || p->open_count > 0 || p->closed_now || wants_value(wanted))
        return false;
    struct diag *diag = diag_add(p->diags, DIAG_BRACKET, p->span, "%s closes nothing: no bracket is open", token_name(p->token));
    diag_help(p->diags, diag, "leave it out, or open a bracket before");
    return true;
}

static bool starts_clause(int token)
{
    const struct keyword *keyword = keyword_of_token(token);
    return keyword != NULL && keyword->kind == KEYWORD_CLAUSE;
}

static bool never_closed(struct parse *p, struct wanted wanted)
{
    (void)wanted;
    struct open_bracket open = p->left_open;
    if (starts_clause(p->token) && p->open_count > 0)
        open = p->open[p->open_count - 1];
    else if (!at_end(p))
        return false;
    if (open.token == 0)
        return false;
    struct diag *diag = diag_add(p->diags, DIAG_BRACKET, open.span, "%s is never closed", token_name(open.token));
    diag_label(p->diags, diag, behind(p), "what it holds ends here");
    diag_help(p->diags, diag, "close it before %s", token_name(p->token));
    return true;
}

static bool wants_name_only(struct wanted wanted)
{
    return wants(wanted, T_NAME) && !wants(wanted, T_NUMBER);
}

static bool reserved_word(struct parse *p, struct wanted wanted)
{
    const struct keyword *keyword = keyword_of_token(p->token);
    if (keyword == NULL || !wants_name_only(wanted))
        return false;
    if (starts_statement(p->token))
        return false;
    complain_of_reserved(p, keyword->text, p->span);
    return true;
}

static bool unfinished(struct parse *p, struct wanted wanted)
{
    if (!at_end(p) || p->last_token == 0)
        return false;
    const struct statement *statement = starts_statement(p->token) ? &p->before : &p->statement;
    const char *want = expectation(p, wanted);
    const char *what = token_name(statement->token);
    struct diag *diag = statement->token == 0
                            ? diag_add(p->diags, DIAG_UNFINISHED, behind(p), "the expression is not finished")
                            : diag_add(p->diags, DIAG_UNFINISHED, behind(p), "this %s is not finished", what);
    if (want != NULL)
        diag_primary(p->diags, diag, "expected %s after this", want);
    if (p->token != T_END)
        diag_label(p->diags, diag, p->span, "the next statement begins here");
    return true;
}

// `gap > 5 at  level 95%`: the clause was taken for a name, because something is missing before it.
static bool clause_taken_for_name(struct parse *p, struct wanted wanted)
{
    bool soft = p->last_token == T_LEVEL || p->last_token == T_INTERVAL || p->last_token == T_BASIS;
    if (!soft || !wants_operator(wanted) || (p->token != T_NUMBER && p->token != T_NAME))
        return false;
    struct diag *diag = diag_add(p->diags, DIAG_UNFINISHED, p->last, "what stands before %s is not finished", token_name(p->last_token));
    diag_primary(p->diags, diag, "expected a value here, found a clause");
    return true;
}

// Of two words equally near, the longer: letters are forgotten more often than added.
static bool is_nearer(size_t distance, size_t limit, const struct keyword *candidate, const struct keyword *best)
{
    if (best == NULL || distance < limit)
        return true;
    return text_of(candidate->text).length > text_of(best->text).length;
}

static const struct keyword *nearest(struct text text, const struct wanted *wanted)
{
    const struct keyword *best = NULL;
    size_t limit = text.length / 3 > 1 ? text.length / 3 : 1;
    for (int i = 0; i < keyword_count && text.length > 1; i++) {
        if (wanted != NULL && !wants(*wanted, keyword_table[i].token))
            continue;
        size_t distance = text_distance(text, text_of(keyword_table[i].text), limit);
        if (distance <= limit && distance > 0 && is_nearer(distance, limit, &keyword_table[i], best)) {
            best = &keyword_table[i];
            limit = distance;
        }
    }
    return best;
}

// Behind a number a misspelt word was read as a unit, and only the word after that one does not fit.
static bool misspelt(struct parse *p, struct wanted wanted)
{
    bool was_unit = p->last_token == T_UNITS || (p->last_token == T_NAME && wants_operator(wanted));
    struct span span = p->token == T_NAME ? p->span : p->last;
    const struct keyword *keyword = p->token == T_NAME ? nearest(text_at(p, span), &wanted) : NULL;
    if (keyword == NULL && was_unit) {
        span = p->last;
        keyword = nearest(text_at(p, span), NULL);
    }
    if (keyword == NULL)
        return false;
    struct diag *diag = diag_add(p->diags, DIAG_KEYWORD, span, "`%.*s` is no word of the language", TEXT_ARGS(text_at(p, span)));
    diag_help(p->diags, diag, "write `%s`", keyword->text);
    return true;
}

static bool needs_parentheses(struct parse *p, struct wanted wanted)
{
    const char *form = p->token == T_EVERY ? "every ... in ... :" : p->token == T_SOME ? "some ... in ... :" : NULL;
    if (p->token == T_IF)
        form = "if ... then ... else";
    bool counted = p->last_token == T_NUMBER && p->token == T_NAME && wants(wanted, T_OF) && wanted.count == 1;
    if (counted)
        form = "exactly ... in ... :";
    if (form == NULL || !(wants_value(wanted) || counted))
        return false;
    struct diag *diag = diag_add(p->diags, DIAG_NEEDS_BRACKETS, p->span, "`%s` needs parentheses here", form);
    diag_help(p->diags, diag, "put the whole of it into parentheses: (%s ...)", form);
    return true;
}

static bool truth_as_operand(struct parse *p, struct wanted wanted)
{
    if (p->token != T_NOT || !wants_value(wanted))
        return false;
    struct diag *diag = diag_add(p->diags, DIAG_NEEDS_BRACKETS, p->span, "`not` needs parentheses here");
    diag_help(p->diags, diag, "put the condition into parentheses: (not ...)");
    return true;
}

static bool clause_too_late(struct parse *p, struct wanted wanted)
{
    if (p->statement.token != T_CLAIM || !p->statement.colon || p->open_count > 0 || !wants(wanted, T_EXPECT))
        return false;
    if (p->token != T_CITE && p->token != T_WITH && p->token != T_ON && p->token != T_STRING)
        return false;
    struct diag *diag = diag_add(p->diags, DIAG_CLAUSE, p->span, "%s stands before the colon of a claim", token_name(p->token));
    diag_label(p->diags, diag, p->statement.span, "of this claim");
    diag_help(p->diags, diag, "the order is: text, by, in, on, cite, under, with, then `:` and the condition");
    return true;
}

// `: x > 1 under baseline, other`: behind the condition `under` is an operator with one scenario.
static bool scenarios_too_late(struct parse *p, struct wanted wanted)
{
    if (p->statement.token != T_CLAIM || !p->statement.colon || p->open_count > 0 || p->token != T_COMMA || !wants(wanted, T_EXPECT))
        return false;
    const struct text before = text_at(p, (struct span){p->statement.span.start, p->last.start});
    static const char word[] = "under";
    size_t length = before.length;
    while (length > 0 && (before.at[length - 1] == ' ' || before.at[length - 1] == '\n'))
        length--;
    const size_t start = length - (sizeof word - 1);
    if (length < sizeof word || !text_is((struct text){before.at + start, sizeof word - 1}, word))
        return false;
    struct diag *diag = diag_add(p->diags, DIAG_CLAUSE, p->span, "a list of scenarios stands before the colon of a claim");
    diag_label(p->diags, diag, p->statement.span, "of this claim");
    diag_help(p->diags, diag, "write `under %.*s, ...` before the `:`", TEXT_ARGS(text_at(p, p->last)));
    return true;
}

static bool blank_in_name(struct parse *p, struct wanted wanted)
{
    if (p->token != T_NAME || p->last_token != T_NAME || p->span.start != p->last.end + 1)
        return false;
    const char *want = expectation(p, wanted);
    struct diag *diag = diag_add(p->diags, DIAG_SYNTAX, p->span, "expected %s, found %s", want != NULL ? want : "something else", found(p));
    diag_help(p->diags, diag, "if this is one name, join its words with `_` or `.`");
    return true;
}

static bool anything(struct parse *p, struct wanted wanted)
{
    const char *want = expectation(p, wanted);
    if (want == NULL) {
        diag_add(p->diags, DIAG_SYNTAX, p->span, "%s does not fit after %s", found(p), last_words(p));
        return true;
    }
    struct diag *diag = p->last.end == p->last.start
                            ? diag_add(p->diags, DIAG_SYNTAX, p->span, "expected %s, found %s", want, found(p))
                            : diag_add(p->diags, DIAG_SYNTAX, p->span, "expected %s after %s, found %s", want, last_words(p), found(p));
    if (wants_value(wanted) && p->token == T_DATA)
        diag_help(p->diags, diag, "an input takes what the data store knows: `input x = data \"subject.quantity\"`");
    else if (wants_value(wanted) && keyword_of_token(p->token) != NULL)
        diag_help(p->diags, diag, "%s is a word of the language: it cannot be a name", token_name(p->token));
    if (wants_statement(wanted) && !wants_operator(wanted))
        diag_help(p->diags, diag, "a statement starts with one of: use source unit index timeline input let def set assume scenario claim");
    return true;
}

void complain(struct parse *p, const int *expected, int count)
{
    static bool (*const messages[])(struct parse *, struct wanted) = {
        claim_without_name, crossed_brackets, closed_too_often, never_closed,  reserved_word, clause_taken_for_name,
        misspelt, unfinished, needs_parentheses,  truth_as_operand, clause_too_late,  scenarios_too_late, blank_in_name, anything,
    };
    if (p->stopped)
        return;
    const struct statement *statement = at_end(p) && p->token != T_END ? &p->before : &p->statement;
    p->broken = statement->name;
    struct wanted wanted = {expected, count};
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++)
        if (messages[i](p, wanted))
            break;
    if (p->diags->count >= LIMIT_DIAGS)
        p->stopped = true;
}

void complain_of_reserved(struct parse *p, const char *word, struct span span)
{
    struct diag *diag = diag_add(p->diags, DIAG_RESERVED, span, "`%s` is a word of the language and cannot be a name", word);
    diag_help(p->diags, diag, "write for example `%s_` or `my.%s`", word, word);
}

void complain_of_depth(struct parse *p, struct span span)
{
    if (p->stopped)
        return;
    struct diag *diag = diag_add(p->diags, DIAG_LIMIT, span, "the expression is nested too deeply");
    diag_help(p->diags, diag, "give parts of it names with `let`");
    p->stopped = true;
}
