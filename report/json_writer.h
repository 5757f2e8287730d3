// Writes JSON onto a buffer, indented by two blanks.
//
// Our own rather than a library's: it writes onto an arena that leaves by longjmp when memory runs out, and doubles as the
// shortest text that reads back to the same value whatever the host's locale; no library we may ship does both.
#ifndef REPORT_JSON_WRITER_H
#define REPORT_JSON_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct buffer;

struct json {
    struct buffer *out;
    int depth;
    bool first;  // nothing stands in the innermost object or array yet
    bool inside; // on one line: arrays of numbers
};

// In an object each value has a key; in an array, and at the top, the key is NULL.
void json_open(struct json *json, const char *key, char bracket);  // '{' or '['
void json_close(struct json *json, char bracket);                  // '}' or ']'
void json_text(struct json *json, const char *key, struct text value);
void json_string(struct json *json, const char *key, const char *value); // NULL gives null
void json_number(struct json *json, const char *key, double value);      // NAN and infinities give null: JSON has none
void json_count(struct json *json, const char *key, uint64_t value);
void json_truth(struct json *json, const char *key, bool value);
void json_null(struct json *json, const char *key);
void json_numbers(struct json *json, const char *key, const double *values, size_t count); // on one line

#endif
