// When the buffers of a module's programs are alive.
#ifndef WEFT_MEMORY_LIFETIMES_H
#define WEFT_MEMORY_LIFETIMES_H

#include "dialects/Exec/Exec.h"
#include "weft/Memory/ArenaPlacement.h"

namespace weft {

/// The buffers of all programs with their lifetimes. Time counts ops from the first program to the
/// last, so buffers of different programs are never alive together.
struct BufferLifetimes {
  std::vector<exec::BufferOp> buffers;
  std::vector<Lifetime> lifetimes;
};

BufferLifetimes getBufferLifetimes(exec::ModuleOp module);

} // namespace weft

#endif // WEFT_MEMORY_LIFETIMES_H
