// Tables of what device code calls in place of instructions.
#ifndef WEFT_SIM_INSTRUCTIONS_H
#define WEFT_SIM_INSTRUCTIONS_H

#include "Simulator.h"

namespace weft::sim {

template <typename F> Function entry(const char *name, F *function) {
  return {name, reinterpret_cast<void *>(function)};
}

/// Those of tensor cores.
std::span<const Function> matrixFunctions();
/// And those of warpgroups.
std::span<const Function> warpgroupFunctions();
/// Those of barriers in shared memory.
std::span<const Function> mbarrierFunctions();

} // namespace weft::sim

#endif // WEFT_SIM_INSTRUCTIONS_H
