// Text made safe for where it goes.
#ifndef REPORT_ESCAPE_H
#define REPORT_ESCAPE_H

#include "base/text.h"

struct buffer;

// A JSON string with its quotes. The text is UTF-8.
void escape_json(struct buffer *out, struct text t);
// For a terminal: control characters, which could move the cursor or change colours, become U+FFFD; line breaks become blanks.
void escape_terminal(struct buffer *out, struct text t);

#endif
