// What kernels are run with, and how far apart two results are.
#ifndef WEFT_TEST_TARGET_CUDA_BUFFERS_H
#define WEFT_TEST_TARGET_CUDA_BUFFERS_H

#include "mlir/IR/BuiltinTypes.h"

#include <span>
#include <vector>

namespace weft::test {

using Buffers = std::vector<std::vector<char>>;

/// Bytes of what a buffer of this type spans.
size_t bytesOf(mlir::MemRefType type);

/// A buffer that begins at a multiple of `alignment`, and of no more.
class AlignedBuffer {
public:
  AlignedBuffer(llvm::ArrayRef<char> contents, int64_t alignment);
  AlignedBuffer(AlignedBuffer &&) = default; // what it holds stays where it is
  std::span<char> get() const { return span; }

private:
  std::vector<char> bytes;
  std::span<char> span;
};

/// The largest norm-wise difference of buffers of these types, relative to those of b; infinite where a NaN is in one of them only, or
/// where there is nothing else.
double differenceOf(llvm::ArrayRef<mlir::Type> types, const Buffers &a, const Buffers &b);

} // namespace weft::test

#endif // WEFT_TEST_TARGET_CUDA_BUFFERS_H
