// Launches, initial values and memory of the CPU device.
#include "Device/CPU/Initialize.h"
#include "Device/CPU/Memory.h"
#include "Device/CPU/Philox.h"
#include "TestSupport.h"

#include <atomic>
#include <cmath>
#include <omp.h>
#include <sys/resource.h>

using namespace weft::rt;
using namespace weft::rt::test;

namespace {

void countPoints(void *const *args, int64_t begin, int64_t end) {
  auto *counts = static_cast<int *>(args[0]);
  for (int64_t i = begin; i < end; ++i)
    ++counts[i];
}

TEST(Launch, RunsEveryPointOnce) {
  WeftKernel kernel = {"count", countPoints};
  for (int threads : {1, 2, 3})
    for (int64_t grid : {1, 2, 3, 4, 5, 64, 1001}) {
      DeviceContext device(threads);
      std::vector<int> counts(static_cast<size_t>(grid), 0);
      void *args[] = {counts.data()};
      WeftLaunch launch = {&kernel, "", "forward", grid};
      weft_rt_launch(&device.context, &launch, args);
      EXPECT_EQ(counts, std::vector<int>(static_cast<size_t>(grid), 1)) << threads << " " << grid;
    }
}

void countThreads(void *const *args, int64_t, int64_t) {
  ++*static_cast<std::atomic<int> *>(args[0]);
}

TEST(Launch, UsesAsManyThreadsAsAsked) {
  WeftKernel kernel = {"threads", countThreads};
  for (int threads : {1, 2, 3}) {
    DeviceContext device(threads);
    std::atomic<int> calls{0};
    void *args[] = {&calls};
    WeftLaunch launch = {&kernel, "", "forward", 100};
    weft_rt_launch(&device.context, &launch, args);
    EXPECT_EQ(calls, threads);
    EXPECT_EQ(omp_get_max_threads(), 1) << "what libraries see";
  }
}

// The known answers of the authors' Random123 library.
TEST(Philox, KnownAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, 0, 0),
            (PhiloxBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({~0u, ~0u, ~0u, ~0u}, ~0u, ~0u),
            (PhiloxBlock{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0xa4093822, 0x299f31d0),
            (PhiloxBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

template <typename T>
std::vector<T> initialize(WeftInitKind kind, double value, uint64_t key, uint64_t seed,
                          int64_t count, int threads) {
  DeviceContext device(threads);
  std::vector<T> values(static_cast<size_t>(count) + 1, T(-77));
  device.context.state = reinterpret_cast<char *>(values.data());
  device.step.seed = seed;
  WeftState state = {"x",
                     "x",
                     WEFT_PARAMETER,
                     sizeof(T) == 4 ? WEFT_F32 : WEFT_F64,
                     1,
                     &count,
                     0,
                     static_cast<uint64_t>(count) * sizeof(T),
                     {kind, 0, value, key, 0},
                     0,
                     nullptr};
  weft_rt_initialize(&device.context, &state);
  EXPECT_EQ(values.back(), T(-77)) << "wrote past the end";
  values.pop_back();
  return values;
}

/// Mean and the square root of the second and fourth moments.
struct Moments {
  double mean = 0, deviation = 0, fourth = 0;
  template <typename T> explicit Moments(const std::vector<T> &values) {
    double count = static_cast<double>(values.size());
    for (T value : values)
      mean += static_cast<double>(value) / count;
    for (T value : values) {
      deviation += std::pow(static_cast<double>(value) - mean, 2) / count;
      fourth += std::pow(static_cast<double>(value) - mean, 4) / count;
    }
    deviation = std::sqrt(deviation);
  }
};

TEST(Initialize, Constants) {
  EXPECT_EQ(initialize<float>(WEFT_INIT_ZEROS, 3, 0, 0, 5, 2), std::vector<float>(5, 0));
  EXPECT_EQ(initialize<float>(WEFT_INIT_ONES, 3, 0, 0, 5, 2), std::vector<float>(5, 1));
  EXPECT_EQ(initialize<double>(WEFT_INIT_CONSTANT, 3.25, 0, 0, 1, 2), std::vector<double>(1, 3.25));
}

/// Rows of three, of which the second starts as zeros, filled in pieces as a GPU's are.
TEST(Initialize, ARowOfZeros) {
  int64_t dims[2] = {4, 3};
  WeftState state = {
      "x", "x",    WEFT_PARAMETER, WEFT_F64, 2, dims, 0, 96, {WEFT_INIT_NORMAL, 0, 1, 5, 1},
      0,   nullptr};
  std::vector<double> plain(12), whole(12), pieces(12);
  fill(state, 7, reinterpret_cast<char *>(plain.data()), 0, 12, 2);
  state.init.has_zero_row = 1;
  fill(state, 7, reinterpret_cast<char *>(whole.data()), 0, 12, 2);
  for (int64_t begin = 0; begin < 12; begin += 4)
    fill(state, 7, reinterpret_cast<char *>(pieces.data() + begin), begin, begin + 4, 1);
  for (size_t i = 0; i < 12; ++i) {
    EXPECT_NE(plain[i], 0);
    EXPECT_EQ(whole[i], i / 3 == 1 ? 0 : plain[i]);
    EXPECT_EQ(pieces[i], whole[i]);
  }
}

TEST(Initialize, DistributionsHaveTheirMoments) {
  // Bounds of five standard errors of each estimate.
  int64_t count = 1000001;
  double root = std::sqrt(static_cast<double>(count));
  Moments normal(initialize<float>(WEFT_INIT_NORMAL, 0.02, 4, 9, count, 2));
  EXPECT_NEAR(normal.mean, 0, 5 * 0.02 / root);
  EXPECT_NEAR(normal.deviation, 0.02, 5 * 0.02 / (std::sqrt(2.0) * root));
  EXPECT_NEAR(normal.fourth / std::pow(0.02, 4), 3, 5 * std::sqrt(96.0) / root);
  std::vector<double> uniform = initialize<double>(WEFT_INIT_UNIFORM, 3, 4, 9, count, 2);
  Moments moments(uniform);
  EXPECT_NEAR(moments.mean, 0, 5 * 3 / std::sqrt(3.0) / root);
  EXPECT_NEAR(moments.deviation, 3 / std::sqrt(3.0), 5 * 3 / root);
  for (double value : uniform)
    ASSERT_TRUE(value >= -3 && value < 3);
}

TEST(Initialize, IsAFunctionOfSeedKeyAndIndex) {
  auto base = initialize<float>(WEFT_INIT_NORMAL, 1, 4, 9, 10001, 1);
  EXPECT_EQ(base, initialize<float>(WEFT_INIT_NORMAL, 1, 4, 9, 10001, 2));
  EXPECT_EQ(base, initialize<float>(WEFT_INIT_NORMAL, 1, 4, 9, 10001, 3));
  auto longer = initialize<float>(WEFT_INIT_NORMAL, 1, 4, 9, 20000, 2);
  longer.resize(base.size());
  EXPECT_EQ(base, longer) << "the length of the tensor takes part";
  EXPECT_NE(base, initialize<float>(WEFT_INIT_NORMAL, 1, 5, 9, 10001, 1)) << "the key does not";
  EXPECT_NE(base, initialize<float>(WEFT_INIT_NORMAL, 1, 4, 10, 10001, 1)) << "the seed does not";
}

TEST(Memory, IsAlignedZeroedAndCounted) {
  WeftModule module = {};
  module.name = "small";
  module.state_bytes = 100;
  module.arena_bytes = 40 << 20;
  module.input_bytes = 0;
  module.step_bytes = sizeof(WeftStep);
  module.total_bytes = module.state_bytes + module.arena_bytes + module.step_bytes;
  int64_t before = anonymousMemory();
  ModuleMemory memory(module, 2);
  int64_t grown = anonymousMemory() - before;
  for (char *begin : {memory.state(), memory.arena(), reinterpret_cast<char *>(memory.step())})
    EXPECT_EQ(reinterpret_cast<uintptr_t>(begin) % WEFT_ALIGNMENT, 0u);
  EXPECT_EQ(memory.state()[99], 0);
  EXPECT_EQ(memory.step()->step, 0);
  // Every page is there already, and nothing else of note came with them.
  EXPECT_GE(grown, 40 << 20);
  EXPECT_LT(grown, (40 << 20) + (1 << 20));
}

TEST(Memory, AddressSpaceLimitCounts) {
  if (sanitized)
    GTEST_SKIP() << "AddressSanitizer takes most of the address space";
  rlimit old;
  ASSERT_EQ(getrlimit(RLIMIT_AS, &old), 0);
  uint64_t before = availableMemory();
  rlimit limited = {rlim_t(1) << 42, old.rlim_max}; // far above what is used, and what is there
  setrlimit(RLIMIT_AS, &limited);
  EXPECT_LE(availableMemory(), uint64_t(1) << 42);
  limited.rlim_cur = 4096; // below what is used already
  setrlimit(RLIMIT_AS, &limited);
  uint64_t none = availableMemory();
  setrlimit(RLIMIT_AS, &old);
  EXPECT_EQ(none, 0u);
  EXPECT_GT(before, 0u);
}

} // namespace
