// What stands behind WeftContext::runtime.
#ifndef WEFT_RT_DEVICE_CPU_RUNTIME_H
#define WEFT_RT_DEVICE_CPU_RUNTIME_H

#include "weft-rt/ABI.h"

namespace weft::rt {

class Commands;
class Profile;

struct Runtime {
  int threads = 1;
  Profile *profile = nullptr;   // null: not measured
  Commands *commands = nullptr; // of another device; null: this CPU does it
};

inline const Runtime &runtimeOf(const WeftContext *context) {
  return *static_cast<const Runtime *>(context->runtime);
}

/// Prepares OpenMP and the libraries for `threads` threads of ours (0: OMP_NUM_THREADS, or the CPUs
/// of the affinity mask, as far as the control groups' quota goes) that each call single-threaded
/// library functions. Returns the number. Fails with an Error for variables that OpenMP's library
/// would abort for.
int prepareThreads(int threads = 0);

} // namespace weft::rt

#endif // WEFT_RT_DEVICE_CPU_RUNTIME_H
