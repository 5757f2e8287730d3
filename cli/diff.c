// crux diff: what changed between two vintages or data stores, and because of what.
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/run.h"

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

struct sides {
    struct crux_data_side from, to;
    char today[2][32];
};

static struct sides sides_of(const struct arguments *arguments)
{
    return (struct sides){
        .from = {option_value(arguments, OPTION_FROM_DB), option_value(arguments, OPTION_FROM_DATA), option_value(arguments, OPTION_FROM)},
        .to = {option_value(arguments, OPTION_TO_DB), option_value(arguments, OPTION_TO_DATA), option_value(arguments, OPTION_TO)},
    };
}

static bool refuse(const char *what, const char *help)
{
    fprintf(stderr, "crux: %s\n  help: %s\n", what, help);
    return false;
}

static bool sides_are_given(const struct sides *sides, const struct arguments *arguments)
{
    const struct crux_data_side *from = &sides->from, *to = &sides->to;
    const bool own_stores = (from->db || from->folder) && (to->db || to->folder);
    if (from->db && from->folder)
        return refuse("--from-db and --from-data are two places for the data of one side", "name one of them");
    if (to->db && to->folder)
        return refuse("--to-db and --to-data are two places for the data of one side", "name one of them");
    if (!from->as_of && !from->db && !from->folder && !to->db && !to->folder)
        return refuse("nothing to compare: diff needs --from", "say --from DATE, as in --from 2025-04; or --from-db FILE, or --from-data FOLDER");
    if (own_stores && option_value(arguments, OPTION_DB))
        return refuse("--db is the data store of a side that names none, and both do", "leave --db out");
    return true;
}

static int diff(struct crux_session *crux, const struct arguments *arguments, struct sides *sides)
{
    const double started = seconds_now();
    sides->from.as_of = date_of(sides->from.as_of, sides->today[0], sizeof sides->today[0]);
    sides->to.as_of = date_of(sides->to.as_of, sides->today[1], sizeof sides->today[1]);
    enum crux_status status = add_names(crux, arguments);
    if (status == CRUX_OK)
        status = crux_diff(crux, &sides->from, &sides->to);
    if (status == CRUX_OK || status == CRUX_CANCELLED)
        return write_reports(crux, arguments, seconds_now() - started);
    clear_progress();
    const char *message = crux_message(crux); // of this call, not of the next
    if (status == CRUX_REJECTED && crux_write_diagnostics(crux, colour_for(arguments, STDERR_FILENO), &standard_error) != CRUX_OK)
        return EXIT_UNTRUSTED;
    fprintf(stderr, "crux: %s\n", message);
    return exit_of_status(status);
}

int run_diff(const struct arguments *arguments)
{
    struct sides sides = sides_of(arguments);
    if (!sides_are_given(&sides, arguments) || (arguments->name_count == 0 && !have_default_folder("diff --from DATE")))
        return EXIT_UNTRUSTED;
    struct crux_session *crux = output_options_are_valid(arguments) ? open_session(arguments) : NULL;
    const int code = crux ? diff(crux, arguments, &sides) : EXIT_UNTRUSTED;
    crux_close(crux);
    return code;
}
