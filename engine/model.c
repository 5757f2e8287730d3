#include "engine/model.h"

#include "base/buffer.h"
#include "base/number.h"

static void write_code(struct buffer *buffer, const struct model *model, size_t i)
{
    const struct instruction *code = &model->code[i];
    buffer_printf(buffer, "%zu = ", i);
    if (code->op == CODE_CONST) {
        number_write(buffer, code->constant, 6);
    } else if (code->op == CODE_COLUMN) {
        buffer_printf(buffer, "column %u ", (unsigned)code->a);
        buffer_add(buffer, model->columns[code->a].name);
    } else {
        buffer_printf(buffer, "%s %u", op_table[code->op].id, (unsigned)code->a);
        if (code->b != NO_VALUE)
            buffer_printf(buffer, " %u", (unsigned)code->b);
        if (code->c != NO_VALUE)
            buffer_printf(buffer, " %u", (unsigned)code->c);
    }
    buffer_add_char(buffer, '\n');
}

void model_print(struct buffer *buffer, const struct model *model)
{
    for (size_t i = 0; i < model->count; i++)
        write_code(buffer, model, i);
    for (size_t i = 0; i < model->question_count; i++) {
        const struct question *question = &model->questions[i];
        buffer_printf(buffer, "claim %.*s: assumed %u premise %u exception %u conclusion %u\n", TEXT_ARGS(question->claim->name),
                      (unsigned)question->assumed, (unsigned)question->premise, (unsigned)question->exception, (unsigned)question->conclusion);
    }
}
