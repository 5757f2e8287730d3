#include "cli/option.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/run.h"

struct option_row {
    const char *name;
    char letter;
    const char *argument;
    unsigned commands; // bit i: command number i
    const char *help;
};

#define COMMAND(id, name, usage, summary, text, examples) enum { id = 1u << COMMAND_##id };
#include "cli/command.def"
#undef COMMAND

static const struct option_row option_table[OPTION_COUNT] = {
#define OPTION(id, name, letter, argument, commands, help) {name, letter, argument, commands, help},
#include "cli/option.def"
#undef OPTION
};

const struct command_row command_table[COMMAND_COUNT] = {
#define COMMAND(id, name, usage, summary, text, examples) {#name, usage, summary, text, examples, run_##name},
#include "cli/command.def"
#undef COMMAND
};

// ---- near names ----------------------------------------------------------------------------------------------------------------

static size_t least(size_t a, size_t b, size_t c)
{
    const size_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

// Levenshtein distance; long names count as far apart.
static size_t distance(const char *a, const char *b)
{
    enum { LONGEST = 40 };
    const size_t rows = strlen(a), columns = strlen(b);
    if (rows > LONGEST || columns > LONGEST)
        return LONGEST;
    size_t line[LONGEST + 1];
    for (size_t j = 0; j <= columns; j++)
        line[j] = j;
    for (size_t i = 1; i <= rows; i++) {
        size_t diagonal = line[0];
        line[0] = i;
        for (size_t j = 1; j <= columns; j++) {
            const size_t above = line[j];
            line[j] = least(above + 1, line[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
            diagonal = above;
        }
    }
    return line[columns];
}

const char *nearest_name(const char *name, const char *const *names)
{
    const size_t length = strlen(name);
    size_t best = length / 3 > 1 ? length / 3 + 1 : 2;
    const char *nearest = NULL;
    for (; *names; names++) {
        const size_t far = distance(name, *names);
        if (far < best) {
            best = far;
            nearest = *names;
        }
    }
    return nearest;
}

const char *nearest_command(const char *name)
{
    const char *names[COMMAND_COUNT + 1] = {0};
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        names[i] = command_table[i].name;
    return nearest_name(name, names);
}

enum command command_named(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(command_table[i].name, name) == 0)
            return (enum command)i;
    return COMMAND_COUNT;
}

// ---- reading -------------------------------------------------------------------------------------------------------------------

static bool takes(enum command command, size_t option)
{
    return (option_table[option].commands >> command & 1) != 0;
}

static void unknown_option(enum command command, const char *word, size_t length)
{
    char name[64] = "";
    snprintf(name, sizeof name, "%.*s", (int)(length < 63 ? length : 63), word);
    const char *names[OPTION_COUNT + 1] = {0};
    size_t count = 0;
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (takes(command, i))
            names[count++] = option_table[i].name;
    const char *near = nearest_name(name, names);
    fprintf(stderr, "crux: `crux %s` has no option --%s\n", command_table[command].name, name);
    if (near)
        fprintf(stderr, "  help: --%s is near; `crux %s --help` lists all\n", near, command_table[command].name);
    else
        fprintf(stderr, "  help: `crux %s --help` lists the options\n", command_table[command].name);
}

static size_t option_named(enum command command, const char *name, size_t length)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (takes(command, i) && strlen(option_table[i].name) == length && strncmp(option_table[i].name, name, length) == 0)
            return i;
    return OPTION_COUNT;
}

static size_t option_lettered(enum command command, char letter)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (takes(command, i) && option_table[i].letter == letter)
            return i;
    return OPTION_COUNT;
}

// Adds the option; its value is `attached` or the next word, which it steps over.
static bool give(struct arguments *arguments, size_t option, const char *attached, char ***word, char **end)
{
    const struct option_row *row = &option_table[option];
    const bool wants_value = row->argument[0] != '\0';
    if (!wants_value && attached) {
        fprintf(stderr, "crux: --%s takes no value\n  help: write --%s alone\n", row->name, row->name);
        return false;
    }
    if (wants_value && !attached) {
        if (*word + 1 == end) {
            fprintf(stderr, "crux: --%s needs a value\n  help: write --%s %s\n", row->name, row->name, row->argument);
            return false;
        }
        attached = *++*word;
    }
    arguments->given[arguments->given_count++] = (struct given){(enum option)option, wants_value ? attached : ""};
    return true;
}

static bool read_long(struct arguments *arguments, char ***word, char **end)
{
    const char *name = **word + 2;
    const size_t length = strcspn(name, "=");
    const size_t option = option_named(arguments->command, name, length);
    if (option == OPTION_COUNT) {
        unknown_option(arguments->command, name, length);
        return false;
    }
    return give(arguments, option, name[length] == '=' ? name + length + 1 : NULL, word, end);
}

static bool read_short(struct arguments *arguments, char ***word, char **end)
{
    const char *letters = **word + 1;
    const size_t option = option_lettered(arguments->command, letters[0]);
    if (option == OPTION_COUNT) {
        fprintf(stderr, "crux: `crux %s` has no option -%c\n  help: `crux %s --help` lists the options\n",
                command_table[arguments->command].name, letters[0], command_table[arguments->command].name);
        return false;
    }
    return give(arguments, option, letters[1] != '\0' ? letters + 1 : NULL, word, end);
}

bool arguments_read(struct arguments *arguments, enum command command, int count, char **words)
{
    const size_t room = (size_t)count + 1;
    *arguments = (struct arguments){
        .command = command, .given = calloc(room, sizeof *arguments->given), .names = calloc(room, sizeof *arguments->names)};
    if (!arguments->given || !arguments->names) {
        fputs("crux: there is not enough memory\n", stderr);
        return false;
    }
    char **end = words + count;
    bool only_names = false;
    for (char **word = words; word < end; word++) {
        if (only_names || (*word)[0] != '-' || (*word)[1] == '\0')
            arguments->names[arguments->name_count++] = *word;
        else if (strcmp(*word, "--") == 0)
            only_names = true;
        else if (!((*word)[1] == '-' ? read_long(arguments, &word, end) : read_short(arguments, &word, end)))
            return false;
    }
    return true;
}

void arguments_free(struct arguments *arguments)
{
    free(arguments->given);
    free(arguments->names);
}

const char *option_value(const struct arguments *arguments, enum option option)
{
    const char *value = NULL;
    for (size_t i = 0; i < arguments->given_count; i++)
        if (arguments->given[i].option == option)
            value = arguments->given[i].value;
    return value;
}

const char *option_name(enum option option)
{
    return option_table[option].name;
}

// ---- help ----------------------------------------------------------------------------------------------------------------------

enum { HELP_COLUMN = 24 };

static void print_option(const struct option_row *row)
{
    char left[64];
    const char letter[] = {'-', row->letter, ',', ' ', '\0'};
    int width = snprintf(left, sizeof left, "  %s--%s%s%s", row->letter ? letter : "    ", row->name, row->argument[0] ? " " : "",
                         row->argument);
    if (width + 2 > HELP_COLUMN) {
        printf("%s\n%*s", left, HELP_COLUMN, "");
    } else {
        printf("%-*s", HELP_COLUMN, left);
    }
    for (const char *at = row->help; *at; at++) {
        putchar(*at);
        if (*at == '\n')
            printf("%*s", HELP_COLUMN, "");
    }
    putchar('\n');
}

static void print_exit_codes(void)
{
    fputs("\nExit codes, whatever the options:\n"
          "  0  every claim is as expected\n"
          "  1  at least one is not (or, for fmt --check, a file would change)\n"
          "  2  the run cannot be trusted: mistakes in the input, missing data, nothing\n"
          "     selected, wrong usage, a file that cannot be read or written\n"
          "  3  a mistake in Crux itself\n",
          stdout);
}

void print_help_page(const struct help_page *page)
{
    printf("Usage: %s\n\n%s\nOptions:\n", page->usage, page->text);
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if ((page->options >> i & 1) != 0)
            print_option(&option_table[i]);
    printf("\nExamples:\n%s", page->examples);
    print_exit_codes();
}

void print_command_help(enum command command)
{
    const struct command_row *row = &command_table[command];
    struct help_page page = {.usage = row->usage, .text = row->text, .examples = row->examples};
    for (size_t i = 0; i < OPTION_COUNT; i++)
        page.options |= takes(command, i) ? UINT64_C(1) << i : 0;
    print_help_page(&page);
}

void print_help(void)
{
    fputs("Crux checks policy arguments: a claim file in, verdicts out.\n\nUsage: crux COMMAND [OPTION]... [NAME]...\n\nCommands:\n", stdout);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        printf("  %-10s%s\n", command_table[i].name, command_table[i].summary);
    fputs("\n`crux COMMAND --help` says more about one. `crux --version` prints the version.\n", stdout);
    print_exit_codes();
}
