// What a product of the stand-in for cuBLASLt is described by, and what its epilogue does with it.
#ifndef WEFT_SIM_DRIVER_BLASEPILOGUE_H
#define WEFT_SIM_DRIVER_BLASEPILOGUE_H

#include "Device/CUDA/Driver.h"
#include "Support/Half.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <numbers>
#include <type_traits>
#include <vector>

namespace weft::sim::blas {

namespace cuda = weft::rt::cuda;
using weft::rt::BFloat;
using weft::rt::Half;

struct Matrix {
  int type;
  int64_t rows, columns, leading;
  int32_t batch = 1;
  int64_t stride = 0;

  /// From the first element to the last.
  int64_t bytes() const {
    int64_t element = type == cuda::real64 ? 8 : type == cuda::real32 ? 4 : 2;
    return ((batch - 1) * stride + (columns - 1) * leading + rows) * element;
  }
};

struct Product {
  int compute, scale;
  int32_t transA = 0, transB = 0;
  uint32_t epilogue = cuda::epilogueNone;
  void *bias = nullptr, *aux = nullptr;
  int64_t auxLeading = 0;

  bool is(std::initializer_list<uint32_t> those) const {
    for (uint32_t each : those)
      if (epilogue == each)
        return true;
    return false;
  }
  bool writesBias() const {
    return is({cuda::epilogueGeluBackwardSums, cuda::epilogueSumsA, cuda::epilogueSumsB});
  }
  bool hasBias() const {
    return writesBias() || is({cuda::epilogueBias, cuda::epilogueGeluBias, cuda::epilogueGeluAuxBias});
  }
  bool writesAux() const { return is({cuda::epilogueGeluAuxBias}); }
  bool hasAux() const {
    return writesAux() || is({cuda::epilogueGeluBackward, cuda::epilogueGeluBackwardSums});
  }
  /// As large as D's columns, or its rows where those of B are added up.
  Matrix biasOf(const Matrix &d) const {
    int64_t length = epilogue == cuda::epilogueSumsB ? d.columns : d.rows;
    return {d.type, length, 1, length};
  }
  Matrix auxOf(const Matrix &d) const { return {d.type, d.rows, d.columns, auxLeading}; }

  /// What is documented: aux with a leading dimension of a multiple of 8. Nothing is known of f64 and batches.
  bool isSupported(const Matrix &d) const {
    if (epilogue == cuda::epilogueNone)
      return true;
    auto isAligned = [](const void *data, uintptr_t bytes) {
      return data && reinterpret_cast<uintptr_t>(data) % bytes == 0;
    };
    return (hasBias() || hasAux()) && d.type != cuda::real64 && d.batch == 1 && (!hasBias() || isAligned(bias, 16)) &&
           (!hasAux() || (isAligned(aux, 16) && auxLeading % 8 == 0 && auxLeading >= d.rows));
  }
};

// Elements, and the numbers that sums of them are computed in.
template <typename T> struct SumOf {
  using Type = T;
};
template <> struct SumOf<BFloat> {
  using Type = float;
};
template <> struct SumOf<Half> {
  using Type = float;
};
template <typename T> using Sum = typename SumOf<T>::Type;

template <typename T> Sum<T> widen(T value) {
  if constexpr (std::is_arithmetic_v<T>)
    return value;
  else
    return static_cast<float>(static_cast<double>(value));
}
template <typename T> T narrow(Sum<T> value) {
  if constexpr (std::is_arithmetic_v<T>)
    return value;
  else
    return T::from(value);
}

/// What an epilogue does with the elements of D, each once, and with the factors.
template <typename T> class Epilogue {
public:
  /// What it writes is not a number before: nothing is added to what was there.
  Epilogue(const Product &product, int64_t m, int64_t n)
      : product(product), bias(static_cast<T *>(product.bias)), aux(static_cast<T *>(product.aux)), m(m), n(n),
        sums(static_cast<size_t>(product.epilogue == cuda::epilogueSumsB ? n : m), Sum<T>(0)) {
    T nan = narrow<T>(std::numeric_limits<Sum<T>>::quiet_NaN());
    if (product.writesBias())
      std::fill_n(bias, sums.size(), nan);
    for (int64_t j = 0; product.writesAux() && j < n; ++j)
      std::fill_n(aux + j * product.auxLeading, m, nan);
  }

  Sum<T> apply(Sum<T> value, int64_t i, int64_t j) {
    if (product.hasBias() && !product.writesBias())
      value += widen(bias[i]);
    if (product.writesAux())
      aux[i + j * product.auxLeading] = narrow<T>(value);
    if (product.is({cuda::epilogueGeluBias, cuda::epilogueGeluAuxBias}))
      return gelu(value);
    if (product.is({cuda::epilogueGeluBackward, cuda::epilogueGeluBackwardSums}))
      value *= geluSlope(widen(aux[i + j * product.auxLeading]));
    if (product.is({cuda::epilogueGeluBackwardSums}))
      sums[static_cast<size_t>(i)] += value;
    return value;
  }

  /// Stores sums, if there are any: of D's elements, or of a factor [.][rows] over k.
  void addUp(const std::vector<Sum<T>> &a, const std::vector<Sum<T>> &b, int64_t k) {
    for (int64_t l = 0; l < k; ++l) {
      for (int64_t i = 0; i < m && product.is({cuda::epilogueSumsA}); ++i)
        sums[static_cast<size_t>(i)] += a[static_cast<size_t>(l * m + i)];
      for (int64_t j = 0; j < n && product.is({cuda::epilogueSumsB}); ++j)
        sums[static_cast<size_t>(j)] += b[static_cast<size_t>(j * k + l)];
    }
    for (size_t i = 0; product.writesBias() && i < sums.size(); ++i)
      bias[i] = narrow<T>(sums[i]);
  }

private:
  // The tanh form: x/2 (1 + tanh u), u = sqrt(2/pi) (x + 0.044715 x^3).
  static Sum<T> root() { return std::sqrt(2 / std::numbers::pi_v<Sum<T>>); }
  static Sum<T> inner(Sum<T> x) { return std::tanh(root() * (x + cubic * x * x * x)); }
  static Sum<T> gelu(Sum<T> x) { return x * (1 + inner(x)) / 2; }
  static Sum<T> geluSlope(Sum<T> x) {
    Sum<T> tanh = inner(x);
    return (1 + tanh) / 2 + x * (1 - tanh * tanh) / 2 * root() * (1 + 3 * cubic * x * x);
  }
  static constexpr Sum<T> cubic = Sum<T>(0.044715);

  const Product &product;
  T *bias, *aux;
  int64_t m, n;
  std::vector<Sum<T>> sums;
};

} // namespace weft::sim::blas

#endif // WEFT_SIM_DRIVER_BLASEPILOGUE_H
