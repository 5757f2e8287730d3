// What codes mean: docs/diagnostics/*.md, compiled in.
#include <string.h>

#include "api/explanations.h"
#include "crux.h"

// What is said while files are read and checked, and what verdicts point out.
static const struct {
    const char *code, *title;
} codes[] = {
#define DIAG(id, code, severity, title) {code, title},
#include "dsl/diag.def"
#undef DIAG
#define REMARK(id, code, title) {code, title},
#include "judge/remark.def"
#undef REMARK
};

enum { CODE_COUNT = sizeof codes / sizeof *codes };

const char *crux_explain(const char *code)
{
    for (size_t i = 0; i < explanation_count; i++)
        if (strcmp(explanations[i].code, code) == 0)
            return (const char *)explanations[i].bytes;
    return NULL;
}

const char *crux_code(size_t position)
{
    return position < CODE_COUNT ? codes[position].code : NULL;
}

const char *crux_code_title(size_t position)
{
    return position < CODE_COUNT ? codes[position].title : NULL;
}
