// Matrix products against a plain triple loop, and their bits at different numbers of threads.
#include "Device/CPU/LibraryWorkspace.h"
#include "TestSupport.h"

#include <atomic>
#include <cmath>
#include <dlfcn.h>
#include <limits>
#include <omp.h>
#include <oneapi/dnnl/dnnl.h>
#include <thread>
#include <tuple>

using namespace weft::rt;
using namespace weft::rt::test;

namespace {

/// Products with more than one thread that oneDNN asked for.
std::atomic<int> teams{0};

} // namespace

// oneDNN opens its parallel regions with this; the test sees each of them on its way to libomp.
extern "C" void GOMP_parallel(void (*body)(void *), void *data, unsigned threads, unsigned flags) {
  using Fn = void (*)(void (*)(void *), void *, unsigned, unsigned);
  static Fn next = reinterpret_cast<Fn>(dlsym(RTLD_NEXT, "GOMP_parallel"));
  if (threads != 1)
    ++teams;
  next(body, data, threads, flags);
}

namespace {

struct Shape {
  int64_t m, n, k, blockM, blockN;
};

const Shape shapes[] = {{1, 1, 1, 1, 1},        {1, 384, 257, 256, 384},  {300, 1, 65, 64, 64},
                        {1, 777, 1, 8, 100},    {7, 5, 3, 2, 2},          {33, 65, 129, 16, 32},
                        {256, 384, 96, 64, 96}, {257, 385, 31, 256, 384}, {100, 97, 1000, 64, 64}};

/// Operands with padding between rows, filled with small numbers that a hash draws.
template <typename T> std::vector<T> numbers(size_t count, uint32_t seed) {
  std::vector<T> values(count);
  for (size_t i = 0; i < count; ++i)
    values[i] =
        static_cast<T>((static_cast<uint32_t>(i) * 2654435761u + seed) >> 16 & 1023) / 512 - 1;
  return values;
}

template <typename T> struct Product {
  WeftMatmul mm = {};
  std::vector<T> a, b, c;

  Product(Shape shape, bool transposeA, bool transposeB, int32_t accumulate, int32_t library) {
    mm.scope = "test";
    mm.phase = "forward";
    mm.dtype = sizeof(T) == 4 ? WEFT_F32 : WEFT_F64;
    mm.library = library;
    mm.accumulate = accumulate;
    mm.transpose_a = transposeA;
    mm.transpose_b = transposeB;
    mm.m = shape.m, mm.n = shape.n, mm.k = shape.k;
    mm.block_m = shape.blockM, mm.block_n = shape.blockN;
    mm.lda = (transposeA ? shape.m : shape.k) + 3;
    mm.ldb = (transposeB ? shape.k : shape.n) + 1;
    mm.ldc = shape.n + 2;
    // Two batch dimensions; B is shared along the second, as a broadcast has it.
    mm.batch_rank = 2;
    mm.batch[0] = 2, mm.batch[1] = 3;
    int64_t rowsA = transposeA ? shape.k : shape.m, rowsB = transposeB ? shape.n : shape.k;
    mm.stride_a[1] = rowsA * mm.lda, mm.stride_a[0] = 3 * mm.stride_a[1];
    mm.stride_b[1] = 0, mm.stride_b[0] = rowsB * mm.ldb;
    mm.stride_c[1] = shape.m * mm.ldc + 5, mm.stride_c[0] = 3 * mm.stride_c[1];
    a = numbers<T>(static_cast<size_t>(2 * mm.stride_a[0]), 1);
    b = numbers<T>(static_cast<size_t>(2 * mm.stride_b[0]), 2);
    c = numbers<T>(static_cast<size_t>(2 * mm.stride_c[0]), 3);
  }

  std::vector<T> run(int threads, double stepAccumulate = 0) const {
    DeviceContext device(threads);
    device.step.accumulate = stepAccumulate;
    std::vector<T> result = c;
    weft_rt_matmul(&device.context, &mm, a.data(), b.data(), result.data());
    return result;
  }

  T element(int64_t x, int64_t y, int64_t i, int64_t j) const {
    double sum = 0;
    for (int64_t l = 0; l < mm.k; ++l) {
      int64_t atA = mm.transpose_a ? l * mm.lda + i : i * mm.lda + l;
      int64_t atB = mm.transpose_b ? j * mm.ldb + l : l * mm.ldb + j;
      sum += static_cast<double>(
                 a[static_cast<size_t>(x * mm.stride_a[0] + y * mm.stride_a[1] + atA)]) *
             static_cast<double>(b[static_cast<size_t>(x * mm.stride_b[0] + atB)]);
    }
    return static_cast<T>(sum);
  }

  /// The triple loop; what lies between the rows must stay as it was.
  std::vector<T> expected(bool add) const {
    std::vector<T> result = c;
    for (int64_t x = 0; x < 2; ++x)
      for (int64_t y = 0; y < 3; ++y)
        for (int64_t i = 0; i < mm.m; ++i)
          for (int64_t j = 0; j < mm.n; ++j) {
            size_t at =
                static_cast<size_t>(x * mm.stride_c[0] + y * mm.stride_c[1] + i * mm.ldc + j);
            result[at] = (add ? result[at] : T(0)) + element(x, y, i, j);
          }
    return result;
  }
};

/// Rounding errors of k sums of numbers up to 1: a random walk of steps of the last place of a sum
/// that is at most k, and the addition to C.
template <typename T> double roundingBound(int64_t k) {
  double terms = static_cast<double>(k);
  return static_cast<double>(std::numeric_limits<T>::epsilon()) * (std::sqrt(terms) * terms + 2);
}

template <typename T>
void expectNear(const std::vector<T> &found, const std::vector<T> &expected, int64_t k) {
  ASSERT_EQ(found.size(), expected.size());
  double bound = roundingBound<T>(k);
  for (size_t i = 0; i < found.size(); ++i)
    ASSERT_NEAR(found[i], expected[i], bound) << i;
}

template <typename T> void checkLibrary(int32_t library) {
  for (const Shape &shape : shapes)
    for (int variant = 0; variant < 16; ++variant) {
      bool transposeA = variant & 1, transposeB = variant & 2;
      int32_t accumulate = std::min(variant / 4, 2);
      double byStep = variant / 4 == 3;
      SCOPED_TRACE(testing::Message() << shape.m << "x" << shape.n << "x" << shape.k << " variant "
                                      << variant << " library " << library);
      Product<T> product(shape, transposeA, transposeB, accumulate, library);
      std::vector<T> one = product.run(1, byStep);
      bool add = accumulate == WEFT_ADD || (accumulate == WEFT_ADD_BY_STEP && byStep != 0);
      expectNear(one, product.expected(add), shape.k);
      for (int threads : {2, 3})
        EXPECT_EQ(one, product.run(threads, byStep)) << threads << " threads";
      if (testing::Test::HasFailure())
        return;
    }
}

TEST(Matmul, OneDNNIsRightAndKeepsItsBits) { checkLibrary<float>(WEFT_ONEDNN); }
TEST(Matmul, OpenBLASF32IsRightAndKeepsItsBits) { checkLibrary<float>(WEFT_OPENBLAS); }
TEST(Matmul, OpenBLASF64IsRightAndKeepsItsBits) { checkLibrary<double>(WEFT_OPENBLAS); }

// The comparison above must be able to fail: one element off by one part in a hundred.
TEST(Matmul, NegativeControl) {
  Product<float> product(shapes[5], false, false, WEFT_OVERWRITE, WEFT_ONEDNN);
  std::vector<float> expected = product.expected(false);
  product.a[0] += 0.01f;
  std::vector<float> found = product.run(2);
  double most = 0;
  for (size_t i = 0; i < found.size(); ++i)
    most = std::max(most, std::fabs(static_cast<double>(found[i]) - expected[i]));
  EXPECT_GT(most, roundingBound<float>(product.mm.k));
}

TEST(Matmul, OverwriteDoesNotReadTheOldValues) {
  for (int32_t library : {WEFT_ONEDNN, WEFT_OPENBLAS}) {
    Product<float> product(shapes[5], false, true, WEFT_OVERWRITE, library);
    std::fill(product.c.begin(), product.c.end(), NAN);
    std::vector<float> result = product.run(2);
    EXPECT_FALSE(std::isnan(result[0]));
  }
}

TEST(Matmul, OneDNNStaysOnOneThread) {
  Shape large = {512, 512, 512, 256, 256}, onePiece = {512, 512, 512, 512, 512};
  for (int threads : {1, 2, 3})
    for (const Shape &shape : {large, onePiece}) {
      Product<float> product(shape, false, false, WEFT_OVERWRITE, WEFT_ONEDNN);
      product.mm.batch_rank = 0;
      teams = 0;
      product.run(threads);
      EXPECT_EQ(teams, 0) << threads << " threads";
    }
  // Negative control: left to itself, oneDNN opens a region here.
  std::vector<float> a(512 * 512, 1), c(512 * 512);
  omp_set_num_threads(2);
  teams = 0;
  dnnl_sgemm('N', 'N', 512, 512, 512, 1, a.data(), 512, a.data(), 512, 0, c.data(), 512);
  omp_set_num_threads(1);
  EXPECT_GT(teams, 0);
}

TEST(Matmul, OneDNNPacksInTheWorkspace) {
  if (sanitized)
    GTEST_SKIP() << "AddressSanitizer brings its own allocator";
  // The longest K and the largest blocks that a plan has, and shapes with other code paths.
  for (Shape shape : {Shape{256, 384, 50304, 256, 384},
                      {1024, 1024, 4096, 1024, 1024},
                      {4096, 64, 64, 4096, 64},
                      {64, 4096, 300, 64, 4096},
                      {3000, 2, 3000, 3000, 2}})
    for (int variant = 0; variant < 4; ++variant) {
      Product<float> product(shape, variant & 1, variant & 2, WEFT_OVERWRITE, WEFT_ONEDNN);
      product.mm.batch_rank = 0;
      product.run(2);
    }
  EXPECT_EQ(libraryWorkspaceMisses(), 0u);
  EXPECT_GT(libraryWorkspacePeak(), 0u);
  RecordProperty("peak", static_cast<int>(libraryWorkspacePeak()));
}

// Many threads, each with inputs of its own, in OpenBLAS at once: its own pool of buffers hands one
// buffer to two threads (see Device/CPU/OpenBLAS.cpp), and then products are wrong.
TEST(Matmul, OpenBLASThreads) {
  constexpr int callers = 8, rounds = 200;
  std::atomic<int> wrong{0};
  auto call = [&](int caller) {
    Shape shape = {97, 101, 64 + caller, 97, 101};
    Product<double> product(shape, caller & 1, caller & 2, WEFT_OVERWRITE, WEFT_OPENBLAS);
    product.a = numbers<double>(product.a.size(), static_cast<uint32_t>(100 + caller));
    Runtime runtime;
    WeftStep step = {};
    WeftContext context = {nullptr, nullptr, nullptr, &step, &runtime};
    std::vector<double> first = product.c, again = product.c;
    weft_rt_matmul(&context, &product.mm, product.a.data(), product.b.data(), first.data());
    std::vector<double> expected = product.expected(false);
    for (size_t i = 0; i < first.size(); ++i)
      wrong += std::fabs(first[i] - expected[i]) > 1e-12;
    for (int round = 0; round < rounds; ++round) {
      weft_rt_matmul(&context, &product.mm, product.a.data(), product.b.data(), again.data());
      wrong += first != again;
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < callers; ++i)
    threads.emplace_back(call, i);
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(wrong, 0);
}

} // namespace
