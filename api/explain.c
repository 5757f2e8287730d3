// What codes mean: docs/diagnostics/*.md, compiled in.
#include <string.h>

#include "api/explanations.h"
#include "crux.h"
#include "dsl/diag.h"
#include "judge/verdict.h"

const char *crux_explain(const char *code)
{
    for (size_t i = 0; i < explanation_count; i++)
        if (strcmp(explanations[i].code, code) == 0)
            return (const char *)explanations[i].bytes;
    return NULL;
}

const char *crux_code(size_t position)
{
    return position < DIAG_COUNT ? diag_kinds[position].code : NULL;
}

const char *crux_code_title(size_t position)
{
    return position < DIAG_COUNT ? diag_kinds[position].title : NULL;
}
