// crux history: verdicts over time.
#include <stdio.h>
#include <unistd.h>

#include "cli/run.h"

static int history(struct crux_session *crux, const struct arguments *arguments)
{
    const char *format = option_value(arguments, OPTION_FORMAT);
    const struct crux_style style = {.colour = colour_for(arguments, STDOUT_FILENO)};
    enum crux_status status = crux_history(crux, arguments->name_count > 0 ? arguments->names[0] : NULL);
    clear_progress();
    if (status == CRUX_OK)
        status = crux_write_history(crux, format ? format : "human", option_value(arguments, OPTION_SCORES) != NULL, &style, &standard_output);
    if (status == CRUX_NOT_WRITTEN)
        print_cannot("write", "standard output");
    else if (status != CRUX_OK)
        print_message(crux);
    return exit_of_status(status);
}

int run_history(const struct arguments *arguments)
{
    if (arguments->name_count > 1) {
        fputs("crux: `crux history` takes the name of one claim\n  help: crux history --db FILE [CLAIM]\n", stderr);
        return EXIT_UNTRUSTED;
    }
    struct crux_session *crux = output_options_are_valid(arguments) ? open_session(arguments) : NULL;
    const int code = crux ? history(crux, arguments) : EXIT_UNTRUSTED;
    crux_close(crux);
    return code;
}
