// The program: reads the command line and hands over to a command.
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/option.h"
#include "cli/run.h"
#include "crux.h"

// A failed assertion ends with its own exit code, so that it is never taken for a verdict.
static void end_of_assertion(int signal_number)
{
    static const char message[] = "crux: a mistake in Crux itself: please report it, with the input if you can\n";
    (void)signal_number;
    ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
    (void)written;
    _exit(EXIT_INTERNAL);
}

static int unknown_command(const char *name)
{
    const char *near = nearest_command(name);
    fprintf(stderr, "crux: there is no command `%s`\n", name);
    if (near)
        fprintf(stderr, "  help: `crux %s` is near; `crux --help` lists all\n", near);
    else
        fprintf(stderr, "  help: `crux --help` lists the commands; a file is checked with `crux check FILE`\n");
    return EXIT_UNTRUSTED;
}

// `part` may be NULL, or what names something of the command.
static void print_help_about(enum command command, const char *part)
{
    if (command != COMMAND_DATA || !part || !print_data_help(part))
        print_command_help(command);
}

static int run_command(enum command command, int count, char **words)
{
    struct arguments arguments;
    int code = EXIT_UNTRUSTED;
    if (arguments_read(&arguments, command, count, words)) {
        if (option_value(&arguments, OPTION_HELP)) {
            print_help_about(command, arguments.name_count > 0 ? arguments.names[0] : NULL);
            code = EXIT_AS_EXPECTED;
        } else {
            code = command_table[command].run(&arguments);
        }
    }
    arguments_free(&arguments);
    return code;
}

static int run(int count, char **words)
{
    if (count < 2) {
        print_help();
        return EXIT_UNTRUSTED;
    }
    const char *name = words[1];
    if (strcmp(name, "--version") == 0) {
        printf("crux %s\n", crux_version());
        return EXIT_AS_EXPECTED;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        const enum command about = count > 2 ? command_named(words[2]) : COMMAND_COUNT;
        if (about < COMMAND_COUNT)
            print_help_about(about, count > 3 ? words[3] : NULL);
        else
            print_help();
        return EXIT_AS_EXPECTED;
    }
    const enum command command = command_named(name);
    return command < COMMAND_COUNT ? run_command(command, count - 2, words + 2) : unknown_command(name);
}

int main(int argc, char **argv)
{
    signal(SIGABRT, end_of_assertion);
    const int code = run(argc, argv);
    // Text printed with stdio: a full disk shows only now.
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    if (code != EXIT_UNTRUSTED) // else it has been said
        print_cannot("write", "standard output");
    return EXIT_UNTRUSTED;
}
