// Offline storage allocation: places for blocks of memory whose lifetimes are known.
#ifndef WEFT_MEMORY_ARENAPLACEMENT_H
#define WEFT_MEMORY_ARENAPLACEMENT_H

#include "llvm/ADT/ArrayRef.h"
#include <cstdint>
#include <vector>

namespace weft {

/// Every place in the state block, the input block and the arena is a multiple of this.
inline constexpr int64_t kAlignment = 64;

/// A block of `size` bytes that is alive at the times `first` to `last`, both included; never where
/// first > last.
struct Lifetime {
  int64_t size = 0;
  int64_t first = 0;
  int64_t last = -1;

  bool isEmpty() const { return first > last || size == 0; }
};

/// The most bytes that are alive at any one time: no arena can be smaller.
int64_t getMostLive(llvm::ArrayRef<Lifetime> lifetimes);

struct ArenaPlacement {
  std::vector<int64_t> offsets; // one a lifetime; 0 for empty ones
  int64_t size = 0;             // the end of the highest block, rounded up to kAlignment
};

/// Places the blocks so that those that are alive at the same time do not overlap and the arena is
/// small: several orders of placement, then a search from the best of them while the arena is more
/// than 1% above the bound. The result is a function of the lifetimes alone. The sum of all sizes
/// must fit 63 bits.
ArenaPlacement placeInArena(llvm::ArrayRef<Lifetime> lifetimes);

} // namespace weft

#endif // WEFT_MEMORY_ARENAPLACEMENT_H
