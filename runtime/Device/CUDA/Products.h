// Matrix products by cuBLASLt. It computes with columns where we have rows: C^T = B^T A^T.
#ifndef WEFT_RT_DEVICE_CUDA_PRODUCTS_H
#define WEFT_RT_DEVICE_CUDA_PRODUCTS_H

#include "Device/CUDA/Driver.h"
#include "Device/Commands.h"
#include "weft-rt/ABI.h"

#include <memory>
#include <unordered_map>

namespace weft::rt::cuda {

/// How one product site is computed: chosen once, the same for the same GPU and library. Algorithms that add with
/// atomics are not considered, so that a run repeats bit by bit; a split of K is summed in the workspace.
class Plan {
public:
  /// Fails with an Error if cuBLASLt has no algorithm for it.
  Plan(const Blas &blas, Handle handle, const WeftMatmul &mm, const MatmulOperands &operands);
  ~Plan();
  Plan(const Plan &) = delete;
  Plan &operator=(const Plan &) = delete;

  /// c = a b + beta c, and what the epilogue does with it. Bias and aux are those that the plan was made for.
  Status run(const MatmulOperands &operands, bool accumulate, void *workspace, Stream stream) const;

private:
  Layout layoutOf(uint64_t rows, uint64_t columns, int64_t leading, int64_t stride) const;
  void setEpilogue(const MatmulOperands &operands) const;
  void choose(const void *a, const void *b, const void *c);
  void log() const;
  Status runOne(const char *a, const char *b, char *c, bool accumulate, void *workspace, Stream stream) const;

  const Blas &blas;
  Handle handle;
  const WeftMatmul &mm;
  int64_t element;        // bytes
  int type;               // of the elements, CUDA_R_...
  int32_t loops;          // leading batch dimensions that calls go over
  int64_t count = 1;      // of the rest, which one call does
  int64_t strideA = 0, strideB = 0, strideC = 0; // over those
  Operation operation = nullptr;
  Layout a = nullptr, b = nullptr, c = nullptr;
  Heuristic chosen = {};
};

class Products {
public:
  explicit Products(uint64_t textHash);
  ~Products();

  Status run(const WeftMatmul &mm, const MatmulOperands &operands, bool accumulate, void *workspace, Stream stream);

private:
  const Blas &blas;
  Handle handle = nullptr;
  std::unordered_map<const WeftMatmul *, std::unique_ptr<Plan>> plans; // looked up only
};

} // namespace weft::rt::cuda

#endif // WEFT_RT_DEVICE_CUDA_PRODUCTS_H
