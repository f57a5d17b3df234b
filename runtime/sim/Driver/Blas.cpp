// A stand-in for cuBLASLt: one algorithm, sums in the order of k. It writes NaN over the whole workspace, and rounds
// factors to TF32 where that is allowed. Epilogues compute in the numbers of the sums and round once.
#include "sim/Driver/BlasEpilogue.h"
#include "sim/Driver/Memory.h"
#include "sim/Driver/Streams.h"

#include <cstring>
#include <type_traits>

using namespace weft::sim;
namespace cuda = weft::rt::cuda;
using cuda::Status;
using weft::rt::BFloat;
using weft::rt::Half;
using namespace weft::sim::blas;

namespace {

enum : Status { invalid = 7, hasNoAlgorithm = 15 }; // CUBLAS_STATUS_INVALID_VALUE, _NOT_SUPPORTED

struct Wishes {
  uint64_t workspace = 0;
  uint32_t reductions = cuda::reductionMask;
  uint32_t alignment[4] = {256, 256, 256, 256};
};

Matrix &of(cuda::Layout layout) { return *reinterpret_cast<Matrix *>(layout); }
Product &of(cuda::Operation operation) { return *reinterpret_cast<Product *>(operation); }
Wishes &of(cuda::Preference preference) { return *reinterpret_cast<Wishes *>(preference); }

template <typename T> Status set(T &field, const void *value, size_t bytes) {
  if (bytes != sizeof(T))
    return invalid;
  memcpy(&field, value, bytes);
  return 0;
}

/// To 10 bits of mantissa, to the nearest, ties to even.
float toTF32(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof(bits));
  if (std::isfinite(value))
    bits = (bits + 0xFFF + (bits >> 13 & 1)) & ~0x1FFFu;
  memcpy(&value, &bits, sizeof(bits));
  return value;
}

float rounded(float value, int compute) { return compute == cuda::computeTF32 ? toTF32(value) : value; }
double rounded(double value, int) { return value; }

/// op(matrix) with its first index contiguous: [columns of op][rows of op].
template <typename T>
std::vector<Sum<T>> pack(const T *data, const Matrix &matrix, bool transposed, int compute) {
  int64_t rows = transposed ? matrix.columns : matrix.rows, columns = transposed ? matrix.rows : matrix.columns;
  std::vector<Sum<T>> packed(static_cast<size_t>(rows * columns));
  for (int64_t j = 0; j < columns; ++j)
    for (int64_t i = 0; i < rows; ++i)
      packed[static_cast<size_t>(j * rows + i)] =
          rounded(widen(data[transposed ? j + i * matrix.leading : i + j * matrix.leading]), compute);
  return packed;
}

template <typename T>
void multiply(const Product &product, Sum<T> alpha, const T *a, const Matrix &ma, const T *b, const Matrix &mb,
              Sum<T> beta, T *c, const Matrix &mc) {
  std::vector<Sum<T>> pa = pack(a, ma, product.transA, product.compute);
  std::vector<Sum<T>> pb = pack(b, mb, product.transB, product.compute);
  int64_t m = mc.rows, n = mc.columns, k = product.transA ? ma.rows : ma.columns;
  std::vector<Sum<T>> sums(static_cast<size_t>(m));
  Epilogue<T> epilogue(product, m, n);
  for (int64_t j = 0; j < n; ++j) {
    std::fill(sums.begin(), sums.end(), Sum<T>(0));
    for (int64_t l = 0; l < k; ++l)
      for (int64_t i = 0; i < m; ++i)
        sums[static_cast<size_t>(i)] +=
            pa[static_cast<size_t>(l * m + i)] * pb[static_cast<size_t>(j * k + l)];
    for (int64_t i = 0; i < m; ++i) {
      T &result = c[i + j * mc.leading];
      // What is overwritten is not read: it may be NaN.
      Sum<T> old = beta == 0 ? Sum<T>(0) : beta * widen(result);
      result = narrow<T>(epilogue.apply(alpha * sums[static_cast<size_t>(i)] + old, i, j));
    }
  }
  epilogue.addUp(pa, pb, k);
}

/// Whether the last element lies in the memory of the GPU as the first one does.
bool isInMemory(const void *data, const Matrix &matrix) {
  return DeviceMemory::get().contains(static_cast<const char *>(data), static_cast<size_t>(matrix.bytes()));
}

/// Whether what an epilogue reads and writes is in memory, and what it writes no other's.
bool areApart(const Product &product, const void *a, const Matrix &ma, const void *b, const Matrix &mb, const void *d,
              const Matrix &md) {
  struct Operand {
    const void *data;
    Matrix matrix;
    bool isWritten;
    bool overlaps(const Operand &other) const {
      auto from = static_cast<const char *>(data), to = from + matrix.bytes();
      auto otherFrom = static_cast<const char *>(other.data), otherTo = otherFrom + other.matrix.bytes();
      return from < otherTo && otherFrom < to;
    }
  };
  std::vector<Operand> operands{{a, ma, false}, {b, mb, false}, {d, md, true}};
  if (product.hasBias())
    operands.push_back({product.bias, product.biasOf(md), product.writesBias()});
  if (product.hasAux())
    operands.push_back({product.aux, product.auxOf(md), product.writesAux()});
  for (const Operand &one : operands)
    for (const Operand &other : operands)
      if (!isInMemory(one.data, one.matrix) || (&one != &other && one.isWritten && one.overlaps(other)))
        return false;
  return true;
}

bool fits(const Product &product, const Matrix &a, const Matrix &b, const Matrix &c) {
  int64_t m = product.transA ? a.columns : a.rows, k = product.transA ? a.rows : a.columns;
  int64_t bk = product.transB ? b.columns : b.rows, n = product.transB ? b.rows : b.columns;
  int type = c.type;
  bool computes = product.compute == cuda::compute64   ? type == cuda::real64
                  : product.compute == cuda::computeTF32 ? type == cuda::real32
                                                         : type != cuda::real64;
  return computes && m == c.rows && n == c.columns && k == bk && a.batch == c.batch && b.batch == c.batch && a.type == type &&
         b.type == type && c.type == type && a.leading >= a.rows && b.leading >= b.rows && c.leading >= c.rows;
}

template <typename T>
Result multiplyAll(const Product &product, Sum<T> alpha, const void *a, const Matrix &ma, const void *b,
                   const Matrix &mb, Sum<T> beta, void *c, const Matrix &mc) {
  for (int32_t i = 0; i < mc.batch; ++i)
    multiply(product, alpha, static_cast<const T *>(a) + i * ma.stride, ma, static_cast<const T *>(b) + i * mb.stride,
             mb, beta, static_cast<T *>(c) + i * mc.stride, mc);
  return success;
}

} // namespace

extern "C" {

Status cublasLtCreate(cuda::Handle *handle) {
  *handle = reinterpret_cast<cuda::Handle>(new char);
  return 0;
}
Status cublasLtDestroy(cuda::Handle handle) {
  delete reinterpret_cast<char *>(handle);
  return 0;
}
Status cublasLtMatmulDescCreate(cuda::Operation *operation, int compute, int scale) {
  *operation = reinterpret_cast<cuda::Operation>(new Product{compute, scale});
  return 0;
}
Status cublasLtMatmulDescSetAttribute(cuda::Operation operation, int what, const void *value, size_t bytes) {
  switch (what) {
  case cuda::operationTransA:
    return set(of(operation).transA, value, bytes);
  case cuda::operationTransB:
    return set(of(operation).transB, value, bytes);
  case cuda::operationEpilogue:
    return set(of(operation).epilogue, value, bytes);
  case cuda::operationBias:
    return set(of(operation).bias, value, bytes);
  case cuda::operationAux:
    return set(of(operation).aux, value, bytes);
  case cuda::operationAuxLeading:
    return set(of(operation).auxLeading, value, bytes);
  default:
    return invalid;
  }
}
Status cublasLtMatmulDescDestroy(cuda::Operation operation) {
  delete &of(operation);
  return 0;
}
Status cublasLtMatrixLayoutCreate(cuda::Layout *layout, int type, uint64_t rows, uint64_t columns, int64_t leading) {
  *layout = reinterpret_cast<cuda::Layout>(
      new Matrix{type, static_cast<int64_t>(rows), static_cast<int64_t>(columns), leading});
  return 0;
}
Status cublasLtMatrixLayoutSetAttribute(cuda::Layout layout, int what, const void *value, size_t bytes) {
  switch (what) {
  case cuda::layoutBatchCount:
    return set(of(layout).batch, value, bytes);
  case cuda::layoutBatchStride:
    return set(of(layout).stride, value, bytes);
  default:
    return invalid;
  }
}
Status cublasLtMatrixLayoutDestroy(cuda::Layout layout) {
  delete &of(layout);
  return 0;
}
Status cublasLtMatmulPreferenceCreate(cuda::Preference *preference) {
  *preference = reinterpret_cast<cuda::Preference>(new Wishes);
  return 0;
}
Status cublasLtMatmulPreferenceSetAttribute(cuda::Preference preference, int what, const void *value, size_t bytes) {
  Wishes &wishes = of(preference);
  if (what == cuda::preferenceWorkspace)
    return set(wishes.workspace, value, bytes);
  if (what == cuda::preferenceReductions)
    return set(wishes.reductions, value, bytes);
  int operand = what - cuda::preferenceAlignmentA;
  return operand >= 0 && operand < 4 ? set(wishes.alignment[operand], value, bytes) : invalid;
}
Status cublasLtMatmulPreferenceDestroy(cuda::Preference preference) {
  delete &of(preference);
  return 0;
}

// The algorithm remembers what it was promised: its workspace and the alignment of a, b, c, d.
Status cublasLtMatmulAlgoGetHeuristic(cuda::Handle, cuda::Operation operation, cuda::Layout a, cuda::Layout b,
                                      cuda::Layout c, cuda::Layout, cuda::Preference preference, int wanted,
                                      cuda::Heuristic *results, int *found) {
  if (wanted < 1 || !fits(of(operation), of(a), of(b), of(c)))
    return invalid;
  *found = 0;
  if (!of(operation).isSupported(of(c)))
    return hasNoAlgorithm;
  *results = {};
  const Wishes &wishes = of(preference);
  results->workspaceBytes = wishes.workspace;
  results->algorithm.data[0] = wishes.workspace;
  results->algorithm.data[1] = wishes.reductions;
  for (int i = 0; i < 4; ++i)
    results->algorithm.data[2 + i] = wishes.alignment[i];
  *found = 1;
  return 0;
}
Status cublasLtMatmulAlgoConfigGetAttribute(const cuda::Algorithm *, int, void *value, size_t bytes, size_t *written) {
  memset(value, 0, bytes);
  *written = bytes;
  return 0;
}

Status cublasLtMatmul(cuda::Handle, cuda::Operation operation, const void *alpha, const void *a, cuda::Layout layoutA,
                      const void *b, cuda::Layout layoutB, const void *beta, const void *c, cuda::Layout layoutC,
                      void *d, cuda::Layout, const cuda::Algorithm *algorithm, void *workspace,
                      size_t workspaceBytes, cuda::Stream stream) {
  Product product = of(operation);
  Matrix ma = of(layoutA), mb = of(layoutB), mc = of(layoutC);
  const void *pointers[] = {a, b, c, d};
  for (int i = 0; i < 4; ++i)
    if (reinterpret_cast<uintptr_t>(pointers[i]) % algorithm->data[2 + i] != 0)
      return invalid;
  bool hasWorkspace = workspaceBytes >= algorithm->data[0] &&
                      (workspaceBytes == 0 ||
                       DeviceMemory::get().contains(static_cast<char *>(workspace), workspaceBytes));
  if (c != d || !fits(product, ma, mb, mc) || !isInMemory(a, ma) || !isInMemory(b, mb) || !isInMemory(d, mc) ||
      !hasWorkspace || !product.isSupported(mc))
    return invalid;
  if (product.epilogue != cuda::epilogueNone && !areApart(product, a, ma, b, mb, d, mc))
    return invalid;
  auto add = [&](auto element, auto one, auto zero) {
    memcpy(&one, alpha, sizeof(one));
    memcpy(&zero, beta, sizeof(zero));
    reinterpret_cast<Stream *>(stream)->add([=] {
      memset(workspace, 0xFF, workspaceBytes);
      return multiplyAll<decltype(element)>(product, one, a, ma, b, mb, zero, d, mc);
    });
  };
  if (mc.type == cuda::real64)
    add(0.0, 1.0, 0.0);
  else if (mc.type == cuda::real32)
    add(0.0f, 1.0f, 0.0f);
  else if (mc.type == cuda::bfloat)
    add(BFloat(), 1.0f, 0.0f);
  else
    add(Half(), 1.0f, 0.0f);
  return 0;
}

} // extern "C"

#define WEFT_SAME(name, symbol, parameters)                                                                           \
  static_assert(std::is_same_v<decltype(&symbol), decltype(cuda::Blas::name)>);
WEFT_BLAS_FUNCTIONS(WEFT_SAME)
