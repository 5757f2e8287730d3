// crux fmt: files in the canonical layout.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/run.h"

struct formatting {
    struct crux_session *crux;
    const struct arguments *arguments;
    bool check_only;
    int code;
};

struct text_buffer {
    char *at;
    size_t length;
};

static bool keep(void *user, const char *bytes, size_t length)
{
    struct text_buffer *buffer = user;
    char *more = realloc(buffer->at, buffer->length + length + 1);
    if (!more)
        return false;
    memcpy(more + buffer->length, bytes, length);
    buffer->at = more;
    buffer->length += length;
    return true;
}

static void fail(struct formatting *formatting)
{
    if (crux_diagnostic_count(formatting->crux) == 0 ||
        crux_write_diagnostics(formatting->crux, colour_for(formatting->arguments, STDERR_FILENO), &standard_error) != CRUX_OK)
        print_message(formatting->crux);
    formatting->code = EXIT_UNTRUSTED;
}

static bool replace(const char *name, const struct text_buffer *text)
{
    struct output_file output;
    if (!output_open(&output, name))
        return false;
    const struct crux_writer writer = output_writer(&output);
    return output_close(&output, writer.write(writer.user, text->at, text->length));
}

static void note(struct formatting *formatting, int code)
{
    if (code > formatting->code)
        formatting->code = code;
}

static void settle(struct formatting *formatting, const char *name, bool changed, const struct text_buffer *text)
{
    if (strcmp(name, "-") == 0 && !formatting->check_only) {
        fwrite(text->at, 1, text->length, stdout);
        return;
    }
    if (!changed)
        return;
    if (formatting->check_only) {
        printf("%s\n", name);
        note(formatting, EXIT_UNEXPECTED);
    } else if (!replace(name, text)) {
        note(formatting, EXIT_UNTRUSTED);
    }
}

static bool format_file(void *user, const char *name)
{
    struct formatting *formatting = user;
    const bool piped = strcmp(name, "-") == 0;
    const char *bytes;
    size_t length;
    if (crux_read_file(formatting->crux, piped ? "/dev/stdin" : name, &bytes, &length) != CRUX_OK) {
        fail(formatting);
        return true;
    }
    char *before = malloc(length + 1);
    struct text_buffer after = {malloc(1), 0};
    if (!before || !after.at) {
        fputs("crux: there is not enough memory\n", stderr);
        formatting->code = EXIT_UNTRUSTED;
    } else {
        memcpy(before, bytes, length);
        const struct crux_writer writer = {keep, &after};
        if (crux_format(formatting->crux, piped ? "standard-input" : name, before, length, &writer) != CRUX_OK)
            fail(formatting);
        else
            settle(formatting, name, after.length != length || memcmp(before, after.at, length) != 0, &after);
    }
    free(before);
    free(after.at);
    return true;
}

static void format_name(struct formatting *formatting, const char *name)
{
    if (strcmp(name, "-") == 0)
        format_file(formatting, name);
    else if (crux_list(formatting->crux, name, format_file, formatting) != CRUX_OK)
        fail(formatting);
}

int run_fmt(const struct arguments *arguments)
{
    if (arguments->name_count == 0 && !have_default_folder("fmt"))
        return EXIT_UNTRUSTED;
    struct formatting formatting = {
        .crux = crux_open(NULL), .arguments = arguments, .check_only = option_value(arguments, OPTION_CHECK_ONLY) != NULL};
    if (!formatting.crux) {
        fputs("crux: there is not enough memory\n", stderr);
        return EXIT_UNTRUSTED;
    }
    if (arguments->name_count == 0)
        format_name(&formatting, "claims");
    for (size_t i = 0; i < arguments->name_count; i++)
        format_name(&formatting, arguments->names[i]);
    crux_close(formatting.crux);
    return formatting.code;
}
