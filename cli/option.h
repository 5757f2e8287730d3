// The command line: which command, which options, which names. Tables: command.def, option.def.
#ifndef CLI_OPTION_H
#define CLI_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum command {
#define COMMAND(id, name, usage, summary, text, examples) COMMAND_##id,
#include "cli/command.def"
#undef COMMAND
    COMMAND_COUNT
};

enum option {
#define OPTION(id, name, letter, argument, commands, help) OPTION_##id,
#include "cli/option.def"
#undef OPTION
    OPTION_COUNT
};

struct given {
    enum option option;
    const char *value; // "" for a switch
};

struct arguments {
    enum command command;
    struct given *given; // in order
    size_t given_count;
    const char **names;  // what is no option
    size_t name_count;
};

struct command_row {
    const char *name, *usage, *summary, *text, *examples;
    int (*run)(const struct arguments *arguments);
};
extern const struct command_row command_table[COMMAND_COUNT];

// Reads the words behind the command. False after a message about the first that does not fit. The arrays are the caller's to
// free with arguments_free, in both cases.
bool arguments_read(struct arguments *arguments, enum command command, int count, char **words);
void arguments_free(struct arguments *arguments);

// The last value given, or NULL.
const char *option_value(const struct arguments *arguments, enum option option);

// "samples"
const char *option_name(enum option option);

// COMMAND_COUNT when there is no such command.
enum command command_named(const char *name);
// The nearest of `names` to `name`, or NULL when none is near. `names` ends with NULL.
const char *nearest_name(const char *name, const char *const *names);
const char *nearest_command(const char *name);

// Help of a part of a command: those of the command's options whose bit is set in `options`, bit i for option number i.
struct help_page {
    const char *usage, *text, *examples;
    uint64_t options;
};
void print_help_page(const struct help_page *page);

void print_command_help(enum command command);
void print_help(void);

#endif
