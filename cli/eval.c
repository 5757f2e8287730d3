// crux eval: expressions, one by one.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/prompt.h"
#include "cli/run.h"

static int evaluate(struct crux_session *crux, const struct arguments *arguments, const char *expression)
{
    const enum crux_status status = crux_eval(crux, expression);
    if (status == CRUX_OK || status == CRUX_REJECTED)
        return write_reports(crux, arguments, 0);
    clear_progress();
    print_message(crux);
    return exit_of_status(status);
}

static bool is_empty(const char *line)
{
    const char *start = line + strspn(line, " \t\r\n");
    return *start == '\0' || *start == '#';
}

static bool says_goodbye(const char *line)
{
    return strcmp(line, "quit") == 0 || strcmp(line, "exit") == 0;
}

// Lines from a pipe: the exit code is the worst of them.
static int evaluate_lines(struct crux_session *crux, const struct arguments *arguments)
{
    int worst = EXIT_AS_EXPECTED;
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    while ((length = getline(&line, &room, stdin)) >= 0) {
        if (length > 0 && line[length - 1] == '\n')
            line[length - 1] = '\0';
        if (says_goodbye(line))
            break;
        if (is_empty(line))
            continue;
        const int code = evaluate(crux, arguments, line);
        worst = code > worst ? code : worst;
    }
    free(line);
    return worst;
}

static int talk(struct crux_session *crux, const struct arguments *arguments)
{
    struct prompt prompt;
    prompt_open(&prompt, crux);
    char *line;
    while (((line = prompt_read(&prompt)) != NULL && !says_goodbye(line)) || (!line && take_interrupt())) {
        if (!line) { // Ctrl-C leaves the line, not the prompt
            putchar('\n');
            continue;
        }
        start_progress();
        if (!is_empty(line))
            evaluate(crux, arguments, line);
        take_interrupt();
        free(line);
    }
    if (!line)
        putchar('\n');
    free(line);
    prompt_close(&prompt);
    return EXIT_AS_EXPECTED;
}

static bool add_used(struct crux_session *crux, const struct arguments *arguments)
{
    for (size_t i = 0; i < arguments->given_count; i++)
        if (arguments->given[i].option == OPTION_USE && add_name(crux, arguments->given[i].value) != CRUX_OK) {
            print_message(crux);
            return false;
        }
    return true;
}

static int eval(struct crux_session *crux, const struct arguments *arguments)
{
    if (!add_used(crux, arguments))
        return EXIT_UNTRUSTED;
    if (arguments->name_count == 1)
        return evaluate(crux, arguments, arguments->names[0]);
    return isatty(STDIN_FILENO) ? talk(crux, arguments) : evaluate_lines(crux, arguments);
}

int run_eval(const struct arguments *arguments)
{
    if (arguments->name_count > 1) {
        fputs("crux: `crux eval` takes one expression\n  help: put it in quotes: crux eval '2 + 2'\n", stderr);
        return EXIT_UNTRUSTED;
    }
    struct crux_session *crux = output_options_are_valid(arguments) ? open_session(arguments) : NULL;
    if (!crux)
        return EXIT_UNTRUSTED;
    const int code = eval(crux, arguments);
    crux_close(crux);
    return code;
}
