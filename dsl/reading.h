// How a claim was read, in plain words, with every default made explicit:
//
//     If fab.yield[n7] < 40 % throughout 2025Q2..2027Q4, then gap > 5 in 2027Q4.
#ifndef DSL_READING_H
#define DSL_READING_H

struct buffer;
struct claim;
struct program;
struct scenario;

// One sentence or two, one line, no newline at the end. `scenario`: whose assumptions hold beside the baseline's, or NULL.
// `member` of a claim with members: which one it is about, or -1 for all of them.
void reading_write(struct buffer *out, const struct program *program, const struct claim *claim, const struct scenario *scenario, int member);

#endif
