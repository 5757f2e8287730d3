// What `crux explain CODE` prints, as bytes in the library. The table is made from docs/diagnostics/CODE.md by base/embed.sh.
#ifndef API_EXPLANATIONS_H
#define API_EXPLANATIONS_H

#include <stddef.h>

struct explanation {
    const char *code;           // "E201", or whatever the file is called
    const unsigned char *bytes; // Markdown; a NUL follows the last
    size_t length;
};

extern const struct explanation explanations[]; // by code
extern const size_t explanation_count;

#endif
