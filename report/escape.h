// Text made safe for where it goes.
#ifndef REPORT_ESCAPE_H
#define REPORT_ESCAPE_H

#include <stdbool.h>

#include "base/text.h"

struct arena;
struct buffer;

// A JSON string with its quotes. The text is UTF-8.
void escape_json(struct buffer *out, struct text t);
// For a terminal: control characters, which could move the cursor or change colours, become U+FFFD; line breaks become blanks.
void escape_terminal(struct buffer *out, struct text t);

struct text escape_for_terminal(struct arena *arena, struct text t); // the same as a text of its own

// XML text or attribute value. What XML cannot hold becomes U+FFFD.
void escape_xml(struct buffer *out, struct text t);
// The message of a command in a GitHub log, or one of its properties (file, title), where : and , have a meaning too.
void escape_github(struct buffer *out, struct text t, bool property);
// One line of GitHub Markdown that shows the text as it is: no markup, HTML, table cell, mention, reference or link comes of it.
void escape_markdown(struct buffer *out, struct text t);
// A path as a relative URI reference (an absolute path: a file URI).
void escape_uri(struct buffer *out, struct text path);

#endif
