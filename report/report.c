#include "report/report.h"

#include <string.h>

#include "report/writers.h"

const struct format formats[] = {
#define FORMAT(name, description) {#name, description, write_##name},
#include "report/format.def"
#undef FORMAT
};
const size_t format_count = sizeof formats / sizeof *formats;

const struct format *format_named(const char *name)
{
    for (size_t i = 0; i < format_count; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}
