// Products by group: how many rows a group has is known at run time only. Rows are cut into blocks
// from the group's own first row, so that a piece depends on its group alone, not on the groups
// before it or on who computes it.
#include "Device/CPU/Piece.h"
#include "Device/CPU/Runtime.h"
#include "Metrics/Profile.h"

#include <algorithm>
#include <atomic>

using namespace weft::rt;

namespace {

/// Where in C a piece lies: the group, and the first row and column of the group's product.
struct Place {
  int64_t group, i, j;
};

/// The pieces of one call, counted group by group.
class Pieces {
public:
  Pieces(const WeftMatmul &mm, const int32_t *offsets) : mm(mm), offsets(offsets) {}

  int64_t rowsOf(int64_t group) const { return offsets[group + 1] - offsets[group]; }

  /// Rows of the group's product: its own, or those of its whole C.
  int64_t extentOf(int64_t group) const {
    return mm.grouping == WEFT_GROUPED_ROWS ? rowsOf(group) : mm.m;
  }
  int64_t countOf(int64_t group) const {
    return divideUp(extentOf(group), mm.block_m) * divideUp(mm.n, mm.block_n);
  }
  int64_t count() const {
    int64_t sum = 0;
    for (int64_t group = 0; group < mm.groups; ++group)
      sum += countOf(group);
    return sum;
  }

  Place at(int64_t index) const {
    int64_t group = 0;
    for (; index >= countOf(group); ++group)
      index -= countOf(group);
    int64_t blocks = divideUp(extentOf(group), mm.block_m);
    return {group, index % blocks * mm.block_m, index / blocks * mm.block_n};
  }

private:
  const WeftMatmul &mm;
  const int32_t *offsets;
};

struct Operands {
  const void *a, *b;
  void *c;
  const int32_t *offsets;
};

template <typename T>
Piece<T> pieceAt(const WeftMatmul &mm, const Operands &operands, const Place &place) {
  auto *a = static_cast<const T *>(operands.a), *b = static_cast<const T *>(operands.b);
  auto *c = static_cast<T *>(operands.c);
  int64_t first = operands.offsets[place.group], rows = operands.offsets[place.group + 1] - first;
  int64_t n = std::min(mm.block_n, mm.n - place.j);
  if (mm.grouping == WEFT_GROUPED_ROWS) {
    int64_t row = first + place.i;
    return {a + row * mm.lda,
            b + place.group * mm.stride_b[0] + (mm.transpose_b ? place.j * mm.ldb : place.j),
            c + row * mm.ldc + place.j, std::min(mm.block_m, rows - place.i), n, mm.k};
  }
  return {a + first * mm.lda + place.i, b + first * mm.ldb + place.j,
          c + place.group * mm.stride_c[0] + place.i * mm.ldc + place.j,
          std::min(mm.block_m, mm.m - place.i), n, rows};
}

/// A piece of no rows is a sum of nothing.
template <typename T> void compute(const WeftMatmul &mm, const Piece<T> &piece, bool accumulate) {
  if (piece.k > 0)
    return multiply(mm, piece, accumulate ? T(1) : T(0));
  for (int64_t i = 0; !accumulate && i < piece.m; ++i)
    std::fill_n(piece.c + i * mm.ldc, piece.n, T(0));
}

template <typename T>
void runPieces(const WeftMatmul &mm, const Operands &operands, bool accumulate, int threads) {
  Pieces pieces(mm, operands.offsets);
  int64_t count = pieces.count();
  if (threads == 1 || count < 2 || mm.m * mm.n * mm.k < smallProduct) {
    for (int64_t i = 0; i < count; ++i)
      compute(mm, pieceAt<T>(mm, operands, pieces.at(i)), accumulate);
    return;
  }
  std::atomic<int64_t> next{0};
#pragma omp parallel num_threads(threads)
  for (int64_t i; (i = next.fetch_add(1, std::memory_order_relaxed)) < count;)
    compute(mm, pieceAt<T>(mm, operands, pieces.at(i)), accumulate);
}

} // namespace

void weft_rt_grouped_matmul(WeftContext *context, const WeftMatmul *matmul, const void *a,
                            const void *b, void *c, const int32_t *offsets) {
  const Runtime &runtime = runtimeOf(context);
  ProfileScope scope(runtime.profile, matmul);
  bool accumulate = accumulates(*matmul, *context->step);
  Operands operands{a, b, c, offsets};
  if (asEnum<WeftGrouping>(matmul->grouping) == WEFT_UNGROUPED)
    fail("the grouped matrix product of '%s' (%s) has no groups", matmul->scope, matmul->phase);
  withElements(*matmul, [&]<typename T>(T *) {
    runPieces<T>(*matmul, operands, accumulate, runtime.threads);
  });
}
