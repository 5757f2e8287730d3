#include "dsl/distribution.h"

const struct law_row law_table[LAW_COUNT] = {
#define LAW(id, text, low, high, doc) {#id, text, low, high, doc},
#include "dsl/distribution.def"
#undef LAW
};

enum law law_named(struct text name)
{
    for (enum law law = 0; law < LAW_COUNT; law++)
        if (law_table[law].text[0] && text_is(name, law_table[law].text))
            return law;
    return LAW_COUNT;
}

bool law_bounds_only(enum law law)
{
    return law == LAW_BOUNDS || law == LAW_POSSIBLE;
}
