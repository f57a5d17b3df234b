// What weft.drop draws: the function of its definition, written down once more on the runtime's
// Philox, bit for bit in kernels of all shapes; and that the draws are as frequent and independent as
// they should be.
#include "Device/CPU/Philox.h"
#include "GroupRunner.h"
#include "KernelRunner.h"

#include "gtest/gtest.h"

#include <cmath>
#include <vector>

using namespace weft::test;

namespace {

/// What a draw depends on besides its place.
struct Stream {
  uint64_t seed = 7, key = 0x0123456789abcdef, sample = 0;
  double step = 1;
};

using Shape = std::vector<int64_t>;

int64_t elements(const Shape &shape) {
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  return count;
}

/// The definition at weft.dropout: whether an element is kept.
bool isKept(const Stream &s, double rate, uint64_t sample, uint32_t row, uint32_t column) {
  using weft::rt::philox;
  auto low = [](uint64_t x) { return static_cast<uint32_t>(x); };
  auto high = [](uint64_t x) { return static_cast<uint32_t>(x >> 32); };
  auto key = philox({low(s.key), high(s.key), static_cast<uint32_t>(s.step), 0}, low(s.seed),
                    high(s.seed));
  auto block = philox({16 * (column / 64) + column % 16, row, low(sample), high(sample)}, key[0],
                      key[1]);
  return block[column / 16 % 4] >= rate * 0x1p32;
}

/// A kernel that drops from x, run on ones.
template <typename T> class Dropper {
public:
  Dropper(const Shape &shape, double rate, int64_t tileBytes = 256)
      : shape(shape), runner(kernelsOf(graph(shape, rate), tileBytes)) {}

  std::vector<T> run(const Stream &s) {
    std::vector<T> x(elements(shape), T(3)), y(x.size(), T(-1));
    auto word = [](uint64_t value) { return static_cast<int32_t>(value); };
    int32_t words[] = {word(s.key),       word(s.key >> 32), word(s.seed),
                       word(s.seed >> 32), word(s.sample),    word(s.sample >> 32)};
    double step = s.step;
    runner.run("drop", elements(shape) / shape.back(), x.data(), &words[0], &words[1], &words[2],
               &words[3], &words[4], &words[5], &step, y.data());
    return y;
  }

private:
  static std::string graph(const Shape &shape, double rate) {
    std::string type = "tensor<";
    for (int64_t size : shape)
      type += std::to_string(size) + "x";
    type += sizeof(T) == 4 ? "f32>" : "f64>";
    return "weft.variable @y role(gradient) init(zeros) : " + type + "\nweft.graph @g(%x: " + type +
           R"(, %k0: tensor<i32>, %k1: tensor<i32>, %s0: tensor<i32>, %s1: tensor<i32>,
               %n0: tensor<i32>, %n1: tensor<i32>, %t: tensor<f64>) {
      %y = weft.drop %x key %k0, %k1 seed %s0, %s1 sample %n0, %n1 step %t {rate = )" +
           std::to_string(rate) + "} : " + type + "\n weft.set @y, %y : " + type +
           "\n weft.return\n}";
  }

  Shape shape;
  KernelRunner runner;
};

template <typename T>
void checkDefinition(const Shape &shape, const Stream &stream, int64_t tileBytes) {
  constexpr double rate = 0.375;
  std::vector<T> y = Dropper<T>(shape, rate, tileBytes).run(stream);
  int64_t columns = shape.back(), rows = elements(shape) / columns / shape[0];
  for (size_t i = 0; i < y.size(); ++i) {
    int64_t row = i / columns % rows, sample = i / columns / rows;
    bool kept = isKept(stream, rate, stream.sample + sample, row, i % columns);
    ASSERT_EQ(y[i], kept ? T(3) * T(1 / (1 - rate)) : T(0)) << i << " of " << y.size();
  }
}

// Tiles of all extents, cut rows, one column, several dimensions of rows; samples beyond 32 bits,
// with a carry within the batch.
TEST(Draw, FollowsItsDefinition) {
  Stream stream;
  stream.sample = 0xfffffffe;
  stream.step = 4000000000.0;
  stream.seed = 0xfedcba9876543210;
  for (const Shape &shape : {Shape{3, 5, 7}, Shape{4, 64}, Shape{2, 3, 200}, Shape{2, 2, 3, 130},
                             Shape{5, 1}, Shape{3, 2, 1}, Shape{1, 2, 16}, Shape{2, 40}})
    for (int64_t tileBytes : {8, 16, 64, 128, 256, 1024}) {
      checkDefinition<float>(shape, stream, tileBytes);
      checkDefinition<double>(shape, stream, tileBytes);
    }
}

// The negative control: another seed, step, sample or key draws otherwise.
TEST(Draw, DependsOnAll) {
  Dropper<float> dropper({4, 8, 64}, 0.5);
  std::vector<float> y = dropper.run(Stream());
  EXPECT_EQ(dropper.run(Stream()), y);
  Stream seed, step, sample, key;
  seed.seed = 8, step.step = 2, sample.sample = 4, key.key += 1;
  for (const Stream &other : {seed, step, sample, key})
    EXPECT_NE(dropper.run(other), y);
}

// A sample's draws go with it from micro-batch to micro-batch.
TEST(Draw, DoesNotDependOnTheMicroBatch) {
  std::vector<float> whole = Dropper<float>({4, 3, 70}, 0.5).run(Stream());
  Dropper<float> half({2, 3, 70}, 0.5);
  Stream second;
  second.sample = 2;
  std::vector<float> parts = half.run(Stream()), rest = half.run(second);
  parts.insert(parts.end(), rest.begin(), rest.end());
  EXPECT_EQ(parts, whole);
}

/// |count - n p| in standard deviations of a binomial variable.
double deviations(double count, double n, double p) {
  return std::abs(count - n * p) / std::sqrt(n * p * (1 - p));
}

// The draws are fixed, so the tests pass or fail for good; a fair draw fails one of these 60
// comparisons at 5 standard deviations with a probability of 60 * 5.7e-7 = 3.5e-5.
constexpr double kBound = 5;

std::vector<char> drops(const Stream &stream, double rate, const Shape &shape) {
  std::vector<float> y = Dropper<float>(shape, rate).run(stream);
  std::vector<char> result;
  for (float value : y)
    result.push_back(value == 0);
  return result;
}

TEST(Draw, DropsAsOftenAsItShould) {
  for (double rate : {0.015625, 0.1, 0.5, 0.9})
    for (uint64_t seed : {1, 2, 3}) {
      Stream stream;
      stream.seed = seed;
      std::vector<char> dropped = drops(stream, rate, {8, 128, 1024});
      double count = std::count(dropped.begin(), dropped.end(), 1);
      EXPECT_LT(deviations(count, dropped.size(), rate), kBound) << rate;
    }
}

// How often both of two elements are dropped: at distances within a block, to the next block, row and
// sample, and between two streams.
TEST(Draw, DropsIndependently) {
  constexpr double rate = 0.3;
  const Shape shape{8, 128, 1024};
  std::vector<char> dropped = drops(Stream(), rate, shape);
  auto check = [&](const std::vector<char> &a, size_t offsetA, const std::vector<char> &b) {
    double both = 0, n = b.size() - offsetA;
    for (size_t i = 0; i + offsetA < b.size(); ++i)
      both += a[i + offsetA] & b[i];
    EXPECT_LT(deviations(both, n, rate * rate), kBound) << offsetA;
  };
  for (size_t distance : {1, 2, 3, 15, 16, 17, 32, 48, 64, 128, 1024, 2048, 131072, 262144})
    check(dropped, distance, dropped);
  for (uint64_t next : {1, 2, 3, 16, 256}) {
    Stream seed, step, key, sample;
    seed.seed += next, step.step += double(next), key.key += next, sample.sample += 8 * next;
    for (const Stream &other : {seed, step, key, sample})
      check(drops(other, rate, shape), 0, dropped);
  }
}

// The negative control of the last test: draws of one stream are not independent.
TEST(Draw, DependenceIsSeen) {
  std::vector<char> dropped = drops(Stream(), 0.3, {8, 128, 1024});
  double both = std::count(dropped.begin(), dropped.end(), 1);
  EXPECT_GT(deviations(both, dropped.size(), 0.09), 100.0);
}

} // namespace
