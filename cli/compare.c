// crux compare: why two scenarios, or the files of two authors, come to different verdicts.
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/run.h"

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

// Whether it is the file of an author: a scenario's name has no slash and no such ending.
static bool looks_like_file(const char *name)
{
    const size_t length = strlen(name), ending = strlen(".crux");
    return strchr(name, '/') || (length > ending && strcmp(name + length - ending, ".crux") == 0);
}

static enum crux_status add_files(struct crux_session *crux, const struct arguments *arguments)
{
    const bool files = looks_like_file(arguments->names[0]);
    if (arguments->name_count == 2 && !files)
        return crux_add_file(crux, DEFAULT_FOLDER);
    for (size_t i = 2; i < arguments->name_count; i++) {
        const enum crux_status status = add_name(crux, arguments->names[i]);
        if (status != CRUX_OK)
            return status;
    }
    return CRUX_OK;
}

static int compare(struct crux_session *crux, const struct arguments *arguments)
{
    const double started = seconds_now();
    enum crux_status status = add_files(crux, arguments);
    if (status == CRUX_OK)
        status = crux_compare(crux, arguments->names[0], arguments->names[1]);
    if (status == CRUX_OK || status == CRUX_REJECTED || status == CRUX_CANCELLED)
        return write_reports(crux, arguments, seconds_now() - started);
    clear_progress();
    print_message(crux);
    return exit_of_status(status);
}

static bool has_two_sides(const struct arguments *arguments)
{
    if (arguments->name_count >= 2)
        return arguments->name_count > 2 || looks_like_file(arguments->names[0]) || have_default_folder("compare A B");
    fprintf(stderr, "crux: %s\n", arguments->name_count == 0 ? "no sides are named" : "only one side is named");
    fputs("  help: name two scenarios, crux compare baseline controls_loosen claims.crux,\n"
          "        or two files, crux compare mine.crux theirs.crux\n", stderr);
    return false;
}

int run_compare(const struct arguments *arguments)
{
    struct crux_session *crux = has_two_sides(arguments) && output_options_are_valid(arguments) ? open_session(arguments) : NULL;
    if (!crux)
        return EXIT_UNTRUSTED;
    const int code = compare(crux, arguments);
    crux_close(crux);
    return code;
}
