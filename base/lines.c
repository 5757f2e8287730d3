#include "base/lines.h"

#include <math.h>

#include "base/number.h"

struct text lines_take(struct lines *lines)
{
    struct text line = {lines->rest.at, 0};
    while (line.length < lines->rest.length && line.at[line.length] != '\n')
        line.length++;
    const size_t used = line.length + (line.length < lines->rest.length);
    lines->rest.at += used;
    lines->rest.length -= used;
    lines->line++;
    if (line.length > 0 && line.at[line.length - 1] == '\r')
        line.length--;
    return line;
}

struct text word_take(struct text *line)
{
    struct text word = {line->at, 0};
    while (word.length < line->length && word.at[word.length] != ' ')
        word.length++;
    const size_t used = word.length + (word.length < line->length);
    line->at += used;
    line->length -= used;
    return word;
}

bool word_take_number(struct text *line, double *value)
{
    struct text word = word_take(line);
    const bool minus = word.length > 0 && word.at[0] == '-';
    if (minus)
        word.at++, word.length--;
    if (!number_read(word, value) || !isfinite(*value))
        return false;
    *value = minus ? -*value : *value;
    return true;
}

bool word_take_whole(struct text *line, double most, size_t *value)
{
    double number;
    if (!word_take_number(line, &number) || !(number >= 0 && number <= most) || floor(number) != number)
        return false;
    *value = (size_t)number;
    return true;
}
