// crux check: every claim of the files named.
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "cli/run.h"

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static enum crux_status add_standard_input(struct crux_session *crux)
{
    const char *bytes;
    size_t length;
    const enum crux_status status = crux_read_file(crux, "/dev/stdin", &bytes, &length);
    return status == CRUX_OK ? crux_add_text(crux, "standard-input", bytes, length) : status;
}

enum crux_status add_name(struct crux_session *crux, const char *name)
{
    return strcmp(name, "-") == 0 ? add_standard_input(crux) : crux_add_file(crux, name);
}

bool have_default_folder(const char *command)
{
    struct stat status;
    if (stat(DEFAULT_FOLDER, &status) == 0)
        return true;
    fprintf(stderr, "crux: there is no folder %s/ here, and no file was named\n", DEFAULT_FOLDER);
    fprintf(stderr, "  help: name a file or folder: crux %s FILE\n", command);
    return false;
}

enum crux_status add_names(struct crux_session *crux, const struct arguments *arguments)
{
    if (arguments->name_count == 0)
        return crux_add_file(crux, DEFAULT_FOLDER);
    for (size_t i = 0; i < arguments->name_count; i++) {
        const enum crux_status status = add_name(crux, arguments->names[i]);
        if (status != CRUX_OK)
            return status;
    }
    return CRUX_OK;
}

// The proofs of the run. False after a message.
static bool write_certificate(struct crux_session *crux, const char *name)
{
    struct output_file output;
    if (!output_open(&output, name))
        return false;
    const struct crux_writer writer = output_writer(&output);
    return output_close(&output, crux_write_certificate(crux, &writer) == CRUX_OK);
}

// On standard error: what is printed is the report.
static void tell_recorded(struct crux_session *crux, const struct arguments *arguments)
{
    const unsigned long long number = crux_recorded(crux);
    if (!option_value(arguments, OPTION_RECORD))
        return;
    if (number == 0)
        fputs("crux: nothing was recorded: this run cannot be relied on\n", stderr);
    else if (!option_value(arguments, OPTION_QUIET))
        fprintf(stderr, "crux: recorded as run %llu in %s\n", number, option_value(arguments, OPTION_DB));
}

// In place of the old one only when this run can be trusted. False after a message.
static bool write_baseline(struct crux_session *crux, const char *name)
{
    struct output_file output;
    if (crux_exit_code(crux) > EXIT_UNEXPECTED) {
        fprintf(stderr, "crux: %s was not written: this run cannot be trusted\n", name);
        return false;
    }
    if (!output_open(&output, name))
        return false;
    const struct crux_writer writer = output_writer(&output);
    return output_close(&output, crux_write_baseline(crux, &writer) == CRUX_OK);
}

// A run with --filter does not put some of the claims in place of all: a baseline of that name stays. False after a message.
static bool baseline_is_whole(const struct arguments *arguments)
{
    const char *name = option_value(arguments, OPTION_WRITE_BASELINE);
    struct stat there;
    if (!name || !option_value(arguments, OPTION_FILTER) || stat(name, &there) != 0)
        return true;
    fprintf(stderr, "crux: %s is there already, and a run with --filter would leave only some claims in it\n", name);
    fputs("  help: leave --filter out, or name another file\n", stderr);
    return false;
}

static int check(struct crux_session *crux, const struct arguments *arguments)
{
    const double started = seconds_now();
    const char *certificate = option_value(arguments, OPTION_CERTIFICATE);
    enum crux_status status = certificate ? crux_set(crux, CRUX_CERTIFICATE, "yes") : CRUX_OK;
    if (status == CRUX_OK)
        status = add_names(crux, arguments);
    if (status == CRUX_OK)
        status = crux_check(crux);
    if (status == CRUX_OK || status == CRUX_REJECTED || status == CRUX_CANCELLED) {
        const double seconds = seconds_now() - started;
        const bool written = !certificate || status != CRUX_OK || write_certificate(crux, certificate);
        const int code = write_reports(crux, arguments, seconds);
        tell_recorded(crux, arguments);
        const char *baseline = option_value(arguments, OPTION_WRITE_BASELINE);
        const bool kept = !baseline || write_baseline(crux, baseline);
        return written && kept ? code : code == EXIT_INTERNAL ? code : EXIT_UNTRUSTED;
    }
    clear_progress();
    print_message(crux);
    return exit_of_status(status);
}

int run_check(const struct arguments *arguments)
{
    const bool valid = output_options_are_valid(arguments) && baseline_is_whole(arguments);
    struct crux_session *crux = valid ? open_session(arguments) : NULL;
    if (!crux)
        return EXIT_UNTRUSTED;
    const bool something = arguments->name_count > 0 || have_default_folder("check");
    const int code = something ? check(crux, arguments) : EXIT_UNTRUSTED;
    crux_close(crux);
    return code;
}
