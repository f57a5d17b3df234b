// A random order of [0, size) that is computed element by element and needs no memory.
#ifndef WEFT_RT_DATA_PERMUTATION_H
#define WEFT_RT_DATA_PERMUTATION_H

#include <cstdint>

namespace weft::rt {

/// A bijection of [0, size), a function of (size, seed, epoch): a balanced Feistel network over
/// the next even power of two, walked along its cycles until it comes back into the range.
class Permutation {
public:
  Permutation(uint64_t size, uint64_t seed, uint64_t epoch);
  uint64_t operator()(uint64_t index) const;

private:
  uint64_t encrypt(uint64_t value) const;

  uint64_t size;
  int halfBits;
  uint32_t keys[8];
};

} // namespace weft::rt

#endif // WEFT_RT_DATA_PERMUTATION_H
