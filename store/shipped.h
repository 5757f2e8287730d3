// The observations that come with Crux: a whole SQLite database in the library, made by the Makefile from data/*.csv.
#ifndef STORE_SHIPPED_H
#define STORE_SHIPPED_H

extern const unsigned char shipped_image[], shipped_image_end[];

#endif
