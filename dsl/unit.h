// Units: dimensions as products of powers of base units, one row of unit.def per unit, and the units a program makes.
//
// A unit is a dimension and a factor to base units kept as a quotient, so that 666 mm^2 is one correctly rounded division.
// Prefixes (k, M, G, T, P, E, m, u, n, ...) go with units whose row allows them; plurals and long names are known.
// Units live in a namespace of their own.
#ifndef DSL_UNIT_H
#define DSL_UNIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "dsl/ast.h"
#include "dsl/limits.h"

struct arena;
struct buffer;

enum { POWER_SCALE = 12 }; // powers are stored in twelfths, so that roots stay exact

struct dimension {
    short power[LIMIT_DIMENSIONS];
};

struct unit {
    struct text name;                  // as written: "k wafer/month" is not a unit, "wafer/month" is
    const struct dimension *dimension; // interned
    double multiply, divide;           // value in base units = value * multiply / divide
};

struct unit_system;

struct unit_system *units_new(struct arena *arena);
// A new base unit; NULL when the name is taken (then *taken is the unit that has it) or LIMIT_DIMENSIONS is reached.
const struct unit *units_add_base(struct unit_system *units, struct text name, const struct unit **taken);
// A name for `value` of `unit`; NULL when the name is taken.
const struct unit *units_add_derived(struct unit_system *units, struct text name, double value, const struct unit *unit, const struct unit **taken);

// It has a dimension of its own.
bool unit_is_base(const struct unit_system *units, const struct unit *unit);

// A word as a unit (with prefix, plural, alias), or NULL. `alone` rejects one-letter symbols.
const struct unit *units_word(struct unit_system *units, struct text word, bool alone);
// The nearest known unit name, for the remedy; empty when nothing is near.
struct text units_nearest(const struct unit_system *units, struct text word);
// A unit expression; NULL when a word is unknown, then *bad is the factor.
const struct unit *units_of(struct unit_system *units, const struct unit_expr *expr, const struct unit_factor **bad);

const struct dimension *dimension_none(struct unit_system *units);
const struct dimension *dimension_product(struct unit_system *units, const struct dimension *a, const struct dimension *b, int sign);
// a ^ (numerator / denominator); NULL when a power would not be a twelfth.
const struct dimension *dimension_power(struct unit_system *units, const struct dimension *a, int numerator, int denominator);
bool dimension_is_time(const struct unit_system *units, const struct dimension *dimension);
// Something per time: USD/year, W, GW/year; not USD, J or kg. Energy counts as a thing of its own.
bool dimension_is_rate(const struct unit_system *units, const struct dimension *dimension);

// The name of a product in the words of its factors: of km and USD "km*USD", with times -1 "km/USD", of km twice "km^2". Empty when
// that would not read well (km/m).
struct text units_product_name(struct unit_system *units, struct text a, struct text b, int times);

double unit_to_base(const struct unit *unit, double value);
double unit_from_base(const struct unit *unit, double value);
// The unit to print a quantity of this dimension in when nobody declared one ("USD/year", "1/cm^2", "H100e").
const struct unit *units_natural(struct unit_system *units, const struct dimension *dimension);
// "610k chip/year", "40 %", "0.22 /cm^2", "5" : value in base units, shown in `unit`.
void unit_print(struct buffer *buffer, const struct unit *unit, double value, int digits);
// "USD/year", "a plain number".
void dimension_print(struct buffer *buffer, struct unit_system *units, const struct dimension *dimension);

#endif
