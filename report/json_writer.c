#include "report/json_writer.h"

#include <inttypes.h>
#include <math.h>

#include "base/buffer.h"
#include "base/number.h"
#include "report/escape.h"

static void new_line(struct json *json)
{
    buffer_add_char(json->out, '\n');
    buffer_repeat(json->out, ' ', (size_t)json->depth * 2);
}

static void start_value(struct json *json, const char *key)
{
    if (!json->first)
        buffer_add_char(json->out, ',');
    if (json->depth > 0 && !json->inside)
        new_line(json);
    else if (!json->first)
        buffer_add_char(json->out, ' ');
    json->first = false;
    if (!key)
        return;
    escape_json(json->out, text_of(key));
    buffer_add_string(json->out, ": ");
}

void json_open(struct json *json, const char *key, char bracket)
{
    start_value(json, key);
    buffer_add_char(json->out, bracket);
    json->depth++;
    json->first = true;
}

void json_close(struct json *json, char bracket)
{
    json->depth--;
    if (!json->first)
        new_line(json);
    buffer_add_char(json->out, bracket);
    json->first = false;
}

void json_text(struct json *json, const char *key, struct text value)
{
    start_value(json, key);
    escape_json(json->out, value);
}

void json_string(struct json *json, const char *key, const char *value)
{
    if (value)
        json_text(json, key, text_of(value));
    else
        json_null(json, key);
}

void json_number(struct json *json, const char *key, double value)
{
    start_value(json, key);
    if (isfinite(value))
        number_write_exact(json->out, value);
    else
        buffer_add_string(json->out, "null");
}

void json_count(struct json *json, const char *key, uint64_t value)
{
    start_value(json, key);
    buffer_printf(json->out, "%" PRIu64, value);
}

void json_truth(struct json *json, const char *key, bool value)
{
    start_value(json, key);
    buffer_add_string(json->out, value ? "true" : "false");
}

void json_null(struct json *json, const char *key)
{
    start_value(json, key);
    buffer_add_string(json->out, "null");
}

void json_numbers(struct json *json, const char *key, const double *values, size_t count)
{
    start_value(json, key);
    buffer_add_char(json->out, '[');
    json->first = json->inside = true;
    for (size_t i = 0; i < count; i++)
        json_number(json, NULL, values[i]);
    json->first = json->inside = false;
    buffer_add_char(json->out, ']');
}
