#include "Buffers.h"

#include "ExactKernels.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/Support/MathExtras.h"

#include <cmath>
#include <cstring>

using namespace mlir;
using namespace weft::test;

size_t weft::test::bytesOf(MemRefType type) {
  int64_t last = 0;
  for (auto [size, stride] : llvm::zip(type.getShape(), type.getStridesAndOffset().first))
    last += (size - 1) * stride;
  return (last + 1) * type.getElementTypeBitWidth() / 8;
}

AlignedBuffer::AlignedBuffer(ArrayRef<char> contents, int64_t alignment) : bytes(contents.size() + 4 * alignment) {
  uint64_t place = llvm::alignTo(reinterpret_cast<uintptr_t>(bytes.data()), 2 * alignment) + alignment;
  span = {reinterpret_cast<char *>(place), contents.size()};
  llvm::copy(contents, span.begin());
}

template <typename T> static double normwise(std::span<const char> a, std::span<const char> b) {
  double sum = 0, norm = 0;
  bool hasNumbers = false; // what is NaN throughout says nothing
  for (size_t at = 0; at < a.size(); at += sizeof(T)) {
    T x, y;
    std::memcpy(&x, a.data() + at, sizeof x);
    std::memcpy(&y, b.data() + at, sizeof y);
    if (std::isnan(double(x)) && std::isnan(double(y)))
      continue;
    hasNumbers = true;
    if (double(x) == double(y)) // infinities too
      continue;
    sum += (double(x) - y) * (double(x) - y), norm += double(y) * y;
  }
  // A NaN in one of them only makes the sum one, which no comparison would show.
  if (!hasNumbers || std::isnan(sum))
    return INFINITY;
  return sum == 0 ? 0 : std::sqrt(sum / std::max(norm, 1e-30));
}

double weft::test::differenceOf(ArrayRef<Type> types, const Buffers &a, const Buffers &b) {
  double worst = 0;
  for (auto [i, type] : llvm::enumerate(types)) {
    Type element = getElementTypeOrSelf(type);
    worst = std::max(worst, element.isInteger(32)
                                ? normwise<int32_t>(a[i], b[i])
                                : normwise<double>(toDouble(element, a[i]), toDouble(element, b[i])));
  }
  return worst;
}
