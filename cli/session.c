// Sessions set up from options, stopped by an interrupt, with their progress on the terminal.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/run.h"

// A signal handler can reach nothing but globals.
static volatile sig_atomic_t interrupted;

static void interrupt(int signal_number)
{
    interrupted = 1;
    signal(signal_number, SIG_DFL); // the second time it ends the program
}

bool take_interrupt(void)
{
    const bool taken = interrupted != 0;
    interrupted = 0;
    if (taken)
        signal(SIGINT, interrupt);
    return taken;
}

static struct progress_line {
    struct timespec started, shown;
    bool on_terminal;
} progress_line; // of the program's one session

void start_progress(void)
{
    clock_gettime(CLOCK_MONOTONIC, &progress_line.started);
}

static double seconds_between(const struct timespec *from, const struct timespec *to)
{
    return (double)(to->tv_sec - from->tv_sec) + (double)(to->tv_nsec - from->tv_nsec) * 1e-9;
}

static void show_progress(const struct progress_line *line, const struct crux_progress *progress, const struct timespec *now)
{
    const double elapsed = seconds_between(&line->started, now);
    fputs("\r\033[K", stderr);
    if (progress->rows > 0) {
        fprintf(stderr, "%llu rows", (unsigned long long)progress->rows);
        fflush(stderr);
        return;
    }
    if (progress->claims > 0)
        fprintf(stderr, "claim %zu of %zu · ", progress->claim > 0 ? progress->claim : 1, progress->claims);
    fprintf(stderr, "%llu future%s", (unsigned long long)progress->futures, progress->futures == 1 ? "" : "s");
    if (progress->claim > 1 && progress->claims >= progress->claim) {
        const double left = elapsed / (double)(progress->claim - 1) * (double)(progress->claims - progress->claim + 1);
        fprintf(stderr, " · about %.0f s left", left);
    }
    fflush(stderr);
}

static bool on_progress(void *user, const struct crux_progress *progress)
{
    struct progress_line *line = user;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (line->on_terminal && seconds_between(&line->started, &now) > 0.5 && seconds_between(&line->shown, &now) > 0.1) {
        show_progress(line, progress, &now);
        line->shown = now;
    }
    return !interrupted;
}

void clear_progress(void)
{
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
}

// ---- settings ----------------------------------------------------------------------------------------------------------------

static const struct {
    enum option option;
    enum crux_setting setting;
    const char *name;
} settings[] = {
    {OPTION_FORECAST, CRUX_FORECAST, "forecast"}, {OPTION_SCENARIO, CRUX_SCENARIO, "scenario"}, {OPTION_SET, CRUX_SET, "set"},
    {OPTION_LEVEL, CRUX_LEVEL, "level"},          {OPTION_SAMPLES, CRUX_SAMPLES, "samples"},    {OPTION_BUDGET, CRUX_BUDGET, "budget"},
    {OPTION_SEED, CRUX_SEED, "seed"},             {OPTION_THREADS, CRUX_THREADS, "threads"},    {OPTION_FILTER, CRUX_FILTER, "filter"},
    {OPTION_DB, CRUX_DB, "db"},                   {OPTION_AS_OF, CRUX_AS_OF, "as-of"},       {OPTION_LINT, CRUX_LINT, "lint"},
    {OPTION_SAMPLER, CRUX_SAMPLER, "sampler"},    {OPTION_INDICES, CRUX_INDICES, "indices"},
    {OPTION_DEPTH, CRUX_DEPTH, "depth"},
    {OPTION_RECORD, CRUX_RECORD, "record"},       {OPTION_NOTE, CRUX_RECORD_NOTE, "note"},
    {OPTION_PROOF_BOXES, CRUX_PROOF_BOXES, "proof-boxes"},
    {OPTION_BASELINE, CRUX_BASELINE, "baseline"}, {OPTION_SINCE, CRUX_SINCE, "since"}, {OPTION_STALE_AFTER, CRUX_STALE_AFTER, "stale-after"}, {OPTION_FAIL_ON, CRUX_FAIL_ON, "fail-on"},    {OPTION_WAIVERS, CRUX_WAIVERS, "waivers"},
};

// `today` means the date here: the library looks at no clock. SOURCE_DATE_EPOCH, seconds since 1970, stands in for the clock, so that
// a run can be repeated (reproducible-builds.org).
const char *date_of(const char *value, char *today, size_t room)
{
    const char *instead = getenv("SOURCE_DATE_EPOCH");
    const bool given = instead && *instead;
    const time_t now = given ? (time_t)strtoll(instead, NULL, 10) : time(NULL);
    struct tm parts;
    if (!value || strcmp(value, "today") != 0 || !(given ? gmtime_r(&now, &parts) : localtime_r(&now, &parts)))
        return value;
    strftime(today, room, "%Y-%m-%d", &parts);
    return today;
}

static bool apply(struct crux_session *crux, const struct given *given)
{
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        if (settings[i].option != given->option)
            continue;
        char today[32];
        const bool is_switch = given->option == OPTION_INDICES || given->option == OPTION_RECORD;
        const char *value = given->option == OPTION_AS_OF ? date_of(given->value, today, sizeof today) : is_switch ? "yes" : given->value;
        if (crux_set(crux, settings[i].setting, value) == CRUX_OK)
            return true;
        fprintf(stderr, "crux: --%s: %s\n", settings[i].name, crux_message(crux));
        return false;
    }
    return true;
}

static bool apply_all(struct crux_session *crux, const struct arguments *arguments)
{
    for (size_t i = 0; i < arguments->given_count; i++)
        if (!apply(crux, &arguments->given[i]))
            return false;
    char today[32];
    return !option_value(arguments, OPTION_WAIVERS) || crux_set(crux, CRUX_TODAY, date_of("today", today, sizeof today)) == CRUX_OK;
}

struct crux_session *open_session(const struct arguments *arguments)
{
    struct crux_session *crux = crux_open(NULL);
    if (!crux) {
        fputs("crux: there is not enough memory\n", stderr);
        return NULL;
    }
    if (!apply_all(crux, arguments)) {
        crux_close(crux);
        return NULL;
    }
    start_progress();
    progress_line.on_terminal = isatty(STDERR_FILENO) && !option_value(arguments, OPTION_QUIET);
    signal(SIGTERM, interrupt);
    if (signal(SIGINT, interrupt) == SIG_IGN)
        signal(SIGINT, SIG_IGN); // in the background of a script
    crux_on_progress(crux, on_progress, &progress_line);
    return crux;
}

// ---- messages ----------------------------------------------------------------------------------------------------------------

int exit_of_status(enum crux_status status)
{
    switch (status) {
    case CRUX_OK:
        return EXIT_AS_EXPECTED;
    case CRUX_INTERNAL:
        return EXIT_INTERNAL;
    case CRUX_REJECTED:
    case CRUX_BAD_ARGUMENT:
    case CRUX_NOT_FOUND:
    case CRUX_NOT_WRITTEN:
    case CRUX_CANCELLED:
    case CRUX_NO_MEMORY:
    case CRUX_STORE:
        break;
    }
    return EXIT_UNTRUSTED;
}

void print_message(const struct crux_session *crux)
{
    fprintf(stderr, "crux: %s\n", crux_message(crux));
}

static const char *remedy(int error)
{
    switch (error) {
    case ENOENT:
        return "make the folder first, or name another";
    case ENOSPC:
        return "make room; a file that stood there before is as it was";
    case EISDIR:
        return "name a file in it";
    case EACCES:
    case EPERM:
    case EROFS:
        return "name a place where you may write";
    default:
        return NULL;
    }
}

void print_cannot(const char *what, const char *name)
{
    const char *help = remedy(errno);
    fprintf(stderr, "crux: cannot %s %s: %s\n", what, name, strerror(errno));
    if (help)
        fprintf(stderr, "  help: %s\n", help);
}
