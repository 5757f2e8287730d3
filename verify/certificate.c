#include "verify/certificate.h"

#include "base/buffer.h"
#include "base/lines.h"

struct reader {
    struct arena *arena;
    struct lines lines;
    struct certificate *certificate;
    const char *message;
};

static bool wrong(struct reader *reader, const char *what)
{
    if (reader->message == NULL)
        reader->message = arena_printf(reader->arena, "line %zu: %s", reader->lines.line, what);
    return false;
}

// ---- statements -------------------------------------------------------------------------------------------------------------

static struct certificate_claim *last_claim(struct reader *reader)
{
    struct certificate *certificate = reader->certificate;
    return certificate->claims.count > 0 ? &certificate->claims.at[certificate->claims.count - 1] : NULL;
}

static bool read_axis(struct reader *reader, struct certificate_claim *claim, struct text line)
{
    struct certificate_axis axis = {.kind = AXIS_OF_VALUE};
    if (claim->leaf_count > 0)
        return wrong(reader, "an axis behind the first leaf");
    if (claim->axes.count >= CERTIFICATE_AXES)
        return wrong(reader, "more axes than a certificate may have");
    if (!word_take_whole(&line, 1e9, &axis.input))
        return wrong(reader, "an axis starts with the number of its input");
    const struct text kind = word_take(&line);
    if (text_is(kind, "probability"))
        axis.kind = AXIS_OF_PROBABILITY;
    else if (text_is(kind, "choice"))
        axis.kind = AXIS_OF_CHOICE;
    else if (!text_is(kind, "value"))
        return wrong(reader, "an axis is one of value, probability and choice");
    if (!word_take_number(&line, &axis.low) || !word_take_number(&line, &axis.high) || !(axis.low <= axis.high))
        return wrong(reader, "an axis has two finite ends, the lower first");
    axis.name = line;
    for (size_t i = 0; i < claim->axes.count; i++)
        if (claim->axes.at[i].input == axis.input && text_equal(claim->axes.at[i].name, axis.name))
            return wrong(reader, "two axes for one input");
    vector_push(reader->arena, &claim->axes, axis);
    return true;
}

static bool read_leaf(struct reader *reader, struct certificate_claim *claim, struct text line)
{
    for (size_t i = 0; i < claim->axes.count; i++) {
        double low, high;
        if (!word_take_number(&line, &low) || !word_take_number(&line, &high) || !(low <= high))
            return wrong(reader, "a leaf has two finite ends for each axis, the lower first");
        if (claim->leaves.count + 2 > CERTIFICATE_DOUBLES)
            return wrong(reader, "more leaves than a certificate may have");
        vector_push(reader->arena, &claim->leaves, low);
        vector_push(reader->arena, &claim->leaves, high);
    }
    if (line.length > 0)
        return wrong(reader, "a leaf has more ends than there are axes");
    claim->leaf_count++;
    return true;
}

static bool read_outcome(struct reader *reader, struct certificate_claim *claim, struct text line)
{
    if (text_is(line, "holds"))
        claim->outcome = OUTCOME_HOLDS;
    else if (text_is(line, "fails"))
        claim->outcome = OUTCOME_FAILS;
    else if (text_is(line, "irrelevant"))
        claim->outcome = OUTCOME_IRRELEVANT;
    else
        return wrong(reader, "an outcome is one of holds, fails and irrelevant");
    return true;
}

static bool read_of_claim(struct reader *reader, struct text word, struct text line)
{
    struct certificate_claim *claim = last_claim(reader);
    if (text_is(word, "in"))
        claim->file = line;
    else if (text_is(word, "under"))
        claim->scenario = line;
    else if (text_is(word, "taking"))
        claim->forecast = line;
    else if (text_is(word, "outcome"))
        return read_outcome(reader, claim, line);
    else if (text_is(word, "axis"))
        return read_axis(reader, claim, line);
    else if (text_is(word, "leaf"))
        return read_leaf(reader, claim, line);
    else
        return wrong(reader, "not a statement about a claim: in, under, taking, outcome, axis, leaf");
    return true;
}

static bool read_of_run(struct reader *reader, struct text word, struct text line)
{
    struct certificate *certificate = reader->certificate;
    if (text_is(word, "file"))
        vector_push(reader->arena, &certificate->files, line);
    else if (text_is(word, "set"))
        vector_push(reader->arena, &certificate->sets, line);
    else if (text_is(word, "forecast"))
        certificate->forecast = line;
    else if (text_is(word, "scenario"))
        certificate->scenario = line;
    else if (text_is(word, "vintage"))
        certificate->vintage = line;
    else if (text_is(word, "data"))
        certificate->data = line;
    else
        return wrong(reader, "not a statement about a run: file, set, forecast, scenario, vintage, data, claim");
    return true;
}

static bool read_line(struct reader *reader, struct text line)
{
    const struct text word = word_take(&line);
    if (text_is(word, "claim")) {
        const struct certificate_claim claim = {.name = line, .line = reader->lines.line};
        vector_push(reader->arena, &reader->certificate->claims, claim);
        return true;
    }
    return last_claim(reader) != NULL ? read_of_claim(reader, word, line) : read_of_run(reader, word, line);
}

bool certificate_read(struct arena *arena, struct text text, struct certificate *certificate, const char **message)
{
    struct reader reader = {.arena = arena, .lines.rest = text, .certificate = certificate};
    bool ended = false;
    *certificate = (struct certificate){0};
    if (!text_is(lines_take(&reader.lines), "crux certificate 1"))
        wrong(&reader, "not a certificate: it would start with `crux certificate 1`");
    while (reader.message == NULL && reader.lines.rest.length > 0) {
        const struct text line = lines_take(&reader.lines);
        if (ended && line.length > 0)
            wrong(&reader, "something behind the end");
        ended = ended || text_is(line, "end");
        if (line.length > 0 && !ended)
            read_line(&reader, line);
    }
    if (reader.message == NULL && !ended)
        wrong(&reader, "it is cut short: the last line would be `end`");
    *message = reader.message;
    return reader.message == NULL;
}
