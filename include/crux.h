// Crux: a checker for policy arguments. The public interface, and the only header that is installed.
//
// One handle holds one session: what to check, how, and what came of it. There is no global state, so handles are
// independent: use each from one thread at a time, and as many at once as you like. The library prints nothing, never ends
// the process, and leaves the caller's locale and rounding mode as they were.
//
//     struct crux_session *crux = crux_open(NULL);
//     if (crux && crux_add_file(crux, "7nm.crux") == CRUX_OK && crux_check(crux) == CRUX_OK)
//         for (size_t i = 0; i < crux_verdict_count(crux); i++)
//             puts(crux_verdict(crux, i)->reading);
//     crux_close(crux);
//
// Status and message. A call that can fail returns a status. After any other status than CRUX_OK, crux_message() says in a
// sentence what happened, and mistakes in Crux text are diagnostics (crux_diagnostic). A refuted claim is not a failure:
// CRUX_OK means that the question was answered.
//
// Lifetimes. Strings handed in are copied. What a handle hands out belongs to it and stays valid until its next run
// (crux_check, crux_compare, crux_eval, crux_verify, crux_import, crux_data) or crux_close; settings and added texts stay until crux_close or crux_clear. Strings
// are UTF-8 and end with a NUL.
//
// Numbers. Probabilities and shares are between 0 and 1. Quantities are in the unit given beside them. NAN stands for "not
// known" or "does not apply".
#ifndef CRUX_H
#define CRUX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define CRUX_PUBLIC __attribute__((visibility("default")))
#define CRUX_MUST_USE __attribute__((warn_unused_result))
#else
#define CRUX_PUBLIC
#define CRUX_MUST_USE
#endif

#define CRUX_VERSION "0.1.0"

struct crux_session;

enum crux_status {
    CRUX_OK = 0,
    CRUX_REJECTED,     // the input has mistakes, or nothing was selected: see the diagnostics
    CRUX_BAD_ARGUMENT, // a setting or argument is wrong: see crux_message
    CRUX_NOT_FOUND,    // no format, code or file of that name
    CRUX_NOT_WRITTEN,  // the writer refused; it knows why
    CRUX_CANCELLED,    // the progress callback said stop; what was finished is there
    CRUX_NO_MEMORY,    // the run was given up; the handle can be used again
    CRUX_INTERNAL,     // a mistake in Crux: please report it
    CRUX_STORE,        // the data store cannot be opened, read or written: crux_message says why, and what to do
};

// The version of the library that is running, in the form of CRUX_VERSION.
CRUX_PUBLIC const char *crux_version(void);

// ---- opening and closing -----------------------------------------------------------------------------------------------

// Where memory comes from. resize(user, NULL, 0, n) allocates n bytes, resize(user, p, n, 0) frees, other calls change the
// size. NULL means that there is no memory. Called from the thread that calls the library.
struct crux_allocator {
    void *(*resize)(void *user, void *block, size_t old_size, size_t new_size);
    void *user;
};

// NULL allocator: malloc. Returns NULL when there is no memory.
CRUX_PUBLIC struct crux_session *crux_open(const struct crux_allocator *allocator);
CRUX_PUBLIC void crux_close(struct crux_session *crux); // NULL is allowed

// What the last call that did not return CRUX_OK has to say; "" when there is nothing.
CRUX_PUBLIC const char *crux_message(const struct crux_session *crux);

// ---- settings ----------------------------------------------------------------------------------------------------------

enum crux_setting {
    CRUX_FORECAST, // the shipped forecast that `use forecast` takes in: "ai2027"
    CRUX_SCENARIO, // every claim is checked under this scenario too
    CRUX_SET,      // "fab.d0[n7] = 0.3 /cm^2": replaces an input or definition in the baseline; may be given again
    CRUX_LEVEL,    // how sure a verdict has to be: "95%" or "0.95"; default 90 % or what the file says
    CRUX_SAMPLES,  // at most so many futures a claim: "100k"
    CRUX_BUDGET,   // at most so many seconds for a run: "2.5"
    CRUX_SEED,     // of the random numbers: a whole number, default 1
    CRUX_THREADS,  // default: as many as there are processors. Results do not depend on it
    CRUX_FILTER,   // only claims whose names match: "hbm.*". * stands for any text, ? for one character, [ab] for a or b
    CRUX_DB,       // the file of a data store; default: the data that come with Crux
    CRUX_AS_OF,    // what was known by this date counts as known: "2025-04-03"; default: all that the store has
    CRUX_LINT,     // "W708=off", "W703=error", "all=warn": whether a warning or remark is given, or fails the run; may be given again
    CRUX_SAMPLER,  // "sobol" (default) or "philox": evenly spread points or independent random numbers
    CRUX_DEPTH,    // crux_explain_name opens so many names under each other: "6"; default: what fits a screen or two
    CRUX_CERTIFICATE, // "yes": keep the boxes of every proof, for crux_write_certificate
    CRUX_PROOF_BOXES, // at most so many boxes a proof: "100k"; 0: no proofs; default: as many as take about a third of a second
    CRUX_RECORD,   // "yes" or "no" (default): crux_check puts its verdicts into the data store of CRUX_DB, which is made if there is none
    CRUX_RECORD_NOTE, // words that are recorded with the run: "after the Q3 figures"
    CRUX_INDICES,  // "yes" or "no" (default): Sobol' indices of each claim's truth and margin too
    CRUX_BASELINE, // a file that crux_write_baseline wrote: verdicts are compared with it
    CRUX_FAIL_ON,  // "refuted,sensitive,changed,stale": verdicts that fail the run although no `expect` says so; changed: since the baseline;
                   // stale: see CRUX_STALE_AFTER. Of crux_diff: verdicts that became so; changed: all that changed
    CRUX_WAIVERS,  // a CSV file with the columns claim, owner, reason, until: failures that somebody answers for. Needs CRUX_TODAY
    CRUX_TODAY,    // "2025-04-03": the day on which waivers are looked at; the library has no clock
    CRUX_SINCE,    // as CRUX_BASELINE; and verdicts that follow from the same as those in it (fingerprints) are taken from there, without cruxes and remarks
    CRUX_STALE_AFTER, // "18 months": inputs whose newest observation became known longer before the vintage are warnings (W733)
};

// CRUX_BAD_ARGUMENT when the value cannot be understood; whether a name in it exists is known when the run starts.
// A value of NULL goes back to the default (of CRUX_SET: forgets them all).
CRUX_PUBLIC enum crux_status crux_set(struct crux_session *crux, enum crux_setting setting, const char *value) CRUX_MUST_USE;

// How far a run is. Called from the thread that called crux_check or crux_eval, a few times a second at most.
struct crux_progress {
    size_t claim, claims; // claim k of n, from 1
    uint64_t futures;     // computed for this claim so far
    uint64_t rows;        // read so far by crux_import, which has no claims
};
// Return true to go on, false to stop. NULL: no calls. It must not call into the same handle.
CRUX_PUBLIC void crux_on_progress(struct crux_session *crux, bool (*progress)(void *user, const struct crux_progress *progress), void *user);

// ---- what to check -----------------------------------------------------------------------------------------------------

// A file, or a directory: all files in it and below whose names end in .crux, in the order of their names; those of them that
// state no claim are checked as far as others take them in. They are opened at the next run; one that cannot be read is a
// diagnostic then.
CRUX_PUBLIC enum crux_status crux_add_file(struct crux_session *crux, const char *path) CRUX_MUST_USE;

// A text held in memory. `name` stands for its path in messages, and `use` is relative to it.
CRUX_PUBLIC enum crux_status crux_add_text(struct crux_session *crux, const char *name, const char *bytes, size_t length) CRUX_MUST_USE;

// Forgets all files and texts added, and the last run. Settings stay.
CRUX_PUBLIC void crux_clear(struct crux_session *crux);

// For hosts without files. When set, the library opens no file by itself: each path added or taken in by `use` is asked for
// here. load() sets *bytes and *length and returns true, or returns false after setting *bytes to the reason (a string with
// a NUL that stays valid until the next call), or to NULL. release(), if given, is called once the bytes have been copied.
struct crux_loader {
    bool (*load)(void *user, const char *path, const char **bytes, size_t *length);
    void (*release)(void *user, const char *bytes, size_t length);
    void *user;
};
CRUX_PUBLIC void crux_set_loader(struct crux_session *crux, const struct crux_loader *loader); // NULL: files again

// ---- running -----------------------------------------------------------------------------------------------------------

// Checks every claim of the files and texts added. CRUX_OK: every claim has a verdict. CRUX_REJECTED: no claim has.
// CRUX_CANCELLED: the claims before the cancellation have one.
CRUX_PUBLIC enum crux_status crux_check(struct crux_session *crux) CRUX_MUST_USE;

// The number of the run that the last crux_check recorded (CRUX_RECORD); 0 when it recorded none. A run that cannot be trusted, or was
// cancelled, is not recorded; one that should be recorded and could not be has exit code 2, and a diagnostic says why.
CRUX_PUBLIC uint64_t crux_recorded(const struct crux_session *crux);

// Evaluates one expression. Its names come from the files and texts added, whose claims are not checked; from the forecast when
// nothing was added.
CRUX_PUBLIC enum crux_status crux_eval(struct crux_session *crux, const char *expression) CRUX_MUST_USE;

// Explains the claim ("gap_holds", "behind[own]") or input ("capex[us]") of that name, or an expression: what decides it in the
// central future, down to cited inputs, and beside it in the counterexample. What is explained is in the report (crux_write) and the
// verdicts of a claim are there as after crux_check. CRUX_NOT_FOUND: no claim, input or definition; the message names near ones.
CRUX_PUBLIC enum crux_status crux_explain_name(struct crux_session *crux, const char *name) CRUX_MUST_USE;

// Compares two sides: two scenarios of the files and texts added (or "baseline"), or the files of two authors, each named by a path
// that ends in .crux or has a slash in it, or by the name of a text added; then what else was added states further claims. Why they come to
// different verdicts is in the report (crux_write) and in crux_compared. CRUX_BAD_ARGUMENT: they cannot be two sides.
// crux_exit_code is 0 when it could be answered, whatever the answer, and 2 otherwise.
CRUX_PUBLIC enum crux_status crux_compare(struct crux_session *crux, const char *a, const char *b) CRUX_MUST_USE;

// Where one side of crux_diff takes its observations from, and what of them is known.
struct crux_data_side {
    const char *db;     // a data store; NULL: that of CRUX_DB, or the data that come with Crux
    const char *folder; // instead: a folder of tables (CSV) in the form of docs/data.md, and nothing but them; NULL: none
    const char *as_of;  // what was known by this date: "2025-04-03"; NULL: all that there is. CRUX_AS_OF does not count
};

// What changed between two sides with the data, and because of what: for each claim of the files and texts added whose verdict or
// probability differs, which observations did it, with shares that add up to the change. What was found is in the report (crux_write,
// "human" or "json"). CRUX_REJECTED: the files have mistakes, perhaps only with the data of one side, or the tables of a folder have.
CRUX_PUBLIC enum crux_status crux_diff(struct crux_session *crux, const struct crux_data_side *from, const struct crux_data_side *to) CRUX_MUST_USE;

// What the last run comes to, the same whatever the format: 0 every claim is as expected, 1 at least one is not, 2 the run
// cannot be trusted (mistakes in the input, nothing selected, cancelled before the end, no memory), 3 a mistake in Crux.
CRUX_PUBLIC int crux_exit_code(const struct crux_session *crux);

// ---- verdicts, one by one ----------------------------------------------------------------------------------------------

enum crux_verdict_kind { // in the order of dsl/verdict.def
    CRUX_SUPPORTED,
    CRUX_REFUTED,
    CRUX_SENSITIVE,
    CRUX_VACUOUS,
    CRUX_IDLE,
    CRUX_CONTRADICTORY,
    CRUX_BLOCKED,
    CRUX_UNDEFINED,
    CRUX_SOLVED,
    CRUX_UNSOLVABLE,
    CRUX_RECORDED,
};
enum crux_basis { CRUX_NO_BASIS, CRUX_EXACT, CRUX_PROVED, CRUX_SAMPLED };

CRUX_PUBLIC const char *crux_verdict_word(enum crux_verdict_kind verdict); // "supported"
CRUX_PUBLIC const char *crux_basis_word(enum crux_basis basis);            // "sampled"

// What moving one input alone does, the others at their central values.
struct crux_flip {
    const char *input;          // "smuggled[china]"
    const char *unit;           // of the numbers below: "chip/year"; "date" (years as a number), "truth" (0 or 1), "1"
    double central, low, high;  // the central value and the ends of the range
    size_t flip_count;
    const double *flips_at;     // where the claim's truth changes, ascending
    double nearest;             // the nearest of them; NAN when it never flips
    double distance;            // of the nearest from the central value in half-widths; INFINITY when it never flips
    bool holds_below;           // the claim holds just below the nearest flip
    bool beyond;                // the nearest flip lies outside low .. high
};

// One claim, for one member, in one scenario. New members are only ever added at the end.
// A relation of a claim to another one, or to a named assumption.
struct crux_relation {
    const char *relation;       // "supports", "rebuts", "undercuts"
    const char *target;
    const char *finding;        // "grounded", "not grounded", "recorded" (it could not be run)
    double with, without;       // share of futures in which the target holds (of an undercut: its premise without its conclusion)
                                // where this claim holds, and overall; NAN: not computed
    const char *why;            // a sentence
};

struct crux_verdict {
    const char *name;           // "behind[own]"
    const char *text;           // the sentence it stands for, or ""
    const char *file;
    unsigned line;
    const char *scenario;       // "baseline"
    const char *forecast;       // of `under forecast`, or ""
    const char *reading;
    enum crux_verdict_kind verdict;
    enum crux_basis basis;
    double level;
    double lower, upper;        // lower and upper probability
    double estimate;            // with the bounds-only inputs at their central values
    double ci_low, ci_high;     // 95 % confidence
    uint64_t samples, relevant; // futures drawn; those among them where the premise holds
    double premise_share;
    bool central_holds;
    const char *expected;       // "sensitive", or NULL without expectation
    bool as_expected;           // true without expectation
    size_t flip_count;
    const struct crux_flip *flips;
    const char *standing;       // "stands", "defeated", "contested", "recorded"; NULL: only its verdict in its own world has one
    const char *standing_why;   // a sentence, or NULL
    size_t standing_by_count;   // what defeats it, or contests it
    const char *const *standing_by;
    size_t relation_count;
    const struct crux_relation *relations;
};

CRUX_PUBLIC size_t crux_verdict_count(const struct crux_session *crux);
CRUX_PUBLIC const struct crux_verdict *crux_verdict(const struct crux_session *crux, size_t position); // NULL past the end

// Claims that cannot hold together, found by the last crux_check when it checked more than one: pairs, and sets of three of which
// every two can. What is of most interest first.
struct crux_conflict {
    size_t count;               // 2 or 3
    const char *const *claims;  // names, with their members
    bool whatever_inputs;       // also with every input far beyond its range
    enum crux_basis basis;      // proved or sampled
    uint64_t samples;           // of a count: futures in which all say something, none in which all hold
    bool declared;              // one of them rebuts or undercuts another
    bool same_author;           // one author says all of them
    const char *why;            // a sentence without its end
    size_t sets;                // that this one stands for: the others differ only in the members, and are as sure or surer
};
CRUX_PUBLIC size_t crux_conflict_count(const struct crux_session *crux);
CRUX_PUBLIC const struct crux_conflict *crux_conflict(const struct crux_session *crux, size_t position); // NULL past the end

// What crux_eval found: a quantity's central value and spread over the futures, or how often a truth holds.
struct crux_value {
    const char *unit;                // "chip/year", "1", "date" (years), "truth" (0 or 1)
    double central;
    double mean, p5, p50, p95;       // of a quantity; NAN when it is the same in every future
    double share;                    // of futures in which a truth holds; else NAN
    uint64_t samples;
};
CRUX_PUBLIC const struct crux_value *crux_value(const struct crux_session *crux); // NULL when the last run was not a successful crux_eval

// One claim under the two sides of the last crux_compare. New members are only ever added at the end.
struct crux_compared {
    const char *name;           // "behind[own]"
    const char *scenario;       // the claim's own, on top of both sides: "baseline"
    enum crux_verdict_kind verdicts[2]; // by A, by B
    double lower[2], upper[2], estimate[2]; // their probabilities
    bool differs;               // in verdict, or in probability by more than both are uncertain; what follows is there only then
    double change, change_error;// B's probability less A's, as the shares add up to it, and its standard error; NAN: there is none
    size_t share_count;
    const struct crux_share {
        const char *name;       // what the sides say differently: "fab.d0[n7]"
        const char *says[2];    // as Crux text: "0.3 /cm^2"
        double share, error;    // of the change
    } *shares;                  // largest first
    size_t crux_count;          // the double crux: sets of `shares` that switch the verdict, smallest first
    const struct crux_switch {
        size_t count;
        const size_t *shares;   // positions in `shares`
        double estimate;        // the claim's probability with these switched
    } *cruxes;
};
CRUX_PUBLIC size_t crux_compared_count(const struct crux_session *crux);
CRUX_PUBLIC const struct crux_compared *crux_compared(const struct crux_session *crux, size_t position); // NULL past the end

// ---- diagnostics -------------------------------------------------------------------------------------------------------

enum crux_severity { CRUX_ERROR, CRUX_WARNING, CRUX_NOTE };

struct crux_diagnostic {
    const char *code;        // "E201", for crux_explain; "" for a row of a table
    enum crux_severity severity;
    const char *message;
    const char *help;        // what to write instead, or NULL
    const char *file;        // NULL: no place
    unsigned line, column;   // from 1; columns count characters (of a table its columns); 0: of the line or file as a whole
};

CRUX_PUBLIC size_t crux_diagnostic_count(const struct crux_session *crux);
CRUX_PUBLIC const struct crux_diagnostic *crux_diagnostic(const struct crux_session *crux, size_t position); // NULL past the end

// ---- writing -----------------------------------------------------------------------------------------------------------

// Takes the next bytes; false stops the writing.
struct crux_writer {
    bool (*write)(void *user, const char *bytes, size_t length);
    void *user;
};

struct crux_style {
    bool colour;    // with terminal colours
    bool quiet;     // human: only claims that are not as expected, and the summary
    double seconds; // human: what the run took, printed in the summary; 0 leaves it out, so that equal runs give equal bytes
    bool verbose;   // human, of crux_diff: lists in full
};

// Writes the last run. Formats: "human", "json"; of verdicts also "junit", "sarif", "github", "tap",
// "markdown". NULL style: plain. CRUX_NOT_FOUND names the formats there are.
CRUX_PUBLIC enum crux_status crux_write(struct crux_session *crux, const char *format, const struct crux_style *style,
                                        const struct crux_writer *writer) CRUX_MUST_USE;
// The name of format number `position`, and what it is for; NULL past the end.
CRUX_PUBLIC const char *crux_format_name(size_t position);
CRUX_PUBLIC const char *crux_format_description(size_t position);

// Writes the diagnostics of the last run as text for a terminal, in the order of their places.
CRUX_PUBLIC enum crux_status crux_write_diagnostics(struct crux_session *crux, bool colour, const struct crux_writer *writer) CRUX_MUST_USE;

// Writes the verdicts of the last crux_check, which must not have come to 2 or 3, as a text for CRUX_BASELINE: one claim a line, known
// again by name, scenario and forecast.
CRUX_PUBLIC enum crux_status crux_write_baseline(struct crux_session *crux, const struct crux_writer *writer) CRUX_MUST_USE;

// ---- certificates --------------------------------------------------------------------------------------------------------

// Writes the proofs of the last crux_check, with CRUX_CERTIFICATE set, as a text that crux_verify reads (docs/certificate.md).
CRUX_PUBLIC enum crux_status crux_write_certificate(struct crux_session *crux, const struct crux_writer *writer) CRUX_MUST_USE;

// Re-checks the proofs of a certificate: reads the files it names again and looks at every box, with code that shares nothing with
// the prover. Files, texts and settings of the handle do not count. CRUX_OK: every proof was looked at, and crux_verification
// says what came of each. CRUX_BAD_ARGUMENT: it is no certificate. CRUX_REJECTED: the files have mistakes.
// crux_exit_code is 0 when all are verified, 1 when one is not, 2 otherwise.
CRUX_PUBLIC enum crux_status crux_verify(struct crux_session *crux, const char *bytes, size_t length) CRUX_MUST_USE;

struct crux_verification {
    const char *claim, *scenario, *forecast; // forecast: "" when none was taken in
    const char *outcome;                     // what is claimed of every future: "holds", "fails", "irrelevant"
    bool verified;
    const char *reason;                      // why not; "" when it is
    uint64_t leaves, boxes;                  // of the certificate; looked at to re-check them
};
CRUX_PUBLIC size_t crux_verification_count(const struct crux_session *crux);
CRUX_PUBLIC const struct crux_verification *crux_verification(const struct crux_session *crux, size_t position); // NULL past the end

// ---- the data store ------------------------------------------------------------------------------------------------------

// Figures with their sources, each about a date or period and known from some date on: what inputs are taken from. Those that come
// with Crux cannot be changed; CRUX_DB names a file of your own, which the first import makes as a copy of them.

// What an import has read and added.
struct crux_import_counts {
    size_t tables;
    uint64_t rows;
    uint64_t observations, sources;             // added
    uint64_t observations_there, sources_there; // skipped: the store has the very same row
    uint64_t without_figure;                    // rows of foreign tables that say nothing
    uint64_t mistakes;
};

// Adds the rows of tables (CSV files, in the form of docs/data.md) to the data store: all of them, or nothing. `maps` say how to
// read tables of another form, one statement for each observation that a row makes; NULL when there are none.
// CRUX_REJECTED: nothing was added. The first mistakes are diagnostics; crux_imported counts them all.
CRUX_PUBLIC enum crux_status crux_import(struct crux_session *crux, const char *const *paths, size_t path_count,
                                         const char *const *maps, size_t map_count) CRUX_MUST_USE;
CRUX_PUBLIC const struct crux_import_counts *crux_imported(const struct crux_session *crux); // NULL when the last run was no import

enum crux_data_question {
    CRUX_DATA_LIST,    // which quantities there are; the name is a pattern such as "fab.*", or NULL for all
    CRUX_DATA_SHOW,    // one quantity: for each period what counts, why, and what other sources say
    CRUX_DATA_HISTORY, // one quantity: every observation, in the order in which they became known
    CRUX_DATA_CHECK,   // sources that disagree, what is stale, what cannot be traced; the name is NULL
};

// Asks the data store what it knows at the vintage of CRUX_AS_OF. CRUX_NOT_FOUND: no such quantity; the message names a near one.
CRUX_PUBLIC enum crux_status crux_data(struct crux_session *crux, enum crux_data_question question, const char *name) CRUX_MUST_USE;

struct crux_observation {
    const char *name;               // "fab.smic.yield_7nm"
    const char *unit;               // of the numbers: "chip/year", "fraction"; "date" (years as a number); "text": see value
    double low, central, high;      // NAN where the source does not say
    const char *value;              // in words, or ""
    const char *valid, *known_from; // "2025Q3", "2025-10-02"
    const char *source, *basis;     // "ft_2025", "stated"
    const char *note;
    bool counts;                    // for its period, at the vintage
    bool superseded;                // its source said something else later
};

// What the last crux_data found: of each quantity the newest (list), for each period what counts and then the others (show, and of
// check the conflicts), every observation (history).
CRUX_PUBLIC size_t crux_observation_count(const struct crux_session *crux);
CRUX_PUBLIC const struct crux_observation *crux_observation(const struct crux_session *crux, size_t position); // NULL past the end

// Writes the answer to the last crux_data as "human" or "json" (docs/crux-data.schema.json). NULL style: plain.
CRUX_PUBLIC enum crux_status crux_write_data(struct crux_session *crux, const char *format, const struct crux_style *style,
                                             const struct crux_writer *writer) CRUX_MUST_USE;

// ---- recorded runs -----------------------------------------------------------------------------------------------------------

// What the runs that crux_check recorded (CRUX_RECORD) in the data store of CRUX_DB say of a claim ("behind" is every member of it too),
// or of all when it is NULL. CRUX_NOT_FOUND: no such claim was recorded; the message names a near one.
CRUX_PUBLIC enum crux_status crux_history(struct crux_session *crux, const char *claim) CRUX_MUST_USE;

// Writes the last crux_history as "human" or "json" (docs/crux-history.schema.json); human: its scores instead of its claims when
// `scores`. NULL style: plain.
CRUX_PUBLIC enum crux_status crux_write_history(struct crux_session *crux, const char *format, bool scores, const struct crux_style *style,
                                                const struct crux_writer *writer) CRUX_MUST_USE;

// ---- the canonical layout, explanations, names -------------------------------------------------------------------------

// Writes the text in canonical layout. CRUX_REJECTED, and nothing written, when it does not parse.
CRUX_PUBLIC enum crux_status crux_format(struct crux_session *crux, const char *name, const char *bytes, size_t length,
                                         const struct crux_writer *writer) CRUX_MUST_USE;
// Reads a file the way a run does (size, encoding, loader): *bytes stays valid until the next call. A failure is a diagnostic.
CRUX_PUBLIC enum crux_status crux_read_file(struct crux_session *crux, const char *path, const char **bytes, size_t *length) CRUX_MUST_USE;

// Calls found() with each file a run would open for the path: the file itself, or all files of a folder whose names end in
// .crux, sorted; found() returns false to stop, and may use the handle. A folder that cannot be read is a diagnostic.
CRUX_PUBLIC enum crux_status crux_list(struct crux_session *crux, const char *path, bool (*found)(void *user, const char *path),
                                       void *user) CRUX_MUST_USE;

// What a diagnostic code ("E201") means, with an example and its remedy, as Markdown; NULL when there is none.
CRUX_PUBLIC const char *crux_explain(const char *code);
// The code number `position` that can be explained, in order, and its title; NULL past the end.
CRUX_PUBLIC const char *crux_code(size_t position);
CRUX_PUBLIC const char *crux_code_title(size_t position);

// The name of shipped forecast number `position`, the default one first; NULL past the end.
CRUX_PUBLIC const char *crux_forecast(size_t position);

// Number `position` of the names that an expression may use after the last crux_eval: for completion. NULL past the end.
CRUX_PUBLIC const char *crux_name(const struct crux_session *crux, size_t position);

#ifdef __cplusplus
}
#endif

#endif
