// The writer of each format, for the table in report.c.
#ifndef REPORT_WRITERS_H
#define REPORT_WRITERS_H

struct buffer;
struct report;
struct report_style;

#define FORMAT(name, description) void write_##name(struct buffer *out, const struct report *report, const struct report_style *style);
#include "report/format.def"
#undef FORMAT

#endif
