#ifndef WEFT_RT_DEVICE_CPU_INITIALIZE_H
#define WEFT_RT_DEVICE_CPU_INITIALIZE_H

#include "weft-rt/ABI.h"

namespace weft::rt {

/// Writes the initial values of elements [begin, end) of a state tensor to `data`.
void fill(const WeftState &state, uint64_t seed, char *data, int64_t begin, int64_t end,
          int threads);

} // namespace weft::rt

#endif // WEFT_RT_DEVICE_CPU_INITIALIZE_H
