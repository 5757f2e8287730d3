#include "dsl/unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/vector.h"
#include "dsl/unit_system.h"

enum { POWER_MAX = 100 }; // of one factor of a unit, as written
enum { BASE_TIME, BASE_MASS, BASE_LENGTH }; // the first rows of unit.def

enum prefix_set {
    PREFIXES_NONE = 0,
    PREFIXES_METRIC = 1,
    PREFIXES_THOUSANDS = 2,
    PREFIXES_LARGE = 4,
    PREFIXES_BINARY = 8,
};

struct prefix {
    const char *symbol, *word;
    double multiply, divide;
    unsigned sets;
};

enum { SMALL = PREFIXES_METRIC | PREFIXES_THOUSANDS, LARGE = SMALL | PREFIXES_LARGE | PREFIXES_BINARY };

// The first row of a symbol is how it is printed.
static const struct prefix prefixes[] = {
    {"k", "kilo", 1e3, 1, LARGE},
    {"M", "mega", 1e6, 1, LARGE},
    {"G", "giga", 1e9, 1, LARGE},
    {"T", "tera", 1e12, 1, LARGE},
    {"P", "peta", 1e15, 1, LARGE},
    {"E", "exa", 1e18, 1, LARGE},
    {"Z", "zetta", 1e21, 1, LARGE},
    {"Y", "yotta", 1e24, 1, LARGE},
    {"Ki", "kibi", 1024, 1, PREFIXES_BINARY},
    {"Mi", "mebi", 1048576, 1, PREFIXES_BINARY},
    {"Gi", "gibi", 1073741824, 1, PREFIXES_BINARY},
    {"Ti", "tebi", 1099511627776, 1, PREFIXES_BINARY},
    {"Pi", "pebi", 1125899906842624, 1, PREFIXES_BINARY},
    {"Ei", "exbi", 1152921504606846976, 1, PREFIXES_BINARY},
    {"d", "deci", 1, 10, PREFIXES_METRIC},
    {"c", "centi", 1, 100, PREFIXES_METRIC},
    {"m", "milli", 1, 1e3, SMALL},
    {"u", "micro", 1, 1e6, SMALL},
    {"\xC2\xB5", "micro", 1, 1e6, SMALL}, // micro sign
    {"\xCE\xBC", "micro", 1, 1e6, SMALL}, // Greek mu
    {"n", "nano", 1, 1e9, SMALL},
    {"p", "pico", 1, 1e12, SMALL},
    {"f", "femto", 1, 1e15, SMALL},
    {"a", "atto", 1, 1e18, SMALL},
    {"z", "zepto", 1, 1e21, SMALL},
    {"y", "yocto", 1, 1e24, SMALL},
};
enum { PREFIX_COUNT = sizeof prefixes / sizeof *prefixes };

struct unit_row {
    bool base;
    const char *name, *words;
    double multiply, divide;
    const char *of;
    unsigned sets;
};
static const struct unit_row rows[] = {
#define BASE(name, words) {true, name, words, 1, 1, "", PREFIXES_NONE},
#define UNIT(name, words, multiply, divide, of, prefixes) {false, name, words, multiply, divide, of, prefixes},
#include "dsl/unit.def"
#undef BASE
#undef UNIT
};
enum { ROW_COUNT = sizeof rows / sizeof *rows };

// ---- dimensions --------------------------------------------------------------------------------------------------------

// The one of its kind, so that dimensions compare by pointer.
static const struct dimension *units_intern(struct unit_system *units, const struct dimension *dimension)
{
    struct text key = {(const char *)dimension->power, sizeof dimension->power};
    const struct dimension *known = map_get(&units->dimensions, key);
    if (known != NULL)
        return known;
    struct dimension *copy = arena_alloc(units->arena, sizeof *copy);
    *copy = *dimension;
    map_put(&units->dimensions, (struct text){(const char *)copy->power, sizeof copy->power}, copy);
    return copy;
}

const struct dimension *dimension_none(struct unit_system *units)
{
    return units->none;
}

// Powers beyond what a short holds mean nothing to anybody; they are kept at the end of the range.
static short short_power(long power)
{
    return (short)(power > 32000 ? 32000 : power < -32000 ? -32000 : power);
}

const struct dimension *dimension_product(struct unit_system *units, const struct dimension *a, const struct dimension *b, int sign)
{
    struct dimension product;
    for (size_t i = 0; i < LIMIT_DIMENSIONS; i++)
        product.power[i] = short_power((long)a->power[i] + (long)sign * b->power[i]);
    return units_intern(units, &product);
}

const struct dimension *dimension_power(struct unit_system *units, const struct dimension *a, int numerator, int denominator)
{
    struct dimension result;
    for (size_t i = 0; i < LIMIT_DIMENSIONS; i++) {
        long power = (long)a->power[i] * numerator;
        if (power % denominator != 0 || labs(power / denominator) > 32000)
            return NULL;
        result.power[i] = (short)(power / denominator);
    }
    return units_intern(units, &result);
}

bool dimension_is_time(const struct unit_system *units, const struct dimension *dimension)
{
    return dimension == units->time;
}

bool dimension_is_rate(const struct unit_system *units, const struct dimension *dimension)
{
    (void)units;
    int mass = dimension->power[BASE_MASS], time = dimension->power[BASE_TIME];
    bool energy = mass != 0 && dimension->power[BASE_LENGTH] == 2 * mass; // kg m^2 s^-2 is a stock
    return time + (energy ? 2 * mass : 0) < 0;
}

// ---- names of units ----------------------------------------------------------------------------------------------------

static struct unit_entry *entry_of(const struct unit_system *units, struct text word)
{
    return map_get(&units->words, word);
}

static void name_entry(struct unit_system *units, struct text word, struct unit_entry *entry)
{
    map_put(&units->words, word, entry);
    vector_push(units->arena, &units->names, word);
}

static struct unit_entry *entry_new(struct unit_system *units, struct text name, const struct dimension *dimension, double multiply, double divide)
{
    struct unit_entry *entry = arena_alloc(units->arena, sizeof *entry);
    entry->unit = (struct unit){.name = name, .dimension = dimension, .multiply = multiply, .divide = divide};
    return entry;
}

static struct unit_entry *add_base(struct unit_system *units, struct text name)
{
    struct dimension dimension = {0};
    dimension.power[units->base_count] = POWER_SCALE;
    units->base_names[units->base_count++] = name;
    struct unit_entry *entry = entry_new(units, name, units_intern(units, &dimension), 1, 1);
    entry->base = true;
    name_entry(units, name, entry);
    return entry;
}

// `home` has the plural `homes`; H100e and EUR have none.
static bool is_common_noun(struct text name)
{
    for (size_t i = 0; i < name.length; i++)
        if (name.at[i] < 'a' || name.at[i] > 'z')
            return false;
    return name.length > 1 && name.at[name.length - 1] != 's';
}

static void add_plural(struct unit_system *units, struct text name, struct unit_entry *entry)
{
    struct text plural = text_of(arena_printf(units->arena, "%.*ss", TEXT_ARGS(name)));
    if (units_word(units, plural, false) == NULL)
        name_entry(units, plural, entry);
}

const struct unit *units_add_base(struct unit_system *units, struct text name, const struct unit **taken)
{
    *taken = units_word(units, name, false);
    if (*taken != NULL || units->base_count == LIMIT_DIMENSIONS)
        return NULL;
    struct unit_entry *entry = add_base(units, name);
    if (is_common_noun(name))
        add_plural(units, name, entry);
    return &entry->unit;
}

const struct unit *units_add_derived(struct unit_system *units, struct text name, double value, const struct unit *unit, const struct unit **taken)
{
    *taken = units_word(units, name, false);
    if (*taken != NULL)
        return NULL;
    struct unit_entry *entry = entry_new(units, name, unit->dimension, value * unit->multiply, unit->divide);
    name_entry(units, name, entry);
    return &entry->unit;
}

// The next word of a list separated by blanks; empty at its end.
static struct text next_word(struct text *rest)
{
    while (rest->length > 0 && *rest->at == ' ')
        *rest = (struct text){rest->at + 1, rest->length - 1};
    struct text word = {rest->at, 0};
    while (word.length < rest->length && word.at[word.length] != ' ')
        word.length++;
    *rest = (struct text){rest->at + word.length, rest->length - word.length};
    return word;
}

static bool in_list(struct text list, struct text word)
{
    for (struct text next = next_word(&list); next.length > 0; next = next_word(&list))
        if (text_equal(next, word))
            return true;
    return false;
}

// "m^-2": only in our own table, so it is well formed.
static const struct dimension *row_factor(struct unit_system *units, struct text factor)
{
    const char *caret = memchr(factor.at, '^', factor.length);
    size_t length = caret == NULL ? factor.length : (size_t)(caret - factor.at);
    const struct unit_entry *entry = entry_of(units, (struct text){factor.at, length});
    return dimension_power(units, entry->unit.dimension, caret == NULL ? 1 : (int)strtol(caret + 1, NULL, 10), 1);
}

static const struct dimension *row_dimension(struct unit_system *units, const char *of)
{
    const struct dimension *dimension = units->none;
    struct text rest = text_of(of);
    for (struct text factor = next_word(&rest); factor.length > 0; factor = next_word(&rest))
        dimension = dimension_product(units, dimension, row_factor(units, factor), 1);
    return dimension;
}

static void add_row(struct unit_system *units, const struct unit_row *row)
{
    struct text name = text_of(row->name);
    struct unit_entry *entry = entry_of(units, name);
    if (entry == NULL && row->base)
        entry = add_base(units, name);
    if (entry == NULL) {
        entry = entry_new(units, name, row_dimension(units, row->of), row->multiply, row->divide);
        name_entry(units, name, entry);
    }
    entry->words = row->words[0] == '\0' ? entry->words : row->words;
    entry->sets |= row->sets;
    struct text rest = text_of(row->words);
    for (struct text word = next_word(&rest); word.length > 0; word = next_word(&rest))
        if (entry_of(units, word) == NULL)
            name_entry(units, word, entry);
}

struct unit_system *units_new(struct arena *arena)
{
    struct unit_system *units = arena_alloc(arena, sizeof *units);
    units->arena = arena;
    units->words = map_on(arena);
    units->dimensions = map_on(arena);
    units->none = units_intern(units, &(struct dimension){0});
    units->plain = (struct unit){.name = TEXT(""), .dimension = units->none, .multiply = 1, .divide = 1};
    for (size_t i = 0; i < ROW_COUNT; i++)
        add_row(units, &rows[i]);
    units->time = entry_of(units, TEXT("s"))->unit.dimension;
    return units;
}

bool unit_is_base(const struct unit_system *units, const struct unit *unit)
{
    const struct unit_entry *entry = entry_of(units, unit->name);
    return entry != NULL && entry->base && &entry->unit == unit;
}

// ---- words -------------------------------------------------------------------------------------------------------------

static struct unit_entry *with_prefix(struct unit_system *units, struct text word, const struct prefix *prefix, bool is_long)
{
    struct text start = text_of(is_long ? prefix->word : prefix->symbol);
    if (word.length <= start.length || memcmp(word.at, start.at, start.length) != 0)
        return NULL;
    struct text rest = {word.at + start.length, word.length - start.length};
    struct unit_entry *entry = entry_of(units, rest);
    if (entry == NULL || (entry->sets & prefix->sets) == 0)
        return NULL;
    bool fits = is_long ? entry->words != NULL && in_list(text_of(entry->words), rest) : text_equal(entry->unit.name, rest);
    if (!fits)
        return NULL;
    struct text name = text_of(arena_printf(units->arena, "%s%.*s", prefix->symbol, TEXT_ARGS(entry->unit.name)));
    return entry_new(units, name, entry->unit.dimension, entry->unit.multiply * prefix->multiply, entry->unit.divide * prefix->divide);
}

const struct unit *units_word(struct unit_system *units, struct text word, bool alone)
{
    if (alone && word.length < 2)
        return NULL;
    struct unit_entry *entry = entry_of(units, word);
    for (size_t i = 0; i < PREFIX_COUNT && entry == NULL; i++) {
        entry = with_prefix(units, word, &prefixes[i], false);
        if (entry == NULL)
            entry = with_prefix(units, word, &prefixes[i], true);
        if (entry != NULL)
            map_put(&units->words, text_copy(units->arena, word), entry);
    }
    return entry == NULL ? NULL : &entry->unit;
}

struct text units_nearest(const struct unit_system *units, struct text word)
{
    struct text best = TEXT("");
    size_t limit = word.length < 4 ? 1 : 2, nearest = limit + 1;
    for (size_t i = 0; i < units->names.count; i++) {
        size_t distance = text_distance(word, units->names.at[i], limit);
        if (distance < nearest && units->names.at[i].length > 1) {
            nearest = distance;
            best = units->names.at[i];
        }
    }
    return best;
}

// ---- unit expressions --------------------------------------------------------------------------------------------------

static void times(double *factor, double by, int power)
{
    for (int i = 0; i < power; i++)
        *factor *= by;
}

static void multiply_in(struct unit_system *units, struct unit *product, const struct unit *factor, int power)
{
    product->dimension = dimension_product(units, product->dimension, factor->dimension, power);
    times(&product->multiply, power > 0 ? factor->multiply : factor->divide, abs(power));
    times(&product->divide, power > 0 ? factor->divide : factor->multiply, abs(power));
}

static void write_factor(struct buffer *name, struct text word, int power)
{
    buffer_add(name, word);
    if (power != 1)
        buffer_printf(name, "^%d", power);
}

// "chip*mm/year": what multiplies first, then what divides.
static struct text name_of(struct unit_system *units, const struct unit_expr *expr, const struct unit *const *words)
{
    struct buffer name = buffer_on(units->arena);
    for (size_t i = 0; i < expr->count; i++)
        if (expr->factors[i].power > 0) {
            buffer_add_string(&name, name.length > 0 ? "*" : "");
            write_factor(&name, words[i]->name, expr->factors[i].power);
        }
    if (name.length == 0)
        buffer_add_char(&name, '1');
    for (size_t i = 0; i < expr->count; i++)
        if (expr->factors[i].power < 0) {
            buffer_add_char(&name, '/');
            write_factor(&name, words[i]->name, -expr->factors[i].power);
        }
    return buffer_text(&name);
}

const struct unit *units_of(struct unit_system *units, const struct unit_expr *expr, const struct unit_factor **bad)
{
    *bad = NULL;
    if (expr->count == 0)
        return &units->plain;
    const struct unit **words = arena_array(units->arena, expr->count, sizeof *words);
    struct unit product = units->plain;
    for (size_t i = 0; i < expr->count; i++) {
        const struct unit_factor *factor = &expr->factors[i];
        words[i] = units_word(units, factor->word, false);
        if (words[i] == NULL || abs(factor->power) > POWER_MAX) {
            *bad = factor;
            return NULL;
        }
        multiply_in(units, &product, words[i], factor->power);
    }
    if (expr->count == 1 && expr->factors[0].power == 1)
        return words[0];
    product.name = name_of(units, expr, words);
    struct unit *unit = arena_alloc(units->arena, sizeof *unit);
    *unit = product;
    return unit;
}

double unit_to_base(const struct unit *unit, double value)
{
    return value * unit->multiply / unit->divide;
}

double unit_from_base(const struct unit *unit, double value)
{
    return value * unit->divide / unit->multiply;
}
