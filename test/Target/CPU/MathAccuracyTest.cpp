// The largest error of each expanded function, against libm in double precision.
//
// The inputs are every 257th f32 by its bits (a prime: every exponent and all kinds of mantissas);
// with WEFT_TEST_FULL set, all 2^32. Bounds are those that the description of weft-expand-math
// states.
#include "KernelRunner.h"

#include "gtest/gtest.h"

#include <bit>
#include <cmath>
#include <cstdlib>
#include <vector>

using namespace weft::test;

namespace {

constexpr int64_t kBatch = 1 << 16;

struct Function {
  const char *op;
  double (*reference)(double);
  double bound; // in ulp
  bool isOdd;
};

std::ostream &operator<<(std::ostream &os, const Function &f) { return os << f.op; }

// One kernel over vectors and one over scalars.
std::string makeKernels(const std::string &op) {
  std::string loop = R"(
    %c0 = arith.constant 0 : index
    %step = arith.constant STEP : index
    %end = arith.constant 65536 : index
    scf.for %i = %c0 to %end step %step {)";
  std::string text =
      "tile.kernel @lanes(%x: memref<65536xf32>, %y: memref<65536xf32>) grid(1) outputs(1) {" +
      loop + R"(
      %t = tile.load %x[%i] {in_bounds} : memref<65536xf32> -> tensor<64xf32>
      %r = math.OP %t : tensor<64xf32>
      tile.store %r, %y[%i] {in_bounds} : tensor<64xf32>, memref<65536xf32>
    }
    tile.return
  }
  tile.kernel @scalars(%x: memref<65536xf32>, %y: memref<65536xf32>) grid(1) outputs(1) {)" +
      loop + R"(
      %t = memref.load %x[%i] : memref<65536xf32>
      %r = math.OP %t : f32
      memref.store %r, %y[%i] : memref<65536xf32>
    }
    tile.return
  })";
  auto replace = [&](const std::string &from, const std::string &to) {
    text.replace(text.find(from), from.size(), to);
  };
  replace("STEP", "64"), replace("STEP", "1"), replace("OP", op), replace("OP", op);
  return text;
}

// The distance in units of the last place of f32 at `exact`. Below the smallest normal number the
// unit is that of subnormals. An infinity stands at 2^128, one unit beyond the largest number.
double getUlps(float value, double exact) {
  if (std::isnan(exact) || std::isnan(value))
    return std::isnan(exact) && std::isnan(value) ? 0 : INFINITY;
  double limit = std::ldexp(1.0, 128);
  if (std::isinf(value)) {
    bool sameSign = std::signbit(value) == std::signbit(exact);
    return sameSign ? std::fmax(limit - std::fabs(exact), 0) / std::ldexp(1.0, 104) : INFINITY;
  }
  if (std::fabs(exact) >= limit)
    return INFINITY;
  int exponent = exact == 0 ? -126 : std::max(std::ilogb(exact), -126);
  return std::fabs(double(value) - exact) / std::ldexp(1.0, exponent - 23);
}

class MathAccuracy : public testing::TestWithParam<Function> {};

TEST_P(MathAccuracy, StaysWithinTheStatedBound) {
  const Function &f = GetParam();
  KernelRunner runner(makeKernels(f.op));
  uint64_t step = std::getenv("WEFT_TEST_FULL") ? 1 : 257;
  std::vector<float> x(kBatch), y(kBatch), z(kBatch);
  double worst = 0;
  float worstAt = 0;
  for (uint64_t first = 0; first < (uint64_t(1) << 32); first += kBatch * step) {
    for (int64_t i = 0; i < kBatch; ++i)
      x[i] = std::bit_cast<float>(uint32_t(first + i * step));
    runner.run("lanes", 1, x.data(), y.data());
    for (int64_t i = 0; i < kBatch; ++i)
      if (double ulps = getUlps(y[i], f.reference(x[i])); !(ulps <= worst))
        worst = ulps, worstAt = x[i];
    // Scalars give the bits of lanes: one batch in each sixteenth of the range.
    if (first % (uint64_t(1) << 28) < kBatch * step) {
      runner.run("scalars", 1, x.data(), z.data());
      for (int64_t i = 0; i < kBatch; ++i)
        ASSERT_TRUE(std::bit_cast<uint32_t>(y[i]) == std::bit_cast<uint32_t>(z[i]) ||
                    std::isnan(y[i]))
            << f.op << "(" << x[i] << ")";
    }
  }
  std::printf("%s: at most %.3f ulp, at %a\n", f.op, worst, worstAt);
  EXPECT_LE(worst, f.bound) << f.op << "(" << worstAt << ")";
}

TEST_P(MathAccuracy, OddFunctionsAreOdd) {
  const Function &f = GetParam();
  if (!f.isOdd)
    return;
  KernelRunner runner(makeKernels(f.op));
  std::vector<float> x(kBatch), y(kBatch), z(kBatch);
  for (int64_t i = 0; i < kBatch; ++i)
    x[i] = std::bit_cast<float>(uint32_t(i << 15));
  runner.run("lanes", 1, x.data(), y.data());
  for (float &v : x)
    v = -v;
  runner.run("lanes", 1, x.data(), z.data());
  for (int64_t i = 0; i < kBatch; ++i)
    EXPECT_TRUE(std::bit_cast<uint32_t>(y[i]) == (std::bit_cast<uint32_t>(z[i]) ^ 0x80000000u) ||
                (std::isnan(y[i]) && std::isnan(z[i])))
        << x[i];
}

INSTANTIATE_TEST_SUITE_P(
    Functions, MathAccuracy,
    testing::Values(Function{"exp", std::exp, 1.0, false}, Function{"log", std::log, 1.0, false},
                    Function{"tanh", std::tanh, 1.5, true}, Function{"erf", std::erf, 1.0, true},
                    Function{"sin", std::sin, 0.51, true}, Function{"cos", std::cos, 0.51, false}),
    [](const auto &info) { return info.param.op; });

// Values that training counts on, exactly.
TEST(MathSpecialValues, AreExact) {
  auto eval = [](const char *op, float value) {
    KernelRunner runner(makeKernels(op));
    std::vector<float> x(kBatch, value), y(kBatch);
    runner.run("lanes", 1, x.data(), y.data());
    return y[0];
  };
  EXPECT_EQ(eval("exp", 0.0f), 1.0f);
  EXPECT_EQ(eval("exp", -0.0f), 1.0f);
  EXPECT_EQ(eval("exp", -INFINITY), 0.0f);
  EXPECT_EQ(eval("exp", INFINITY), INFINITY);
  EXPECT_EQ(eval("log", 1.0f), 0.0f);
  EXPECT_EQ(eval("log", 0.0f), -INFINITY);
  EXPECT_EQ(eval("log", INFINITY), INFINITY);
  EXPECT_TRUE(std::isnan(eval("log", -1.0f)));
  EXPECT_EQ(eval("tanh", INFINITY), 1.0f);
  EXPECT_EQ(eval("erf", -INFINITY), -1.0f);
  EXPECT_TRUE(std::signbit(eval("tanh", -0.0f)));
  EXPECT_TRUE(std::signbit(eval("erf", -0.0f)));
  EXPECT_TRUE(std::signbit(eval("sin", -0.0f)));
  EXPECT_EQ(eval("cos", 0.0f), 1.0f);
  EXPECT_TRUE(std::isnan(eval("sin", INFINITY)));
  EXPECT_TRUE(std::isnan(eval("cos", -INFINITY)));
}

// The measure itself: it must see what it is there for.
TEST(Ulps, MeasuresDistance) {
  EXPECT_EQ(getUlps(1.0f, 1.0), 0);
  EXPECT_EQ(getUlps(std::nextafter(1.0f, 2.0f), 1.0), 1);
  EXPECT_EQ(getUlps(1.0f, 2.0), std::ldexp(1.0, 22));
  EXPECT_EQ(getUlps(0.0f, std::ldexp(1.0, -149)), 1);
  EXPECT_EQ(getUlps(INFINITY, 1e300), 0);
  EXPECT_EQ(getUlps(INFINITY, std::ldexp(1.0, 128) - std::ldexp(1.0, 104)), 1);
  EXPECT_GT(getUlps(INFINITY, 1e38), 1e6);
  EXPECT_EQ(getUlps(-INFINITY, 1e300), INFINITY);
  EXPECT_EQ(getUlps(NAN, 1.0), INFINITY);
  EXPECT_EQ(getUlps(1.0f, NAN), INFINITY);
}

} // namespace
