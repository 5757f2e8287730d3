// The forecasts that come with the library, as bytes in it. The table is made from engine/forecast/NAME/*.crux by
// base/embed.sh.
#ifndef ENGINE_FORECAST_SHIPPED_H
#define ENGINE_FORECAST_SHIPPED_H

#include <stddef.h>

struct shipped_file {
    const char *forecast;       // "ai2027"
    const char *path;           // "forecast:ai2027/production.crux", as a source is named
    const unsigned char *bytes; // a NUL follows the last
    size_t length;
};

extern const struct shipped_file shipped_files[]; // by forecast, then by path
extern const size_t shipped_file_count;

#endif
