// The memory of a training executable: exactly what the compiler planned.
#ifndef WEFT_RT_DEVICE_CPU_MEMORY_H
#define WEFT_RT_DEVICE_CPU_MEMORY_H

#include "weft-rt/ABI.h"

#include <cstdint>

namespace weft::rt {

/// Zeroed pages with every page already backed by memory.
class Region {
public:
  Region() = default;
  /// Fails with an Error that says how much was wanted for what.
  Region(const char *what, uint64_t bytes, int threads);
  ~Region();
  Region(const Region &) = delete;
  Region &operator=(Region &&other) noexcept;

  char *data() const { return begin; }
  /// The bytes of its pages.
  uint64_t resident() const;

private:
  char *begin = nullptr;
  uint64_t length = 0;
};

/// State, arena, input block and step block, allocated once before the first step.
class ModuleMemory {
public:
  /// Fails with an Error that states the exact need and what is free, if it does not fit.
  ModuleMemory(const WeftModule &module, int threads);

  char *state() const { return stateRegion.data(); }
  char *arena() const { return arenaRegion.data(); }
  char *input() const { return inputRegion.data(); }
  WeftStep *step() const { return reinterpret_cast<WeftStep *>(stepRegion.data()); }
  uint64_t resident() const;

private:
  Region stateRegion, arenaRegion, inputRegion, stepRegion;
};

/// Bytes that this process can still take: the least of what the machine has available, what its
/// control groups leave and what its address space limit leaves.
uint64_t availableMemory();

/// Anonymous memory of this process that is backed by pages now (heap, stacks, mappings that are
/// not of a file), as /proc/self/smaps_rollup counts it. -1 where the kernel does not say.
int64_t anonymousMemory();

} // namespace weft::rt

#endif // WEFT_RT_DEVICE_CPU_MEMORY_H
