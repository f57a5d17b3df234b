// A barrier in shared memory, at which threads arrive and wait one without the other.
#ifndef WEFT_SIM_MBARRIER_H
#define WEFT_SIM_MBARRIER_H

#include "Clock.h"

#include <vector>

namespace weft::sim {

struct Fiber;

/// How a thread arrives.
struct Arrival {
  uint32_t count = 1, bytes = 0; // bytes: that the phase is to wait for in addition
  bool isDropped = false;        // for later phases, too
  bool completes = true;         // may be the last one
  bool isRelaxed = false;        // says nothing of what the thread did before
};

/// What one phase gathers, and those behind it of the same parity.
struct Phase {
  Clock clock;
  std::vector<std::pair<Fiber *, uint64_t>> copies; // threads, and the numbers of their copies
  char mark = 0;                                    // its address is what a sanitizer knows
};

struct Mbarrier {
  uint32_t expected = 0, pending = 0; // arrivals
  int64_t bytes = 0;                  // to come
  uint64_t phase = 0;                 // the one that is not complete
  Phase phases[2];                    // by parity
  std::vector<Fiber *> waiting;       // for the end of this phase

  Phase &current() { return phases[phase % 2]; }
};

} // namespace weft::sim

#endif // WEFT_SIM_MBARRIER_H
