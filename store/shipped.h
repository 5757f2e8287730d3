// The observations that come with Crux: a whole SQLite database in the library, made by the Makefile from data/*.csv.
#ifndef STORE_SHIPPED_H
#define STORE_SHIPPED_H

#include <stdint.h>

extern const unsigned char shipped_image[];
extern const uint64_t shipped_image_size; // bytes

#endif
