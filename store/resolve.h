// What became of recorded claims, and how well it was foretold.
//
// A claim *resolves* in a run when, in the baseline,
//   - its window (the last step that it speaks of) ended before the vintage of the run,
//   - it uses an input that is taken from data, and every such input has an observation about a period at or after the window's end,
//     which was over when it became known: nothing is carried on beyond what was observed, or was said beforehand, and
//   - its verdict is supported: it came true; or refuted: it did not.
// A claim that was reworded is another one from there on: each wording resolves by itself, so that new words do not take back what
// the old ones said. The last run in which it resolves counts, because data are corrected. Where several forecasts were taken in and say different
// things of it there, it is not resolved.
//
// A *forecast* of it is an earlier verdict under the same wording: its probability (`estimate`; not below 0.01 % or above 99.99 %),
// from a run whose vintage ended before the window did. A run that was also recorded before then is a forecast of the forecast that
// was taken in, or of the scenario; one that was recorded later is a backtest: what is no data in it may know better. Runs at later
// vintages count for nothing.
//
// An *author* (`by`) asserts a claim at its level: a claim at 90 % is a forecast of 90 %. It is made once, when it was said (`on`), or
// else in the first run that has it; before the window's end, or it is none. `on` counts for the first recorded wording only.
//
// Scores: Brier's, (probability - outcome) squared: 0 is best, 0.25 what always saying 50 % gets; and the logarithmic one, minus the
// logarithm to base 2 of the probability given to what happened, in bits: 0 is best, 1 for always saying 50 %. The mean over a claim's
// forecasts, then over claims: who checks every day does not count more than who checked once.
#ifndef STORE_RESOLVE_H
#define STORE_RESOLVE_H

#include "store/history.h"

enum { SCORES_FEW = 10 }; // resolved claims below which luck decides

struct outcome {
    struct text module, name, wording;
    bool resolved, holds;
    bool contested;                  // not resolved, because forecasts say different things of it
    const struct past_verdict *by;   // the verdict that resolves it; NULL: none
};

enum forecaster { FORECASTER_FORECAST, FORECASTER_SCENARIO, FORECASTER_AUTHOR };

struct score {
    enum forecaster kind;
    struct text name;                // "supply"; empty: no forecast was taken in; a scenario; an author
    bool backtest;
    size_t claims, forecasts;
    double brier, bits;              // means
};

struct scores {
    size_t outcome_count, resolved_count, score_count;
    const struct outcome *outcomes;  // of every wording of every claim in the baseline, by module and name
    const struct score *scores;      // forecasts before backtests; by kind, then name
};

struct scores past_scores(struct store *store, struct arena *arena, const struct past *past);

#endif
