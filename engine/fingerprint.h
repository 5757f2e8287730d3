// What a question asks, as a digest: equal ones ask the same of the same futures.
//
// It sees the instructions that the question's values need, whatever their numbers, and the operands of what commutes in no order;
// the laws, draws and correlations of the inputs they read; the aggregates inside, with what those ask. It sees no names, no
// places, and nothing that the question does not reach. An input's draw depends on the names of the other inputs (engine/model.h), and
// so does its fingerprint: with another draw it has other values in future k.
#ifndef ENGINE_FINGERPRINT_H
#define ENGINE_FINGERPRINT_H

#include <stdbool.h>

#include "base/digest.h"
#include "engine/model.h"

struct arena;

// Of each value of the model. extra[a]: what else the estimate of aggregate number a follows from.
const struct digest *value_digests(struct arena *arena, const struct model *model, const struct digest *extra);
struct digest question_digest(const struct model *model, const struct digest *values, const struct question *question);

#endif
