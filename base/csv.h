// Tables of comma-separated values, row by row, in constant memory.
//
// RFC 4180, strictly: fields in quotes may hold commas, quotes (doubled) and line ends. Lines end with LF, CR LF or CR; the text
// is UTF-8, with or without a byte order mark. Lines without anything are skipped. A row that is none says what is wrong with it
// and where, and reading goes on behind it.
//
// Our own rather than libcsv: that one counts no lines, drops blank ones without a word, and calls malloc.
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "base/vector.h"

enum { CSV_ROW_BYTES = 1 << 20, CSV_FIELDS = 1000 }; // the longest row; the most fields of one

struct csv_field {
    struct text text; // valid until the next row
    size_t line;      // where it starts, from 1
};

enum csv_mistake {
    CSV_WELL,
    CSV_QUOTE_INSIDE, // in a field that does not begin with one
    CSV_AFTER_QUOTE,  // text between a closing quote and the comma
    CSV_OPEN_QUOTE,   // never closed
    CSV_NUL,
    CSV_NOT_UTF8,
    CSV_TOO_LONG,     // more than CSV_ROW_BYTES
    CSV_TOO_WIDE,     // more than CSV_FIELDS
};

struct csv_row {
    size_t line, count;
    const struct csv_field *fields;
    enum csv_mistake mistake; // then `fields` are those before and up to the bad one
    size_t bad;               // position of the bad field
};

enum csv_found { CSV_ROW, CSV_END, CSV_UNREADABLE };

// Where the bytes come from. read() puts at most `room` of them there and says how many: 0 at the end, -1 when it cannot read.
struct csv_input {
    long (*read)(void *user, char *bytes, size_t room);
    void *user;
};

struct csv {
    struct csv_input source;
    char *input;
    size_t at, end;
    bool started, unreadable;
    size_t line;
    struct arena *arena;
    struct buffer row;
    VECTOR(struct csv_field) fields;
    VECTOR(size_t) starts; // of the fields in `row`
    enum csv_mistake mistake;
    size_t bad;
};

// Grows on the arena to at most a few times CSV_ROW_BYTES.
struct csv *csv_new(struct arena *arena, struct csv_input source);
enum csv_found csv_next(struct csv *csv, struct csv_row *row);
// "a quote inside a field that does not begin with one", and what to do about it.
const char *csv_mistake_words(enum csv_mistake mistake);
const char *csv_mistake_help(enum csv_mistake mistake);

#endif
