// `crux check --record`: the run goes into the data store of its settings.
#ifndef API_RECORD_H
#define API_RECORD_H

#include "api/run.h"
#include "store/record.h"

// Before the run: whether it could be recorded. The session says why not.
bool can_record(struct crux_session *crux);
// Opens the store to record in, so that what is wrong with it shows before the work. Where there is no file yet, the run reads the
// image, of which one is made at the end.
struct store *open_record(struct run *run, struct text *message);
// After the verdicts are collected: all of the run, or nothing. Says W739 of claims whose goalposts were moved. A failure is a diagnostic.
void record_run(struct run *run);

// record_rows.c: the rows of the report's verdicts.
void record_rows(struct run *run, struct recorded_run *rows);

// clock.c: the present as "2026-11-24T08:30:00Z". SOURCE_DATE_EPOCH stands for it where it is set, so that equal runs make equal files.
struct text session_now(struct arena *arena);

#endif
