// Recorded runs: what `crux check --record` keeps of one. store/history.h reads them back.
//
//     if (store_begin(store, TEXT(""), TEXT("")) == STORE_OK && store_record(store, &run))
//         store_commit(store) or store_rollback(store)
//
// Like observations, runs are only ever added, all of one or nothing of it.
#ifndef STORE_RECORD_H
#define STORE_RECORD_H

#include <stdint.h>

#include "judge/verdict.h"
#include "store/append.h"

// An input that a verdict used. The numbers are in the unit that is said ("date": years).
struct recorded_input {
    struct text name;                // "fab.yield[n7]"
    double low, central, high;       // as the input's flips have them (judge/verdict.h: struct crux); NAN: not known
    struct text unit, basis;         // basis: empty when nothing is said of it
    size_t observations;             // it is made of so many; 0: it was written in the file, and what follows is empty or NAN
    struct text quantity, valid, known, source; // of the newest of them, as written
    double known_from;               // its first instant
    double observed_until;           // the end of the last period that one of them is about and that was over when it became known;
                                     // NAN: all were said beforehand
};

struct recorded_verdict {
    int64_t number;                  // of its row
    struct text file, module;        // the path as it was given; its last part, which tells claims of one name apart
    struct text name;                // "behind[own]"
    struct text scenario, forecast;  // "baseline"; the forecast that was taken in, empty: none
    struct text speaker;             // `by`, may be empty
    double said_on;                  // first instant of `on`; NAN: not said
    struct text sentence;            // what it stands for in words, may be empty
    struct text wording;             // the formula and the clauses that change its meaning, in canonical layout on one line
    struct text reading;
    double level;
    enum verdict_kind kind;
    enum evidence basis;
    struct probability probability;
    struct text expected;            // "sensitive"; empty: nothing was expected
    bool as_expected;
    struct text fingerprint;         // may be empty
    double window_end;               // first instant after the last step that the claim speaks of; NAN: there is no timeline
    size_t input_count;
    const struct recorded_input *const *inputs; // one that is used twice is the same pointer
};

struct recorded_run {
    int64_t number;                  // from 1, in the order of recording
    struct text recorded_on;         // "2026-11-24T08:30:00Z"
    struct text engine;
    struct text vintage;             // as written; empty: the store was empty
    double vintage_end;              // the first instant after it; NAN
    uint64_t seed, samples;          // samples 0: the default
    struct text sampler;
    double level;
    struct text forecast, note;
    size_t verdict_count;            // 0 where runs are read back
    const struct recorded_verdict *verdicts;
};

// Adds the run, inside store_begin and store_commit. Sets run->number. False after a failure: store_trouble says why.
bool store_record(struct store *store, struct arena *scratch, struct recorded_run *run);

#endif
