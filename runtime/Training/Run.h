#ifndef WEFT_RT_TRAINING_RUN_H
#define WEFT_RT_TRAINING_RUN_H

#include "weft-rt/ABI.h"

namespace weft::rt {

/// All of a training executable. Returns its exit code: 0 done, 2 for what is found wrong before
/// step 1, 1 for a fault after it.
int run(const WeftModule &module, int argc, const char *const *argv);

} // namespace weft::rt

#endif // WEFT_RT_TRAINING_RUN_H
