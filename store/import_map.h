// How to read a table that is not in our form: one statement that says what stands for each of our columns.
//
//     subject = epoch.{Chip type}, quantity = units, central = {Units (median)}, unit = chip,
//     valid_date = {Start date} .. {End date}, known_from = 2026-09-25, source_id = epoch_2026, basis = stated
//
// {Name} stands for what a row has in that column, everything else for itself. {Name as m/d/y} reads a date in that order, also
// d/m/y. A value that holds a comma stands in quotes.
#ifndef STORE_IMPORT_MAP_H
#define STORE_IMPORT_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct cell;
struct csv_row;
struct import;

enum date_order { DATE_AS_IT_IS, DATE_MONTH_FIRST, DATE_DAY_FIRST };

// A piece of a value: fixed text, or a column.
struct map_piece {
    struct text text; // the column's name
    bool is_column;
    enum date_order order;
};

struct map_value {
    bool given;
    struct map_piece *pieces;
    size_t count;
};

struct mapping {
    struct map_value values[12]; // by enum column
};

// NULL, and *reason and *help, when the statement cannot be understood.
struct mapping *mapping_read(struct arena *arena, struct text statement, const char **reason, const char **help);

// Whether the table being read has every column that the mapping names; notes a mistake for each it has not.
bool mapping_fits(struct import *import, const struct mapping *mapping);

// The row in our columns. False when it says nothing at all.
bool mapping_apply(struct import *import, const struct mapping *mapping, const struct csv_row *row, struct cell *cells);

#endif
