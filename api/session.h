// Inside the library's boundary: what one handle holds, and how a call enters and leaves.
//
// Three arenas. `session` lives until crux_close: settings and added texts. `run` lives until the next run: sources,
// trees, programs, verdicts and everything handed out about them. `scratch` is emptied when a call ends.
#ifndef API_SESSION_H
#define API_SESSION_H

#include <setjmp.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "base/vector.h"
#include "crux.h"
#include "dsl/lint.h"
#include "dsl/program.h"
#include "report/report.h"

struct data_answer;
struct history_answer;
struct diags;
struct import_result;
struct sources;

// A file to open, or a text already here.
struct added {
    struct text path;
    struct text bytes; // of a text
    bool is_text;
};

struct text_vector {
    struct text *at;
    size_t count, room;
};

struct settings {
    struct text forecast, scenario; // empty: the default
    struct text db, as_of;          // empty: the shipped data, the newest date in the store
    struct text_vector sets, filters;
    struct lints lints;
    double level;                   // 0: what the file says
    uint64_t samples, seed;         // samples 0: the default
    double budget;                  // seconds, 0: none
    size_t threads;                 // 0: all
    bool indices;                   // Sobol' indices too
    bool philox;                    // the sampler; else Sobol' points
    size_t depth;                   // of an explanation, 0: the default
    bool certificate;               // keep the boxes of proofs
    uint64_t proof_boxes;           // 0: no proofs
    bool record;                    // the run goes into the data store, ...
    struct text note;               // ... with these words
    struct text baseline;           // file; empty: none
    struct text since;              // the same, and what it knows is taken over
    double stale_after;             // seconds before the vintage; 0: no figure is too old
    struct text waivers, today;     // file, and the date on which waivers are looked at
    unsigned fail_on;               // bit k: verdicts of kind k; FAIL_ON_CHANGED, FAIL_ON_STALE
};
extern const struct settings settings_initial;
#define PROOF_BOXES_DEFAULT UINT64_MAX
enum { FAIL_ON_CHANGED = 1 << VERDICT_COUNT, FAIL_ON_STALE = FAIL_ON_CHANGED << 1 };

struct crux_session {
    struct allocator allocator;
    struct crux_allocator host;
    jmp_buf no_memory;
    struct arena session, run, scratch;

    struct settings settings;
    VECTOR(struct added) added;
    struct crux_loader loader;
    bool has_loader;
    bool (*progress)(void *user, const struct crux_progress *progress);
    void *progress_user;

    // What came of the last call.
    enum crux_status status;
    const char *message;

    // The last run. All NULL or 0 before the first.
    const char *internal; // what went wrong in Crux itself, or NULL
    struct sources *sources;
    struct diags *diags;
    struct report report;
    const struct crux_verdict *verdicts;
    size_t verdict_count;
    const struct crux_conflict *conflicts;
    size_t conflict_count;
    const struct crux_compared *compared; // of crux_compare
    size_t compared_count;
    const struct crux_diagnostic *diagnostics;
    size_t diagnostic_count;
    const struct crux_value *value;
    uint64_t recorded;                   // the number of the recorded run; 0: none
    const struct crux_import_counts *imported;
    const struct import_result *import; // its mistakes
    const struct history_answer *history; // of crux_history
    const struct data_answer *data;     // of crux_data
    const struct crux_observation *observations;
    size_t observation_count;
    const struct crux_verification *verifications;
    size_t verification_count;
    const char *const *names; // for completion
    size_t name_count;
};

// Runs work(crux, argument) inside the boundary: memory that runs out comes back as CRUX_NO_MEMORY, the floating-point
// environment and the locale are the default ones meanwhile and put back afterwards, scratch is emptied. Returns the status
// that the work left with session_fail, else CRUX_OK.
enum crux_status session_enter(struct crux_session *crux, void (*work)(struct crux_session *crux, void *argument), void *argument);

// Notes how the call ends; the message is copied onto the run arena.
void session_fail(struct crux_session *crux, enum crux_status status, const char *format, ...) __attribute__((format(printf, 3, 4)));

// Forgets the last run and starts a new one with empty sources and diagnostics.
void session_start_run(struct crux_session *crux);

// verdict.c: crux_verdict, crux_diagnostic and crux_value from the report.
void make_views(struct crux_session *crux);

#endif
