// One piece of a matrix product, and the library call that computes it.
#ifndef WEFT_RT_DEVICE_CPU_PIECE_H
#define WEFT_RT_DEVICE_CPU_PIECE_H

#include "Support/Enums.h"
#include "Support/Error.h"

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
  switch (asEnum<WeftAccumulate>(mm.accumulate)) {
  case WEFT_OVERWRITE:
    return false;
  case WEFT_ADD:
    return true;
  case WEFT_ADD_BY_STEP:
    return step.accumulate != 0.0;
  }
  __builtin_unreachable();
}

/// Calls `action` with a null pointer to the type of the product's elements. Fails for a product that no library of the
/// CPU computes, while there is one thread: pieces are beyond that.
template <typename Action> void withElements(const WeftMatmul &mm, Action action) {
  WeftDType dtype = asEnum<WeftDType>(mm.dtype);
  WeftLibrary library = asEnum<WeftLibrary>(mm.library);
  if (dtype == WEFT_F32 && (library == WEFT_ONEDNN || library == WEFT_OPENBLAS))
    return action(static_cast<float *>(nullptr));
  if (dtype == WEFT_F64 && library == WEFT_OPENBLAS)
    return action(static_cast<double *>(nullptr));
  fail("the matrix product of '%s' (%s) is of %s by %s: expected f32 by onednn or openblas, or f64 by openblas", mm.scope,
       mm.phase, textOf<WeftDType>(mm.dtype), textOf<WeftLibrary>(mm.library));
}

} // namespace weft::rt

#endif // WEFT_RT_DEVICE_CPU_PIECE_H
