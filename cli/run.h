// What the commands share: a session set up from options, output, progress, exit codes.
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/option.h"
#include "crux.h"

enum { EXIT_AS_EXPECTED = 0, EXIT_UNEXPECTED = 1, EXIT_UNTRUSTED = 2, EXIT_INTERNAL = 3 };

#define COMMAND(id, name, usage, summary, text, examples) int run_##name(const struct arguments *arguments);
#include "cli/command.def"
#undef COMMAND

// Help of one of the things `crux data` can do; false when there is none of this name.
bool print_data_help(const char *name);

// ---- session (session.c) ---------------------------------------------------------------------------------------------------

// An open session with the settings of the options; NULL after a message. Interrupting the program stops its runs, and long
// runs show how far they are when standard error is a terminal.
struct crux_session *open_session(const struct arguments *arguments);
// The exit code of a status that is not about claims.
int exit_of_status(enum crux_status status);
// Prints the session's message.
void print_message(const struct crux_session *crux);
// "crux: cannot write FILE: reason", from errno.
void print_cannot(const char *what, const char *name);
// The date that `today` means, which takes `room`; any other value, or NULL, as it is.
const char *date_of(const char *value, char *today, size_t room);
// Takes the progress line off the terminal.
void clear_progress(void);
// The work that begins now shows its progress when it takes long.
void start_progress(void);
// Whether Ctrl-C was pressed since the last call; the next one is caught again.
bool take_interrupt(void);

// ---- names (check.c) -------------------------------------------------------------------------------------------------------

#define DEFAULT_FOLDER "claims"
// Adds a file or folder, or standard input for `-`.
enum crux_status add_name(struct crux_session *crux, const char *name);
// All names of the arguments, or the default folder when there are none.
enum crux_status add_names(struct crux_session *crux, const struct arguments *arguments);
// Whether there is a folder claims/, which stands for no name at all; false after a message.
bool have_default_folder(const char *command);

// ---- output (output.c) -----------------------------------------------------------------------------------------------------

// Whether --color, --format and --out say something that can be done; false after a message.
bool output_options_are_valid(const struct arguments *arguments);
bool colour_for(const struct arguments *arguments, int file);
// Everything to a file descriptor.
extern const struct crux_writer standard_error, standard_output;

// A file that appears under its name only when it is complete. What is no regular file (/dev/stdout) is written directly.
struct output_file {
    const char *name;
    char *temporary; // NULL: written directly
    char *target;    // the name with its links followed
    int file;
};
bool output_open(struct output_file *output, const char *name); // false after a message
struct crux_writer output_writer(struct output_file *output);
// Puts it in place, or takes it away again when `complete` is false. False after a message.
bool output_close(struct output_file *output, bool complete);

// Prints diagnostics on standard error, writes the reports that --out and -o ask for, prints the report. The exit code of the
// run, or EXIT_UNTRUSTED when a file could not be written.
int write_reports(struct crux_session *crux, const struct arguments *arguments, double seconds);

#endif
