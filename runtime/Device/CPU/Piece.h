// One piece of a matrix product, and the library call that computes it.
#ifndef WEFT_RT_DEVICE_CPU_PIECE_H
#define WEFT_RT_DEVICE_CPU_PIECE_H

#include "weft-rt/ABI.h"

namespace weft::rt {

/// Pointers to its first elements, and its extents.
template <typename T> struct Piece {
  const T *a;
  const T *b;
  T *c;
  int64_t m, n, k;
};

/// c = a b + beta c by one single-threaded call of the product's library, with its transposes and
/// leading dimensions.
void multiply(const WeftMatmul &mm, const Piece<float> &piece, float beta);
void multiply(const WeftMatmul &mm, const Piece<double> &piece, double beta);

/// Below this many multiply-adds (20 us of one core) waking the pool costs more than it can save.
constexpr int64_t smallProduct = 1 << 20;

inline int64_t divideUp(int64_t value, int64_t by) { return (value + by - 1) / by; }

/// Whether the product adds to what C holds.
inline bool accumulates(const WeftMatmul &mm, const WeftStep &step) {
  return mm.accumulate == WEFT_ADD ||
         (mm.accumulate == WEFT_ADD_BY_STEP && step.accumulate != 0.0);
}

} // namespace weft::rt

#endif // WEFT_RT_DEVICE_CPU_PIECE_H
