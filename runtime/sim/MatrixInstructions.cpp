// Tensor cores: mma.sync and ldmatrix. Products are exact; each sum starts from the accumulator and takes them in the
// order of what is summed over, every sum rounded to the nearest f32. A GPU may add several at once and cut bits off.
#include "Block.h"
#include "Instructions.h"
#include "Support/Half.h"

#include <bit>
#include <cstring>

using namespace weft::sim;

namespace {

// ---- mma.sync: 16 rows of a and 8 columns of b

constexpr int kRows = 16, kColumns = 8;
constexpr uint32_t kAllLanes = ~0u;

/// What one lane holds of both operands and of the sums.
struct Fragment {
  uint32_t a[4], b[2];
  float c[4];
};

struct BF16 {
  static constexpr int kOfWord = 2;
  static double read(uint32_t word, int i) {
    return static_cast<double>(weft::rt::BFloat{static_cast<uint16_t>(word >> 16 * i)});
  }
};
struct F16 {
  static constexpr int kOfWord = 2;
  static double read(uint32_t word, int i) {
    return static_cast<double>(weft::rt::Half{static_cast<uint16_t>(word >> 16 * i)});
  }
};
/// An f32 of which the lowest bits do not count.
struct TF32 {
  static constexpr int kOfWord = 1;
  static double read(uint32_t word, int) { return std::bit_cast<float>(word & ~0x1FFFu); }
};

template <typename Format> void multiply(std::span<Fiber *const> lanes) {
  constexpr int own = Format::kOfWord, half = 4 * own, inner = 2 * half;
  float a[kRows][inner], b[inner][kColumns], sums[kRows][kColumns];
  auto overSums = [&](Fiber *fiber, auto use) {
    for (int i = 0; i < 4; ++i)
      use(i, sums[fiber->lane() / 4 + i / 2 * 8][fiber->lane() % 4 * 2 + i % 2]);
  };
  for (Fiber *fiber : lanes) {
    auto &held = *static_cast<const Fragment *>(fiber->input);
    uint32_t across = fiber->lane() / 4, along = fiber->lane() % 4 * own;
    for (int e = 0; e < own; ++e) {
      for (int r = 0; r < 4; ++r)
        a[across + r % 2 * 8][along + e + r / 2 * half] = static_cast<float>(Format::read(held.a[r], e));
      for (int r = 0; r < 2; ++r)
        b[along + e + r * half][across] = static_cast<float>(Format::read(held.b[r], e));
    }
    overSums(fiber, [&](int i, float &sum) { sum = held.c[i]; });
  }
  for (int i = 0; i < kRows; ++i)
    for (int j = 0; j < kColumns; ++j)
      for (int k = 0; k < inner; ++k)
        sums[i][j] += a[i][k] * b[k][j];
  for (Fiber *fiber : lanes)
    overSums(fiber, [&](int i, float sum) { static_cast<float *>(fiber->output)[i] = sum; });
}

template <typename Format>
void matrixProduct(uint32_t site, float *out, uint32_t a0, uint32_t a1, uint32_t a2, uint32_t a3, uint32_t b0,
                   uint32_t b1, float c0, float c1, float c2, float c3) {
  Fragment input{{a0, a1, a2, a3}, {b0, b1}, {c0, c1, c2, c3}};
  Block::current().meetInWarp("mma.sync", site, kAllLanes, &input, out, multiply<Format>);
}

/// To the nearest of 11 bits, ties away from zero.
int32_t toTF32(uint32_t, float x) {
  auto bits = std::bit_cast<uint32_t>(x);
  bool isFinite = (bits & 0x7F800000) != 0x7F800000;
  return static_cast<int32_t>(isFinite ? (bits + 0x1000) & ~0x1FFFu : bits);
}

// ---- ldmatrix: matrices of 8 x 8 numbers of 16 bits, whose rows each lie where a lane says

template <int count, bool isTurned> void readMatrices(std::span<Fiber *const> lanes) {
  const char *rows[kWarp];
  for (Fiber *fiber : lanes)
    rows[fiber->lane()] = static_cast<const char *>(fiber->input);
  for (int m = 0; m < count; ++m) {
    uint16_t matrix[8][8];
    for (int r = 0; r < 8; ++r)
      std::memcpy(matrix[r], rows[8 * m + r], sizeof matrix[r]);
    for (Fiber *fiber : lanes) {
      uint32_t first = fiber->lane() / 4, second = fiber->lane() % 4 * 2;
      uint32_t low = isTurned ? matrix[second][first] : matrix[first][second];
      uint32_t high = isTurned ? matrix[second + 1][first] : matrix[first][second + 1];
      static_cast<uint32_t *>(fiber->output)[m] = low | high << 16;
    }
  }
}

template <int count, bool isTurned> void loadMatrices(uint32_t site, uint32_t *out, const char *row) {
  Block &block = Block::current();
  if (block.thread().lane() < 8 * count) {
    if constexpr (sanitizer::isActive) {
      sanitizer::read(row, 16);
      sanitizer::checkWritten(row, 16);
    } else {
      block.accessShared(site, row, 16, /*writes=*/false);
    }
  }
  block.meetInWarp("ldmatrix", site, kAllLanes, row, out, readMatrices<count, isTurned>);
}
template <bool isTurned> uint32_t loadMatrix(uint32_t site, const char *row) {
  uint32_t word = 0;
  loadMatrices<1, isTurned>(site, &word, row);
  return word;
}

} // namespace

std::span<const Function> weft::sim::matrixFunctions() {
  static const Function all[] = {
      entry("llvm.nvvm.mma.m16n8k16.row.col.bf16", matrixProduct<BF16>),
      entry("llvm.nvvm.mma.m16n8k16.row.col.f32.f32", matrixProduct<F16>),
      entry("llvm.nvvm.mma.m16n8k8.row.col.tf32", matrixProduct<TF32>),
      entry("llvm.nvvm.f2tf32.rna", toTF32),
      entry("llvm.nvvm.ldmatrix.sync.aligned.m8n8.x1.b16.p3", loadMatrix<false>),
      entry("llvm.nvvm.ldmatrix.sync.aligned.m8n8.x2.b16.p3", loadMatrices<2, false>),
      entry("llvm.nvvm.ldmatrix.sync.aligned.m8n8.x4.b16.p3", loadMatrices<4, false>),
      entry("llvm.nvvm.ldmatrix.sync.aligned.m8n8.x1.trans.b16.p3", loadMatrix<true>),
      entry("llvm.nvvm.ldmatrix.sync.aligned.m8n8.x2.trans.b16.p3", loadMatrices<2, true>),
      entry("llvm.nvvm.ldmatrix.sync.aligned.m8n8.x4.trans.b16.p3", loadMatrices<4, true>),
  };
  return all;
}
