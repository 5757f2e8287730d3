// crux data: the data store.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/run.h"

// An option as a bit, for the table.
#define BIT(id) (UINT64_C(1) << OPTION_##id)

#define DATA(id, name, usage, summary, options, text, examples) static int data_##name(const struct arguments *arguments);
#include "cli/data.def"
#undef DATA

static const struct data_row {
    const char *name;
    struct help_page page;
    int (*run)(const struct arguments *arguments);
} data_table[] = {
#define DATA(id, name, usage, summary, options, text, examples) {#name, {usage, text, examples, options | BIT(HELP)}, data_##name},
#include "cli/data.def"
#undef DATA
#undef BIT
};
enum { DATA_COUNT = sizeof data_table / sizeof *data_table };

static const struct data_row *row_named(const char *name)
{
    for (size_t i = 0; i < DATA_COUNT; i++)
        if (strcmp(data_table[i].name, name) == 0)
            return &data_table[i];
    return NULL;
}

bool print_data_help(const char *name)
{
    const struct data_row *row = row_named(name);
    if (row)
        print_help_page(&row->page);
    return row != NULL;
}

// ---- import ------------------------------------------------------------------------------------------------------------------

static void print_count(uint64_t count, const char *what)
{
    printf("%llu %s%s", (unsigned long long)count, what, count == 1 ? "" : "s");
}

static void print_counts(const struct crux_import_counts *counts, const char *store)
{
    fputs("Added ", stdout);
    print_count(counts->observations, "observation");
    fputs(" and ", stdout);
    print_count(counts->sources, "source");
    printf(" to %s", store);
    if (counts->observations_there + counts->sources_there > 0) {
        fputs("; ", stdout);
        print_count(counts->observations_there + counts->sources_there, "row");
        fputs(" were there already", stdout);
    }
    if (counts->without_figure > 0) {
        fputs("; ", stdout);
        print_count(counts->without_figure, "row");
        fputs(" without a figure skipped", stdout);
    }
    fputs(".\n", stdout);
}

static int import(struct crux_session *crux, const struct arguments *arguments, const char **maps)
{
    size_t map_count = 0;
    for (size_t i = 0; i < arguments->given_count; i++)
        if (arguments->given[i].option == OPTION_MAP)
            maps[map_count++] = arguments->given[i].value;
    const enum crux_status status = crux_import(crux, arguments->names + 1, arguments->name_count - 1, maps, map_count);
    clear_progress();
    if (status == CRUX_OK) {
        if (!option_value(arguments, OPTION_QUIET))
            print_counts(crux_imported(crux), option_value(arguments, OPTION_DB));
        return EXIT_AS_EXPECTED;
    }
    const char *message = crux_message(crux); // writing diagnostics has a message of its own
    if (status == CRUX_REJECTED && crux_write_diagnostics(crux, colour_for(arguments, STDERR_FILENO), &standard_error) != CRUX_OK)
        return EXIT_UNTRUSTED;
    fprintf(stderr, "crux: %s\n", message);
    return exit_of_status(status);
}

static int data_import(const struct arguments *arguments)
{
    if (!option_value(arguments, OPTION_DB)) {
        fputs("crux: the observations that come with Crux cannot be changed\n"
              "  help: name a data store of your own, which is made if there is none:\n"
              "        crux data import --db mine.db TABLE.csv\n",
              stderr);
        return EXIT_UNTRUSTED;
    }
    if (arguments->name_count < 2) {
        fputs("crux: there is no table to import\n  help: crux data import --db mine.db TABLE.csv\n", stderr);
        return EXIT_UNTRUSTED;
    }
    const char **maps = calloc(arguments->given_count + 1, sizeof *maps);
    struct crux_session *crux = maps ? open_session(arguments) : NULL;
    const int code = crux ? import(crux, arguments, maps) : EXIT_UNTRUSTED;
    crux_close(crux);
    free(maps);
    return code;
}

// ---- questions ---------------------------------------------------------------------------------------------------------------

// A name that is the beginning of others is taken for a subject without its quantity.
static void print_where_to_look(struct crux_session *crux, const char *name)
{
    if (name && *name && crux_data(crux, CRUX_DATA_LIST, name) == CRUX_OK)
        fprintf(stderr, "  help: a quantity is missing: `crux data list '%s.*'` lists those there are\n", name);
    else
        fputs("  help: `crux data list` lists all quantities; `crux data list 'fab.*'` those of a subject\n", stderr);
}

static int answer(struct crux_session *crux, const struct arguments *arguments, enum crux_data_question question, const char *name)
{
    const char *format = option_value(arguments, OPTION_FORMAT);
    const struct crux_style style = {.colour = colour_for(arguments, STDOUT_FILENO)};
    enum crux_status status = crux_data(crux, question, name);
    clear_progress();
    if (status == CRUX_OK)
        status = crux_write_data(crux, format ? format : "human", &style, &standard_output);
    if (status == CRUX_NOT_WRITTEN)
        print_cannot("write", "standard output");
    else if (status != CRUX_OK)
        print_message(crux);
    if (status == CRUX_NOT_FOUND && question != CRUX_DATA_CHECK)
        print_where_to_look(crux, name);
    return exit_of_status(status);
}

// `names` is what stands behind the word: at least `least`, at most `most` of them.
static int ask(const struct arguments *arguments, enum crux_data_question question, size_t least, size_t most)
{
    const size_t given = arguments->name_count - 1;
    if (given < least || given > most) {
        fprintf(stderr, "crux: `crux data %s` takes %s\n  help: ", arguments->names[0],
                most == 0 ? "no name" : least == 0 ? "one pattern at most" : "the name of one quantity");
        fprintf(stderr, "%s\n", row_named(arguments->names[0])->page.usage);
        return EXIT_UNTRUSTED;
    }
    struct crux_session *crux = output_options_are_valid(arguments) ? open_session(arguments) : NULL;
    const int code = crux ? answer(crux, arguments, question, given > 0 ? arguments->names[1] : NULL) : EXIT_UNTRUSTED;
    crux_close(crux);
    return code;
}

static int data_list(const struct arguments *arguments)
{
    return ask(arguments, CRUX_DATA_LIST, 0, 1);
}

static int data_show(const struct arguments *arguments)
{
    return ask(arguments, CRUX_DATA_SHOW, 1, 1);
}

static int data_history(const struct arguments *arguments)
{
    return ask(arguments, CRUX_DATA_HISTORY, 1, 1);
}

static int data_check(const struct arguments *arguments)
{
    return ask(arguments, CRUX_DATA_CHECK, 0, 0);
}

// ---- which of them -----------------------------------------------------------------------------------------------------------

static int unknown(const char *name)
{
    const char *names[DATA_COUNT + 1] = {0};
    for (size_t i = 0; i < DATA_COUNT; i++)
        names[i] = data_table[i].name;
    const char *near = nearest_name(name, names);
    fprintf(stderr, "crux: `crux data` has no `%s`\n", name);
    if (near)
        fprintf(stderr, "  help: `crux data %s` is near; `crux data --help` lists all\n", near);
    else
        fputs("  help: it has import, list, show, history and check: `crux data --help`\n", stderr);
    return EXIT_UNTRUSTED;
}

// An option of the command need not be one of its part.
static bool options_fit(const struct data_row *row, const struct arguments *arguments)
{
    for (size_t i = 0; i < arguments->given_count; i++)
        if ((row->page.options >> arguments->given[i].option & 1) == 0) {
            fprintf(stderr, "crux: `crux data %s` has no option --%s\n  help: `crux data %s --help` lists the options\n", row->name,
                    option_name(arguments->given[i].option), row->name);
            return false;
        }
    return true;
}

int run_data(const struct arguments *arguments)
{
    if (arguments->name_count == 0) {
        print_command_help(COMMAND_DATA);
        return EXIT_UNTRUSTED;
    }
    const struct data_row *row = row_named(arguments->names[0]);
    if (!row)
        return unknown(arguments->names[0]);
    return options_fit(row, arguments) ? row->run(arguments) : EXIT_UNTRUSTED;
}
