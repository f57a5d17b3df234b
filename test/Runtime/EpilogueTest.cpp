// Products with epilogues, from the ABI's record to the stand-in for cuBLASLt, against their definitions; and what the
// stand-in refuses because NVIDIA does not promise it.
#include "Device/CUDA/Products.h"
#include "Support/Error.h"

#include <cmath>
#include <gtest/gtest.h>
#include <vector>

namespace weft::rt::cuda {
#define WEFT_DECLARE(name, symbol, parameters) extern "C" Result symbol parameters;
WEFT_DRIVER_FUNCTIONS(WEFT_DECLARE)
#undef WEFT_DECLARE
#define WEFT_DECLARE(name, symbol, parameters) extern "C" Status symbol parameters;
WEFT_BLAS_FUNCTIONS(WEFT_DECLARE)
#undef WEFT_DECLARE
} // namespace weft::rt::cuda

using namespace weft::rt;
using namespace weft::rt::cuda;

namespace {

using Numbers = std::vector<float>;

constexpr int64_t m = 5, n = 8, k = 3;

/// a [m, k], b [k, n], c and aux [m, n], bias [n] or [m], each from a multiple of 256 bytes on.
struct Epilogues : ::testing::Test {
  enum Place { a, b, c, bias, aux, places };
  static constexpr size_t floats = 64;

  Epilogues() {
    cuInit(0);
    cuMemAlloc_v2(&memory, places * floats * sizeof(float));
    cuStreamCreate(&stream, 0);
#define WEFT_SET(name, symbol, parameters) blas.name = symbol;
    WEFT_BLAS_FUNCTIONS(WEFT_SET)
#undef WEFT_SET
    blas.create(&handle);
    for (int place = 0; place < places; ++place)
      for (size_t i = 0; i < floats; ++i)
        values[place].push_back(std::sin(static_cast<float>(static_cast<size_t>(place) * floats + i)));
    mm = {};
    mm.scope = "h.0.mlp", mm.phase = "forward", mm.location = "model.mlir:1:2";
    mm.m = m, mm.n = n, mm.k = k, mm.lda = k, mm.ldb = n, mm.ldc = n;
  }
  ~Epilogues() override {
    blas.destroy(handle);
    cuStreamDestroy_v2(stream);
    cuMemFree_v2(memory);
  }

  DevicePointer at(int place) const { return memory + static_cast<size_t>(place) * floats * sizeof(float); }
  float *pointer(int place) const { return reinterpret_cast<float *>(static_cast<uintptr_t>(at(place))); }

  /// What is at each place afterwards.
  std::vector<Numbers> run(WeftEpilogue epilogue, bool hasBias, bool hasAux, bool accumulate = false) {
    mm.epilogue = epilogue;
    MatmulOperands operands{pointer(a), pointer(b), pointer(c), hasBias ? pointer(bias) : nullptr,
                            hasAux ? pointer(aux) : nullptr};
    for (int place = 0; place < places; ++place)
      cuMemcpyHtoDAsync_v2(at(place), values[place].data(), floats * sizeof(float), stream);
    Plan plan(blas, handle, mm, operands);
    EXPECT_EQ(plan.run(operands, accumulate, nullptr, stream), 0);
    std::vector<Numbers> results(places, Numbers(floats));
    for (int place = 0; place < places; ++place)
      cuMemcpyDtoHAsync_v2(results[static_cast<size_t>(place)].data(), at(place), floats * sizeof(float), stream);
    EXPECT_EQ(cuStreamSynchronize(stream), 0);
    return results;
  }

  std::string error(WeftEpilogue epilogue, MatmulOperands operands) {
    mm.epilogue = epilogue;
    try {
      Plan plan(blas, handle, mm, operands);
      return "status " + std::to_string(plan.run(operands, false, nullptr, stream));
    } catch (const Error &error) {
      return error.what();
    }
  }

  float product(int64_t i, int64_t j) const {
    float sum = 0;
    for (int64_t l = 0; l < k; ++l)
      sum += A(i, l) * B(l, j);
    return sum;
  }
  float A(int64_t i, int64_t l) const { return values[a][static_cast<size_t>(i * k + l)]; }
  float B(int64_t l, int64_t j) const { return values[b][static_cast<size_t>(l * n + j)]; }
  float biased(int64_t i, int64_t j) const { return product(i, j) + values[bias][static_cast<size_t>(j)]; }
  float at(const Numbers &matrix, int64_t i, int64_t j) const { return matrix[static_cast<size_t>(i * n + j)]; }

  template <typename Function> void expectC(const Numbers &c, Function value) const {
    for (int64_t i = 0; i < m; ++i)
      for (int64_t j = 0; j < n; ++j)
        EXPECT_NEAR(at(c, i, j), value(i, j), 1e-6) << i << ", " << j;
  }

  static double gelu(double x) { return x / 2 * (1 + std::tanh(std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x))); }
  static double slope(double x) { return (gelu(x + 1e-5) - gelu(x - 1e-5)) / 2e-5; }

  DevicePointer memory = 0;
  Stream stream = nullptr;
  Blas blas;
  Handle handle = nullptr;
  WeftMatmul mm;
  Numbers values[places];
};

TEST_F(Epilogues, Bias) {
  auto results = run(WEFT_EPILOGUE_BIAS, true, false);
  expectC(results[c], [&](int64_t i, int64_t j) { return biased(i, j); });
  EXPECT_EQ(results[bias], values[bias]);
  EXPECT_EQ(results[aux], values[aux]);
}

TEST_F(Epilogues, Gelu) {
  for (bool keeps : {false, true}) {
    auto results = run(WEFT_EPILOGUE_GELU, true, keeps);
    expectC(results[c], [&](int64_t i, int64_t j) { return gelu(biased(i, j)); });
    if (keeps)
      expectC(results[aux], [&](int64_t i, int64_t j) { return biased(i, j); });
    else
      EXPECT_EQ(results[aux], values[aux]);
  }
}

TEST_F(Epilogues, GeluBackward) {
  auto expected = [&](int64_t i, int64_t j) { return product(i, j) * slope(at(values[aux], i, j)); };
  for (bool sums : {false, true}) {
    auto results = run(WEFT_EPILOGUE_GELU_BACKWARD, sums, true);
    expectC(results[c], expected);
    EXPECT_EQ(results[aux], values[aux]);
    for (int64_t j = 0; sums && j < n; ++j) {
      double sum = 0;
      for (int64_t i = 0; i < m; ++i)
        sum += expected(i, j);
      EXPECT_NEAR(results[bias][static_cast<size_t>(j)], sum, 1e-6);
    }
  }
}

// The sums are overwritten, the product is added to what was there.
TEST_F(Epilogues, Sums) {
  for (bool accumulate : {false, true})
    for (WeftEpilogue epilogue : {WEFT_EPILOGUE_SUM_A, WEFT_EPILOGUE_SUM_B}) {
      auto results = run(epilogue, true, false, accumulate);
      expectC(results[c], [&](int64_t i, int64_t j) { return product(i, j) + (accumulate ? at(values[c], i, j) : 0); });
      for (int64_t x = 0; x < (epilogue == WEFT_EPILOGUE_SUM_A ? m : n); ++x) {
        float sum = 0;
        for (int64_t l = 0; l < k; ++l)
          sum += epilogue == WEFT_EPILOGUE_SUM_A ? A(x, l) : B(l, x);
        EXPECT_NEAR(results[bias][static_cast<size_t>(x)], sum, 1e-6);
      }
    }
}

// What makes the tests above more than a comparison of a program with itself: they tell one epilogue from another.
TEST_F(Epilogues, Differ) {
  auto one = run(WEFT_EPILOGUE_SUM_A, true, false), other = run(WEFT_EPILOGUE_SUM_B, true, false);
  EXPECT_EQ(one[c], other[c]);
  EXPECT_NE(one[bias], other[bias]);
  EXPECT_NE(run(WEFT_EPILOGUE_BIAS, true, false)[c], run(WEFT_EPILOGUE_GELU, true, false)[c]);
}

TEST_F(Epilogues, WhatIsNotPromised) {
  MatmulOperands right{pointer(a), pointer(b), pointer(c), pointer(bias), pointer(aux)};
  EXPECT_EQ(error(WEFT_EPILOGUE_GELU, right), "status 0");
  const char *refused = "cuBLASLt cannot find an algorithm for the matrix product of 'h.0.mlp' (forward) at model.mlir:1:2, "
                        "[5, 8, 3] and epilogue gelu (leave 'epilogues' out of weftc's --fuse to go without): status 15";
  MatmulOperands wrong = right;
  wrong.aux = pointer(aux) + 1;
  EXPECT_EQ(error(WEFT_EPILOGUE_GELU, wrong), refused) << "aux is not aligned";
  wrong = right, wrong.bias = pointer(bias) + 1;
  EXPECT_EQ(error(WEFT_EPILOGUE_GELU, wrong), refused) << "the bias is not aligned";
  wrong = right, wrong.bias = nullptr;
  EXPECT_EQ(error(WEFT_EPILOGUE_GELU, wrong), refused) << "no bias";
  wrong = right, wrong.aux = pointer(c);
  EXPECT_EQ(error(WEFT_EPILOGUE_GELU, wrong), "status 7") << "aux is the result";
  wrong = right, wrong.bias = pointer(aux);
  EXPECT_EQ(error(WEFT_EPILOGUE_GELU, wrong), "status 7") << "what is written is the bias too";
  wrong = right, wrong.aux = pointer(places);
  EXPECT_EQ(error(WEFT_EPILOGUE_GELU, wrong), "status 7") << "outside of memory";
  mm.n = 6;
  EXPECT_NE(error(WEFT_EPILOGUE_GELU, right).find("status 15"), std::string::npos) << "rows of aux";
}

} // namespace
