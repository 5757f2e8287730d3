// crux explain: what the code of a message means.
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

static int explain(const char *code)
{
    char room[8];
    const char *text = crux_explain(in_capitals(code, room));
    if (text) {
        print_page(text);
        return EXIT_AS_EXPECTED;
    }
    const char *near = nearest_code(code);
    fprintf(stderr, "crux: there is nothing to explain about `%s`\n", code);
    if (near)
        fprintf(stderr, "  help: %s is near; `crux explain` lists all codes\n", near);
    else
        fputs("  help: `crux explain` lists all codes\n", stderr);
    return EXIT_UNTRUSTED;
}

int run_explain(const struct arguments *arguments)
{
    if (arguments->name_count == 0)
        return list_codes();
    int worst = EXIT_AS_EXPECTED;
    for (size_t i = 0; i < arguments->name_count; i++) {
        if (i > 0)
            putchar('\n');
        const int code = explain(arguments->names[i]);
        worst = code > worst ? code : worst;
    }
    return worst;
}
