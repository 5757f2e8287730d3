#include "report/weaken.h"

#include "base/buffer.h"
#include "judge/verdict.h"
#include "report/escape.h"
#include "report/words.h"

void weakening_write(struct layout *layout, struct arena *arena, const struct verdict *verdict)
{
    const struct weakening *weakening = verdict->weakening;
    if (!weakening)
        return;
    struct buffer out = buffer_on(arena);
    buffer_add_string(&out, "would hold: ");
    escape_terminal(&out, text_of(weakening->change));
    buffer_add_string(&out, " (supported, ");
    words_percent(&out, weakening->probability.lower, 0);
    buffer_add_string(&out, ")");
    layout_field(layout, "weaker", buffer_text(&out));
}
