// crux explain: what the code of a message means.
#include <stdio.h>
#include <stdlib.h>

#include "cli/run.h"

static int list_codes(void)
{
    for (size_t i = 0; crux_code(i); i++)
        printf("%s  %s\n", crux_code(i), crux_code_title(i));
    return EXIT_AS_EXPECTED;
}

static const char *nearest_code(const char *code)
{
    size_t count = 0;
    while (crux_code(count))
        count++;
    const char **codes = calloc(count + 1, sizeof *codes);
    for (size_t i = 0; codes && i < count; i++)
        codes[i] = crux_code(i);
    const char *near = codes ? nearest_name(code, codes) : NULL;
    free(codes);
    return near;
}

static int explain(const char *code)
{
    const char *text = crux_explain(code);
    if (text) {
        fputs(text, stdout);
        return EXIT_AS_EXPECTED;
    }
    const char *near = nearest_code(code);
    fprintf(stderr, "crux: there is nothing to explain about `%s`\n", code);
    if (near)
        fprintf(stderr, "  help: %s is near; `crux explain` lists all codes\n", near);
    else
        fputs("  help: `crux explain` lists all codes\n", stderr);
    return EXIT_UNTRUSTED;
}

int run_explain(const struct arguments *arguments)
{
    if (arguments->name_count == 0)
        return list_codes();
    int worst = EXIT_AS_EXPECTED;
    for (size_t i = 0; i < arguments->name_count; i++) {
        const int code = explain(arguments->names[i]);
        worst = code > worst ? code : worst;
    }
    return worst;
}
