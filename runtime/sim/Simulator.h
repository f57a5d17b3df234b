// A GPU on the CPU: runs kernels that were compiled for NVIDIA's GPUs and retargeted to this processor, one
// fiber for each thread, in schedules that hunt for missing barriers.
#ifndef WEFT_SIM_SIMULATOR_H
#define WEFT_SIM_SIMULATOR_H

#include <cstddef>
#include <cstdint>
#include <span>

namespace weft::sim {

/// A kernel as `retargetToHost` makes it: arguments are pointers to their values.
using Entry = void (*)(void **arguments);

/// Which of the threads that can run goes on.
enum class Schedule {
  RoundRobin, // the one that waits longest
  Random,     // any, from the seed
  Skewed,     // of the lowest warp, so that warps are as far apart as barriers let them be
  Lazy,       // the one that waits longest, and asynchronous copies arrive as late as waits let them
};

struct Launch {
  const char *name;
  Entry entry;
  uint32_t grid, threads; // blocks, and threads a block: at most 1024
  size_t sharedBytes;     // at most 227 KiB
  void **arguments;
  std::span<const std::span<char>> buffers; // all that it may touch in global memory
  Schedule schedule = Schedule::RoundRobin;
  uint64_t seed = 1;
};

/// Runs all blocks, one after the other. What a GPU would not do (a barrier that not all threads reach, a
/// shuffle with a lane that is not there, an access outside of the buffers or of shared memory, or not aligned)
/// and what it does not promise (two threads at one word of shared memory with no barrier between, one of which
/// writes; a word that nobody has written, or that an asynchronous copy may still write) ends the process with a
/// message and exit code 66.
void run(const Launch &launch);

/// What device code calls in place of an instruction.
struct Function {
  const char *name;
  void *address;
};
std::span<const Function> functions();

} // namespace weft::sim

#endif // WEFT_SIM_SIMULATOR_H
