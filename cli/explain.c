// crux explain: how a claim came to its verdict, what an input is and moves, what the code of a message means.
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/run.h"

static int list_codes(void)
{
    for (size_t i = 0; crux_code(i); i++)
        printf("%s  %s\n", crux_code(i), crux_code_title(i));
    return EXIT_AS_EXPECTED;
}

static const char *nearest_code(const char *code)
{
    size_t count = 0;
    while (crux_code(count))
        count++;
    const char **codes = calloc(count + 1, sizeof *codes);
    for (size_t i = 0; codes && i < count; i++)
        codes[i] = crux_code(i);
    const char *near = codes ? nearest_name(code, codes) : NULL;
    free(codes);
    return near;
}

enum { WIDTH = 80 };

// A line of prose, broken between words.
static size_t print_words(const char *line, size_t length, size_t column)
{
    for (size_t at = 0; at < length;) {
        const size_t word = strcspn(line + at, " \n");
        if (column > 0 && column + 1 + word > WIDTH) {
            putchar('\n');
            column = 0;
        } else if (column > 0) {
            putchar(' ');
            column++;
        }
        fwrite(line + at, 1, word, stdout);
        column += word;
        at += word + strspn(line + at + word, " ");
    }
    return column;
}

// Examples are shown set in, as they are; the rest is wrapped for a terminal.
static void print_page(const char *text)
{
    bool example = false;
    size_t column = 0;
    for (const char *line = text + strspn(text, "# "); *line;) {
        const size_t length = strcspn(line, "\n");
        const bool fence = strncmp(line, "```", 3) == 0;
        const bool starts_anew = fence || example || length == 0 || line[0] == '-' || line[0] == '|';
        if (column > 0 && starts_anew) {
            putchar('\n');
            column = 0;
        }
        example = example != fence;
        if (!fence && (example || length == 0))
            printf("%s%.*s\n", length > 0 ? "    " : "", (int)length, line);
        else if (!fence)
            column = print_words(line, length, column);
        line += length + (line[length] == '\n');
    }
    if (column > 0)
        putchar('\n');
}

// Codes are written in capitals; whoever types `e302` means E302.
static const char *in_capitals(const char *code, char room[8])
{
    size_t i = 0;
    for (; i < 7 && code[i]; i++)
        room[i] = (char)toupper((unsigned char)code[i]);
    room[i] = '\0';
    return code[i] ? code : room;
}

static bool explain_code(const char *code)
{
    char room[8];
    const char *text = crux_explain(in_capitals(code, room));
    if (text)
        print_page(text);
    return text != NULL;
}

// E999: it looks like a code, and is none.
static bool looks_like_code(const char *name)
{
    const size_t length = strlen(name);
    return length == 4 && strchr("EWN", name[0]) && strspn(name + 1, "0123456789") == 3;
}

static int no_code(const char *code)
{
    const char *near = nearest_code(code);
    fprintf(stderr, "crux: there is nothing to explain about `%s`\n", code);
    if (near)
        fprintf(stderr, "  help: %s is near; `crux explain` lists all codes\n", near);
    else
        fputs("  help: `crux explain` lists all codes\n", stderr);
    return EXIT_UNTRUSTED;
}

// ---- claims and inputs -----------------------------------------------------------------------------------------------------

static int explain_name(struct crux_session *crux, const struct arguments *arguments)
{
    enum crux_status status = CRUX_OK;
    if (arguments->name_count == 1)
        status = crux_add_file(crux, DEFAULT_FOLDER);
    for (size_t i = 1; i < arguments->name_count && status == CRUX_OK; i++)
        status = add_name(crux, arguments->names[i]);
    if (status == CRUX_OK)
        status = crux_explain_name(crux, arguments->names[0]);
    if (status == CRUX_OK || status == CRUX_REJECTED || status == CRUX_CANCELLED)
        return write_reports(crux, arguments, 0);
    clear_progress();
    print_message(crux);
    return exit_of_status(status);
}

static int explain_codes(const struct arguments *arguments)
{
    int worst = EXIT_AS_EXPECTED;
    for (size_t i = 0; i < arguments->name_count; i++) {
        if (i > 0)
            putchar('\n');
        if (!explain_code(arguments->names[i]))
            worst = no_code(arguments->names[i]);
    }
    return worst;
}

int run_explain(const struct arguments *arguments)
{
    char room[8];
    if (arguments->name_count == 0)
        return list_codes();
    if (crux_explain(in_capitals(arguments->names[0], room)) || looks_like_code(arguments->names[0]))
        return explain_codes(arguments);
    if (arguments->name_count == 1 && !have_default_folder("explain NAME"))
        return EXIT_UNTRUSTED;
    struct crux_session *crux = output_options_are_valid(arguments) ? open_session(arguments) : NULL;
    if (!crux)
        return EXIT_UNTRUSTED;
    const int code = explain_name(crux, arguments);
    crux_close(crux);
    return code;
}
