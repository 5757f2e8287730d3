// A writer that takes every byte and keeps none.
#ifndef TESTS_SUPPORT_NOWHERE_H
#define TESTS_SUPPORT_NOWHERE_H

#include "crux.h"

extern const struct crux_writer nowhere;

#endif
