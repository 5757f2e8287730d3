// The unit of a product in the author's own words: km times USD is km*USD.
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "dsl/unit_system.h"

enum { FACTORS_MAX = 12 };

struct factors {
    struct unit_system *units;
    size_t count;
    bool many; // more than can be held
    struct {
        struct text word;
        int power;
    } at[FACTORS_MAX];
};

static void add_factor(struct factors *factors, struct text word, int power)
{
    if (word.length == 0 || text_is(word, "1"))
        return;
    for (size_t i = 0; i < factors->count; i++)
        if (text_equal(factors->at[i].word, word)) {
            factors->at[i].power += power;
            return;
        }
    factors->many = factors->many || factors->count == FACTORS_MAX;
    if (factors->many)
        return;
    factors->at[factors->count].word = word;
    factors->at[factors->count++].power = power;
}

// The name of a unit is words with whole powers between `*` and `/`: "USD*hour/km^2".
static void add_name(struct factors *factors, struct text name, int times)
{
    int sign = 1;
    for (size_t i = 0; i < name.length;) {
        size_t end = i;
        while (end < name.length && name.at[end] != '*' && name.at[end] != '/')
            end++;
        struct text word = {name.at + i, end - i};
        const char *caret = memchr(word.at, '^', word.length);
        int power = 1;
        if (caret != NULL) {
            size_t length = (size_t)(caret - word.at);
            power = caret[1] == '(' ? 0 : (int)strtol(caret + 1, NULL, 10);
            factors->many = factors->many || power == 0; // a broken power
            word.length = length;
        }
        add_factor(factors, word, sign * times * power);
        sign = end < name.length && name.at[end] == '/' ? -1 : 1;
        i = end + 1;
    }
}

// km/m or W*hour would make a reader work: two words for one kind of thing.
static bool reads_well(const struct factors *factors)
{
    for (size_t i = 0; i < factors->count; i++) {
        const struct unit *one = units_word(factors->units, factors->at[i].word, false);
        if (one == NULL)
            return false;
        for (size_t k = 0; k < i; k++) {
            const struct unit *other = units_word(factors->units, factors->at[k].word, false);
            if (factors->at[i].power != 0 && factors->at[k].power != 0 && other->dimension == one->dimension)
                return false;
        }
    }
    return !factors->many;
}

static void write_factors(struct buffer *name, const struct factors *factors, int sign)
{
    for (size_t i = 0; i < factors->count; i++) {
        int power = factors->at[i].power * sign;
        if (power <= 0)
            continue;
        if (sign < 0 || name->length > 0)
            buffer_add_char(name, sign < 0 ? '/' : '*');
        buffer_add(name, factors->at[i].word);
        if (power != 1)
            buffer_printf(name, "^%d", power);
    }
}

struct text units_product_name(struct unit_system *units, struct text a, struct text b, int times)
{
    struct factors factors = {.units = units};
    add_name(&factors, a, 1);
    add_name(&factors, b, times);
    if (!reads_well(&factors))
        return TEXT("");
    struct buffer name = buffer_on(units->arena);
    write_factors(&name, &factors, 1);
    if (name.length == 0)
        buffer_add_char(&name, '1');
    write_factors(&name, &factors, -1);
    return buffer_text(&name);
}
