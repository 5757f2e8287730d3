// Where bytes go: the terminal, or files that appear only when they are complete.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/run.h"

static bool write_all(int file, const char *bytes, size_t length)
{
    while (length > 0) {
        const ssize_t written = write(file, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

static bool write_stream(FILE *stream, const char *bytes, size_t length)
{
    return fwrite(bytes, 1, length, stream) == length && fflush(stream) == 0;
}

static bool write_out(void *user, const char *bytes, size_t length)
{
    (void)user;
    return write_stream(stdout, bytes, length);
}

static bool write_error(void *user, const char *bytes, size_t length)
{
    (void)user;
    return write_stream(stderr, bytes, length);
}

const struct crux_writer standard_output = {write_out, NULL};
const struct crux_writer standard_error = {write_error, NULL};

// ---- options -----------------------------------------------------------------------------------------------------------------

static bool is_format(const char *name, size_t length)
{
    for (size_t i = 0; crux_format_name(i); i++)
        if (strlen(crux_format_name(i)) == length && strncmp(crux_format_name(i), name, length) == 0)
            return true;
    fprintf(stderr, "crux: there is no format `%.*s`\n  help: there are", (int)(length < 60 ? length : 60), name);
    for (size_t i = 0; crux_format_name(i); i++)
        fprintf(stderr, "%s %s", i > 0 ? "," : "", crux_format_name(i));
    fputc('\n', stderr);
    return false;
}

// A page that holds something else would look finished until it is opened.
static bool keeps_what_its_name_says(const struct arguments *arguments, const char *name)
{
    static const char *const promised[] = {".html", ".htm", ".md"};
    const char *ending = strrchr(name, '.');
    for (size_t i = 0; ending && !option_value(arguments, OPTION_FORMAT) && i < sizeof promised / sizeof *promised; i++)
        if (strcmp(ending, promised[i]) == 0) {
            fprintf(stderr, "crux: this version writes no %s report, and %s would hold plain text\n  help: let the name end in .txt or .json", ending + 1, name);
            fprintf(stderr, "%s\n", strcmp(ending, ".md") == 0 ? "; for the comment of a pull\n        request: --format markdown" : "");
            return false;
        }
    return true;
}

static bool is_valid(const struct arguments *arguments, const struct given *given)
{
    const char *value = given->value, *equals = strchr(given->value, '=');
    switch (given->option) {
    case OPTION_FORMAT:
        return is_format(value, strlen(value));
    case OPTION_OUT:
        if (equals && equals[1] != '\0')
            return is_format(value, (size_t)(equals - value));
        fprintf(stderr, "crux: --out needs a format and a file\n  help: write --out json=report.json\n");
        return false;
    case OPTION_OUTPUT:
        return keeps_what_its_name_says(arguments, value);
    case OPTION_COLOR:
        if (strcmp(value, "auto") == 0 || strcmp(value, "always") == 0 || strcmp(value, "never") == 0)
            return true;
        fprintf(stderr, "crux: --color is auto, always or never, not `%s`\n", value);
        return false;
    default:
        return true;
    }
}

bool output_options_are_valid(const struct arguments *arguments)
{
    for (size_t i = 0; i < arguments->given_count; i++)
        if (!is_valid(arguments, &arguments->given[i]))
            return false;
    return true;
}

bool colour_for(const struct arguments *arguments, int file)
{
    const char *when = option_value(arguments, OPTION_COLOR);
    if (when && strcmp(when, "always") == 0)
        return true;
    if (when && strcmp(when, "never") == 0)
        return false;
    const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return isatty(file) && !(none && none[0]) && terminal && strcmp(terminal, "dumb") != 0;
}

// ---- files -------------------------------------------------------------------------------------------------------------------

static bool forget(struct output_file *output)
{
    free(output->temporary);
    free(output->target);
    *output = (struct output_file){.file = -1};
    return false;
}

static bool open_directly(struct output_file *output)
{
    output->file = open(output->target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (output->file >= 0)
        return true;
    print_cannot("write", output->name);
    return forget(output);
}

// A new file beside the target, with the access rights the target has or would have got.
static bool open_beside(struct output_file *output, mode_t mode)
{
    const size_t room = strlen(output->target) + sizeof ".XXXXXX";
    output->temporary = malloc(room);
    if (!output->temporary)
        return forget(output);
    snprintf(output->temporary, room, "%s.XXXXXX", output->target);
    output->file = mkstemp(output->temporary);
    if (output->file < 0) {
        print_cannot("write", output->name);
        return forget(output);
    }
    if (fchmod(output->file, mode) != 0)
        errno = 0; // some file systems have no modes
    return true;
}

bool output_open(struct output_file *output, const char *name)
{
    struct stat status;
    *output = (struct output_file){.name = name, .file = -1};
    const bool exists = stat(name, &status) == 0;
    // A pipe behind /dev/stdout has no path of its own.
    output->target = exists && S_ISREG(status.st_mode) ? realpath(name, NULL) : strdup(name);
    if (!output->target) {
        print_cannot("write", name);
        return false;
    }
    if (exists && !S_ISREG(status.st_mode))
        return open_directly(output);
    const mode_t mask = umask(0);
    umask(mask);
    return open_beside(output, exists ? status.st_mode & 07777 : 0666 & ~mask);
}

static bool write_file(void *user, const char *bytes, size_t length)
{
    const struct output_file *output = user;
    return write_all(output->file, bytes, length);
}

struct crux_writer output_writer(struct output_file *output)
{
    return (struct crux_writer){write_file, output};
}

bool output_close(struct output_file *output, bool complete)
{
    if (!complete)
        print_cannot("write", output->name);
    if (close(output->file) != 0 && complete) {
        print_cannot("write", output->name);
        complete = false;
    }
    if (complete && output->temporary && rename(output->temporary, output->target) != 0) {
        print_cannot("write", output->name);
        complete = false;
    }
    if (!complete && output->temporary)
        unlink(output->temporary);
    forget(output);
    return complete;
}

// ---- reports -----------------------------------------------------------------------------------------------------------------

static bool write_report_file(struct crux_session *crux, const char *format, const char *name)
{
    const struct crux_style plain = {0};
    struct output_file output;
    if (!output_open(&output, name))
        return false;
    const struct crux_writer writer = output_writer(&output);
    const enum crux_status status = crux_write(crux, format, &plain, &writer);
    if (status == CRUX_OK || status == CRUX_NOT_WRITTEN)
        return output_close(&output, status == CRUX_OK);
    errno = EINVAL;
    output_close(&output, false);
    print_message(crux);
    return false;
}

// The longest ending that names a format: report.sarif.json is SARIF.
static const char *format_of_name(const char *name)
{
    static const struct {
        const char *ending, *format;
    } endings[] = {{".sarif.json", "sarif"}, {".sarif", "sarif"}, {".json", "json"}, {".xml", "junit"}, {".tap", "tap"}};
    const size_t length = strlen(name);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const size_t end = strlen(endings[i].ending);
        if (length > end && strcmp(name + length - end, endings[i].ending) == 0)
            return endings[i].format;
    }
    return "human";
}

static bool write_more_reports(struct crux_session *crux, const struct arguments *arguments)
{
    bool well = true;
    for (size_t i = 0; i < arguments->given_count; i++) {
        if (arguments->given[i].option != OPTION_OUT)
            continue;
        const char *value = arguments->given[i].value;
        const char *name = strchr(value, '=') + 1;
        char *format = strndup(value, (size_t)(name - value - 1));
        well = format && write_report_file(crux, format, name) && well;
        free(format);
    }
    return well;
}

static bool print_report(struct crux_session *crux, const struct arguments *arguments, double seconds)
{
    const char *format = option_value(arguments, OPTION_FORMAT);
    const char *output = option_value(arguments, OPTION_OUTPUT);
    if (output)
        return write_report_file(crux, format ? format : format_of_name(output), output);
    const struct crux_style style = {
        .colour = colour_for(arguments, STDOUT_FILENO),
        .quiet = option_value(arguments, OPTION_QUIET) != NULL,
        .verbose = option_value(arguments, OPTION_VERBOSE) != NULL,
        .seconds = isatty(STDOUT_FILENO) ? seconds : 0,
    };
    const enum crux_status status = crux_write(crux, format ? format : "human", &style, &standard_output);
    if (status == CRUX_NOT_WRITTEN)
        print_cannot("write", "standard output");
    else if (status != CRUX_OK)
        print_message(crux);
    return status == CRUX_OK;
}

int write_reports(struct crux_session *crux, const struct arguments *arguments, double seconds)
{
    const int code = crux_exit_code(crux);
    clear_progress();
    bool well = crux_write_diagnostics(crux, colour_for(arguments, STDERR_FILENO), &standard_error) == CRUX_OK;
    well = write_more_reports(crux, arguments) && well;
    well = print_report(crux, arguments, seconds) && well;
    return well || code == EXIT_INTERNAL ? code : EXIT_UNTRUSTED;
}
