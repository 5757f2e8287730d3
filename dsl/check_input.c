// `input`: its type, its instances and its clauses.
#include <math.h>

#include "base/buffer.h"
#include "dsl/check_input.h"

static bool clause_fault(struct checker *checker, enum diag_code code, struct span span, const char *message, const char *help)
{
    struct diag *diag = diag_add(checker->diags, code, span, "%s", message);
    if (help)
        diag_help(checker->diags, diag, "%s", help);
    return false;
}

// ---- clauses -------------------------------------------------------------------------------------------------------------------

static bool clause_date(struct checker *checker, const struct expr *expr, struct date_span *span)
{
    struct date date;
    if (expr->kind == EXPR_ERROR)
        return false;
    if (expr_is_date(expr, &date))
        return check_date(checker, expr, span);
    return clause_fault(checker, DIAG_INPUT_CLAUSE, expr->span, "a date belongs here", "write a date such as 2025-04");
}

static void check_cites(struct checker *checker, const struct symbol *symbol, const struct clause *clause, struct input *input)
{
    const struct source_entry **cites = arena_array(checker->arena, input->cite_count + clause->names.count, sizeof *cites);
    size_t count = 0;
    for (; count < input->cite_count; count++)
        cites[count] = input->cites[count];
    for (size_t i = 0; i < clause->names.count; i++) {
        const struct source_entry *source = need_source(checker, symbol->file, clause->names.at[i]);
        if (source)
            cites[count++] = source;
    }
    input->cites = cites;
    input->cite_count = count;
}

static void check_basis(struct checker *checker, const struct clause *clause, struct input *input)
{
    for (int i = BASIS_STATED; i <= BASIS_GUESS; i++)
        if (text_is(clause->name.text, basis_words[i])) {
            input->basis = (enum basis)i;
            input->has_basis = true;
            return;
        }
    clause_fault(checker, DIAG_INPUT_CLAUSE, clause->name.span, "no basis has this name", "a basis is stated, secondary, derived, recalled or guess");
}

static void check_varies(struct checker *checker, const struct clause *clause, struct input *input)
{
    if (text_is(clause->name.text, "year"))
        input->varies = SECONDS_A_YEAR;
    else if (text_is(clause->name.text, "quarter"))
        input->varies = SECONDS_A_YEAR / 4;
    else if (text_is(clause->name.text, "month"))
        input->varies = SECONDS_A_YEAR / 12;
    else
        clause_fault(checker, DIAG_INPUT_CLAUSE, clause->name.span, "an input varies by year, quarter or month", "write `varies by year`");
    if (input->varies > 0 && !checker->program->timeline.given && checker->program->timeline.span.end == 0)
        clause_fault(checker, DIAG_NO_TIMELINE, clause->span, "`varies` needs a timeline", "say which steps the model has, as in `timeline 2022Q4 .. 2040Q4 by quarter`");
}

static void check_within(const struct clause *clause, struct form *form)
{
    const struct expr *range = clause->value;
    if (range->kind != EXPR_RANGE || range->args.count != 2) {
        if (range->kind != EXPR_ERROR)
            form_fault(form, DIAG_INPUT_CLAUSE, range->span, "`within` takes two ends", "write `within 0 .. 1`");
        return;
    }
    struct form uncut = *form;
    uncut.cut_low = -INFINITY, uncut.cut_high = INFINITY;
    struct distribution bounds;
    if (!law_of(&uncut, range, &bounds))
        return;
    form->cut_low = fmax(form->cut_low, bounds.a);
    form->cut_high = fmin(form->cut_high, bounds.b);
    form->cut_span = clause->span;
}

// The clauses that the right side is read with.
static void read_form_clauses(const struct item *item, struct form *form)
{
    for (const struct clause *clause = item->clauses; clause; clause = clause->next) {
        if (clause->kind == CLAUSE_WITHIN && clause->value)
            check_within(clause, form);
        if (clause->kind == CLAUSE_INTERVAL && clause->value) {
            double level = check_share(form->checker, form->file, clause->value, DIAG_INPUT_CLAUSE, "an interval's level");
            form->level = isnan(level) ? form->level : level;
        }
    }
}

static void read_clauses(struct checker *checker, const struct symbol *symbol, struct input *input)
{
    struct date_span span;
    for (const struct clause *clause = symbol->item->clauses; clause; clause = clause->next)
        switch ((int)clause->kind) {
        case CLAUSE_CITE:
            check_cites(checker, symbol, clause, input);
            break;
        case CLAUSE_AS_OF:
            if (clause_date(checker, clause->value, &span))
                input->as_of = span.start;
            break;
        case CLAUSE_EXPIRES:
            if (clause_date(checker, clause->value, &span))
                input->expires = span.end;
            break;
        case CLAUSE_BASIS:
            check_basis(checker, clause, input);
            break;
        case CLAUSE_VARIES:
            check_varies(checker, clause, input);
            break;
        }
}

// ---- how right sides are read ---------------------------------------------------------------------------------------------------------

static struct form form_for(struct checker *checker, size_t file, const struct type *type)
{
    struct form form = {.checker = checker, .file = file, .type = *type, .unit = bare_unit(checker, type), .cut_low = -INFINITY, .cut_high = INFINITY};
    form.level = form_default_level(checker, file);
    if (type->fraction) {
        form.cut_low = 0;
        form.cut_high = 1;
    }
    return form;
}

// ---- one right side a member -----------------------------------------------------------------------------------------------------------

// The part of the instances that a nested table speaks about: those from `first`, `count` of them, by the parameters from `param` on.
struct block {
    const struct input *input;
    const struct expr **cells;
    size_t param, first, count;
};

static bool fill_block(struct checker *checker, const struct expr *expr, struct block block);

static bool report_lacking(struct checker *checker, const struct expr *expr, const struct index *index, const bool *seen)
{
    struct buffer names = buffer_on(checker->arena);
    size_t count = 0;
    for (size_t i = 0; i < index->count; i++) {
        if (seen[i] || count++ >= 5)
            continue;
        buffer_printf(&names, "%s%.*s", names.length ? ", " : "", TEXT_ARGS(index->members[i]));
    }
    if (count == 0)
        return true;
    struct diag *diag = diag_add(checker->diags, DIAG_INPUT_TABLE, expr->span, "the table has no value for %s%s", buffer_text(&names).at, count > 5 ? " and others" : "");
    diag_label(checker->diags, diag, index->span, "the members of %.*s", TEXT_ARGS(index->name));
    diag_help(checker->diags, diag, "give every member a value: `member: value`");
    return false;
}

static bool fill_row(struct checker *checker, const struct arg *arg, struct block block, bool *seen)
{
    const struct index *index = block.input->params[block.param];
    if (!arg->label || arg->label->kind != EXPR_REF)
        return clause_fault(checker, DIAG_INPUT_TABLE, arg->value->span, "a value in a table begins with its member", "write `(member: value, member: value)`");
    int member = need_member(checker, index, arg->label->name);
    if (member < 0)
        return false;
    if (seen[member])
        return clause_fault(checker, DIAG_INPUT_TABLE, arg->label->span, "this member has a value already", "keep one of the two");
    seen[member] = true;
    size_t size = block.count / index->count;
    return fill_block(checker, arg->value, (struct block){block.input, block.cells, block.param + 1, block.first + (size_t)member * size, size});
}

static bool fill_table(struct checker *checker, const struct expr *expr, struct block block)
{
    if (block.param >= block.input->param_count)
        return clause_fault(checker, DIAG_INPUT_TABLE, expr->span, "a table needs an index to run over", "name it after the input: `input share[s in stage] = (...)`");
    const struct index *index = block.input->params[block.param];
    bool *seen = arena_array(checker->arena, index->count, sizeof *seen), known = true;
    for (size_t i = 0; i < expr->args.count; i++)
        known = fill_row(checker, &expr->args.at[i], block, seen) && known;
    return known && report_lacking(checker, expr, index, seen);
}

static bool fill_block(struct checker *checker, const struct expr *expr, struct block block)
{
    if (expr->kind == EXPR_TABLE)
        return fill_table(checker, expr, block);
    for (size_t i = 0; i < block.count; i++)
        block.cells[block.first + i] = expr;
    return true;
}

// The members of instance number `position`, separated by `between`.
static void add_members(struct buffer *buffer, const struct input *input, size_t position, const char *between)
{
    size_t rest = input->instance_count;
    for (size_t i = 0; i < input->param_count; i++) {
        rest /= input->params[i]->count;
        buffer_printf(buffer, "%s%.*s", i ? between : "", TEXT_ARGS(input->params[i]->members[position / rest % input->params[i]->count]));
    }
}

static struct text instance_name(struct checker *checker, const struct input *input, size_t position)
{
    struct buffer name = buffer_on(checker->arena);
    buffer_add(&name, input->name);
    if (input->param_count) {
        buffer_add_char(&name, '[');
        add_members(&name, input, position, ", ");
        buffer_add_char(&name, ']');
    }
    return buffer_text(&name);
}

// ---- instances -----------------------------------------------------------------------------------------------------------------------

static bool fill_instance(const struct form *form, const struct input *input, const struct expr *cell, size_t position, struct input_instance *instance)
{
    if (cell->kind != EXPR_DATA)
        return form_instance(form, cell, instance);
    return data_instance(form, cell, data_name(form->checker, input, position, cell->string), instance);
}

static bool fill_instances(const struct form *form, const struct input *input, const struct expr *const *cells, struct input_instance *instances)
{
    for (size_t i = 0; i < input->instance_count; i++) {
        if (!cells[i])
            continue; // another statement's
        // Neighbours that share their right side share its points; each still has a draw of its own.
        if (i > 0 && cells[i] == cells[i - 1] && cells[i]->kind != EXPR_DATA)
            instances[i] = instances[i - 1];
        else if (!fill_instance(form, input, cells[i], i, &instances[i]))
            return false;
        instances[i].name = instance_name(form->checker, input, i);
    }
    return true;
}

static bool make_instances(const struct form *form, const struct expr *value, struct input *input)
{
    struct checker *checker = form->checker;
    struct input_instance *instances = arena_array(checker->arena, input->instance_count, sizeof *instances);
    const struct expr **cells = arena_array(checker->arena, input->instance_count, sizeof *cells);
    input->instances = instances;
    return fill_block(checker, value, (struct block){input, cells, 0, 0, input->instance_count}) && fill_instances(form, input, cells, instances);
}

static bool is_fixed(const struct param *param)
{
    return param->set.text.length == 0;
}

// The one index with this member, for `input d0[n7]`.
static const struct index *index_of_member(struct checker *checker, struct name member)
{
    const struct index *found = NULL;
    for (size_t s = 0; s < checker->symbols.count; s++) {
        struct symbol *symbol = checker->symbols.at[s];
        if (symbol->kind != SYMBOL_INDEX || !check_symbol(checker, symbol, member.span) || find_member(symbol->index, member.text) < 0)
            continue;
        if (found) {
            struct diag *diag = diag_add(checker->diags, DIAG_INPUT_TABLE, member.span, "`%.*s` is a member of more than one index", TEXT_ARGS(member.text));
            diag_label(checker->diags, diag, found->span, "one of them");
            diag_label(checker->diags, diag, symbol->index->span, "another");
            diag_help(checker->diags, diag, "name the index and give a table: `[x in %.*s] ... = (%.*s: ...)`", TEXT_ARGS(found->name), TEXT_ARGS(member.text));
            return NULL;
        }
        found = symbol->index;
    }
    if (!found && !index_is_absent(checker, member.text)) {
        struct diag *diag = diag_add(checker->diags, DIAG_INPUT_TABLE, member.span, "no index has the member `%.*s`", TEXT_ARGS(member.text));
        diag_help(checker->diags, diag, "make one, as in `index node = %.*s, ...`; or run over one: `[n in node]`", TEXT_ARGS(member.text));
    }
    return found;
}

static const struct index *param_index(struct checker *checker, const struct symbol *symbol, const struct param *param)
{
    if (is_fixed(param))
        return index_of_member(checker, param->name);
    struct symbol *index = need_symbol(checker, symbol->file, param->set, SYMBOL_INDEX, "index");
    return index && index->index && index->index->count > 0 ? index->index : NULL;
}

static bool find_params(struct checker *checker, const struct symbol *symbol, struct input *input)
{
    const struct param_list *list = &symbol->item->params;
    const struct index **params = arena_array(checker->arena, list->count, sizeof *params);
    size_t instances = 1;
    for (size_t i = 0; i < list->count; i++) {
        params[i] = param_index(checker, symbol, &list->at[i]);
        if (!params[i])
            return false;
        instances *= params[i]->count;
        if (instances > LIMIT_INSTANCES) {
            diag_add(checker->diags, DIAG_LIMIT, symbol->span, "this input has more than %d instances", LIMIT_INSTANCES);
            return false;
        }
    }
    input->params = params;
    input->param_count = list->count;
    input->instance_count = instances;
    return true;
}

// The block of instances of one statement among several: fixed members come first, so that it is one piece.
static bool part_block(struct checker *checker, const struct symbol *part, const struct input *input, struct block *block)
{
    const struct param_list *list = &part->item->params;
    if (list->count != input->param_count)
        return clause_fault(checker, DIAG_INPUT_TABLE, part->span, "the statements about this input do not run over the same indexes", "use the same indexes in the same order");
    for (; block->param < list->count && is_fixed(&list->at[block->param]); block->param++) {
        int member = need_member(checker, input->params[block->param], list->at[block->param].name);
        if (member < 0)
            return false;
        block->count /= input->params[block->param]->count;
        block->first += (size_t)member * block->count;
    }
    for (size_t i = block->param; i < list->count; i++)
        if (is_fixed(&list->at[i]))
            return clause_fault(checker, DIAG_INPUT_TABLE, list->at[i].name.span, "a fixed member stands behind an index", "put the fixed members first");
    return true;
}

static bool fill_part(struct checker *checker, const struct symbol *part, struct input *input, struct input_instance *instances)
{
    const struct item *item = part->item;
    struct type type = input->type;
    const struct expr **cells = arena_array(checker->arena, input->instance_count, sizeof *cells);
    struct block block = {input, cells, 0, 0, input->instance_count};
    if (!item->value || item->value->kind == EXPR_ERROR || !part_block(checker, part, input, &block))
        return false;
    if (item->type && !check_type(checker, part->file, item->type, &type))
        return false;
    if (!types_agree(&type, &input->type))
        return clause_fault(checker, DIAG_INPUT_TYPE, part->span, "this input has another type already", "give all its members the same type");
    struct form form = form_for(checker, part->file, &type);
    read_form_clauses(item, &form);
    if (!fill_block(checker, item->value, block))
        return false;
    for (size_t i = 0; i < input->instance_count; i++)
        if (cells[i] && instances[i].name.length)
            return clause_fault(checker, DIAG_INPUT_TABLE, part->span, "this member has a value already", "keep one of the two statements");
    return fill_instances(&form, input, cells, instances);
}

// What no statement speaks about is missing: what needs it is blocked, the rest goes on.
static void mark_missing(struct checker *checker, struct input *input, struct input_instance *instances)
{
    for (size_t i = 0; i < input->instance_count; i++) {
        if (instances[i].name.length)
            continue;
        instances[i].name = instance_name(checker, input, i);
        form_missing(checker, arena_printf(checker->arena, "no input statement gives %.*s a value", TEXT_ARGS(instances[i].name)), &instances[i]);
    }
}

#define TYPE_HELP "say it after a colon: a unit, `fraction`, `date`, `truth` or the name of an index, as in `input x : USD/year = ...`"

static bool has_data(const struct expr *expr)
{
    bool found = expr->kind == EXPR_DATA;
    for (size_t i = 0; expr->kind == EXPR_TABLE && i < expr->args.count; i++)
        found = found || has_data(expr->args.at[i].value);
    return found;
}

// The type that the first observations show which the right side asks for.
static bool find_data_type(struct checker *checker, const struct symbol *symbol, const struct input *input, struct type *type)
{
    const char *reason = NULL;
    size_t errors = checker->diags->error_count;
    const struct expr **cells = arena_array(checker->arena, input->instance_count, sizeof *cells);
    struct block block = {input, cells, 0, 0, input->instance_count};
    if (!part_block(checker, symbol, input, &block) || !fill_block(checker, symbol->item->value, block))
        return false;
    for (size_t i = 0; i < input->instance_count; i++)
        if (cells[i] && cells[i]->kind == EXPR_DATA && data_type(checker, cells[i], data_name(checker, input, i, cells[i]->string), type, &reason))
            return true;
    if (checker->diags->error_count > errors)
        return false;
    struct diag *diag = diag_add(checker->diags, DIAG_INPUT_TYPE, symbol->item->name.span, "the data does not show what kind of value this is");
    if (reason)
        diag_label(checker->diags, diag, symbol->item->value->span, "%s", reason);
    diag_help(checker->diags, diag, TYPE_HELP);
    return false;
}

static bool find_type(struct checker *checker, const struct symbol *symbol, const struct input *input, struct type *type)
{
    const struct item *item = symbol->item;
    if (item->type)
        return check_type(checker, symbol->file, item->type, type);
    if (!item->value || item->value->kind == EXPR_ERROR)
        return false;
    size_t errors = checker->diags->error_count;
    if (has_data(item->value))
        return find_data_type(checker, symbol, input, type);
    if (form_type(checker, symbol->file, item->value, type))
        return true;
    if (checker->diags->error_count == errors && checker->absence == NULL)
        clause_fault(checker, DIAG_INPUT_TYPE, item->name.span, "the right side does not show what kind of value this is", TYPE_HELP);
    return false;
}

static bool fill_input(struct checker *checker, struct symbol *symbol, struct input *input)
{
    if (!find_params(checker, symbol, input) || !find_type(checker, symbol, input, &input->type))
        return false;
    struct input_instance *instances = arena_array(checker->arena, input->instance_count, sizeof *instances);
    bool known = true;
    for (const struct symbol *part = symbol; part; part = part->part)
        known = fill_part(checker, part, input, instances) && known;
    if (!known)
        return false;
    mark_missing(checker, input, instances);
    check_expires(checker, symbol, input, instances);
    input->instances = instances;
    return true;
}

void check_input(struct checker *checker, struct symbol *symbol)
{
    const struct item *item = symbol->item;
    if (!symbol->input)
        symbol->input = arena_alloc(checker->arena, sizeof *symbol->input);
    struct input *input = symbol->input;
    input->name = symbol->name;
    input->span = symbol->span;
    input->text = item->text;
    input->item = item;
    input->as_of = input->expires = NAN;
    for (const struct symbol *part = symbol; part; part = part->part)
        read_clauses(checker, part, input);
    if (!fill_input(checker, symbol, input)) {
        symbol->state = SYMBOL_BROKEN;
        return;
    }
    if (input->varies > 0 && input->instances[0].point_count > 1)
        clause_fault(checker, DIAG_INPUT_CLAUSE, item->value->span, "a path has one draw for all its points", "leave out `varies`");
    check_correlations(checker, symbol, input);
}

// ---- inputs without a statement of their own --------------------------------------------------------------------------------------------

const struct input *hidden_input(struct checker *checker, size_t file, const struct expr *expr, const struct hidden *hidden)
{
    struct input *input = arena_alloc(checker->arena, sizeof *input);
    struct form form = form_for(checker, file, &hidden->type);
    *input = (struct input){.name = hidden->name, .span = expr->span, .type = hidden->type, .param_count = hidden->param_count, .params = hidden->params, .hidden = true};
    input->instance_count = 1;
    for (size_t i = 0; i < hidden->param_count; i++)
        input->instance_count *= hidden->params[i]->count;
    input->as_of = input->expires = NAN;
    if (hidden->set)
        read_form_clauses(hidden->set, &form);
    for (const struct clause *clause = hidden->set ? hidden->set->clauses : NULL; clause; clause = clause->next)
        if (clause->kind == CLAUSE_VARIES)
            check_varies(checker, clause, input);
    if (!make_instances(&form, expr, input))
        return NULL;
    vector_push(checker->arena, &checker->hidden, input);
    return input;
}
