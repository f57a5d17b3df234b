// Kernels compiled by the pipeline of weftc against scalar loops: edges, long rows, carried tiles,
// strides, gathers, in-place updates, both precisions.
#include "KernelRunner.h"
#include "Support/Half.h"

#include "gtest/gtest.h"

#include <bit>
#include <cmath>
#include <numeric>
#include <vector>

using namespace weft::test;

namespace {

constexpr float kUntouched = -777.0f;

template <typename T> std::vector<T> makeInput(size_t size, unsigned seed = 1) {
  std::vector<T> values(size);
  uint32_t state = seed;
  for (T &value : values) {
    state = state * 1664525u + 1013904223u;
    value = T(int(state >> 16) % 4001 - 2000) / T(1000);
  }
  return values;
}

// y = 2 x over `size` elements, by tiles of 64 that stick out at the end; behind the end is a
// guard.
void checkMaskedEdge(int64_t size) {
  std::string n = std::to_string(size), type = "memref<" + n + "xf32>";
  KernelRunner runner("tile.kernel @k(%x: " + type + ", %y: " + type + R"() grid(4) outputs(1) {
    %p = tile.program_id
    %c64 = arith.constant 64 : index
    %i = arith.muli %p, %c64 : index
    %t = tile.load %x[%i] : )" +
                      type + R"( -> tensor<64xf32>
    %d = arith.addf %t, %t : tensor<64xf32>
    tile.store %d, %y[%i] : tensor<64xf32>, )" +
                      type + R"(
    tile.return
  })");
  std::vector<float> x = makeInput<float>(size), y(size + 64, kUntouched);
  runner.run("k", 4, x.data(), y.data());
  for (int64_t i = 0; i < size; ++i)
    ASSERT_EQ(y[i], 2 * x[i]) << i;
  for (size_t i = size; i < y.size(); ++i)
    ASSERT_EQ(y[i], kUntouched) << i;
}

// Also sizes at which whole tiles lie behind the end.
TEST(TileKernel, MasksEdges) {
  for (int64_t size : {256, 255, 193, 192, 100, 64, 63, 1})
    checkMaskedEdge(size);
}

// Rounds all upper halves of an f32 with lower halves around a half of the last place: NaN, infinities and subnormals
// among them.
template <typename Short> void checkRounding(const char *name) {
  std::string element = name;
  KernelRunner runner("tile.kernel @k(%x: memref<64xf32>, %y: memref<64x" + element + ">) grid(1) outputs(1) {" + R"(
    %c0 = arith.constant 0 : index
    %t = tile.load %x[%c0] {in_bounds} : memref<64xf32> -> tensor<64xf32>
    %n = arith.truncf %t : tensor<64xf32> to tensor<64x)" + element + R"(>
    tile.store %n, %y[%c0] {in_bounds} : tensor<64x)" + element + ">, memref<64x" + element + R"(>
    tile.return
  })");
  auto kernel = runner.lookup("k");
  constexpr uint32_t lower[] = {0, 1, 0x7fff, 0x8000, 0x8001, 0xffff, 0x1000, 0x3001};
  for (uint32_t first = 0; first < 1 << 16; first += 8) {
    float x[64];
    Short y[64];
    for (uint32_t i = 0; i < 64; ++i)
      x[i] = std::bit_cast<float>((first + i / 8) << 16 | lower[i % 8]);
    void *arguments[] = {x, y};
    kernel(arguments, 0, 1);
    for (uint32_t i = 0; i < 64; ++i)
      if (std::isnan(x[i]))
        ASSERT_TRUE(std::isnan(static_cast<double>(y[i]))) << x[i];
      else
        ASSERT_EQ(y[i].bits, Short::from(x[i]).bits) << x[i];
  }
}

TEST(TileKernel, RoundsToTheNearest) {
  checkRounding<weft::rt::BFloat>("bf16");
  checkRounding<weft::rt::Half>("f16");
}

TEST(TileKernel, RunsOnlyTheProgramsAskedFor) {
  KernelRunner runner(R"(tile.kernel @k(%y: memref<8xi32>) grid(8) outputs(1) {
    %p = tile.program_id
    %i = arith.index_cast %p : index to i32
    memref.store %i, %y[%p] : memref<8xi32>
    tile.return
  })");
  std::vector<int32_t> y(8, -1);
  void *args[] = {y.data()};
  runner.lookup("k")(args, 2, 5);
  EXPECT_EQ(y, (std::vector<int32_t>{-1, -1, 2, 3, 4, -1, -1, -1}));
  runner.lookup("k")(args, 6, 6);
  EXPECT_EQ(y[6], -1);
}

// The order that tile.reduce is defined with.
template <typename T> T addHalves(std::vector<T> lanes) {
  for (size_t half = lanes.size() / 2; half > 0; half /= 2)
    for (size_t i = 0; i < half; ++i)
      lanes[i] += lanes[i + half];
  return lanes[0];
}

// Rows of 200 in tiles of 64: a loop that carries a tile, then a tail that is masked and cut off.
const char *kRowSum = R"(
  tile.kernel @sum(%x: memref<3x200xTYPE>, %y: memref<3xTYPE>) grid(3) outputs(1) {
    %p = tile.program_id
    %c0 = arith.constant 0 : index
    %c64 = arith.constant 64 : index
    %c192 = arith.constant 192 : index
    %zero = arith.constant dense<0.0> : tensor<64xTYPE>
    %s = scf.for %i = %c0 to %c192 step %c64 iter_args(%a = %zero) -> (tensor<64xTYPE>) {
      %t = tile.load %x[%p, %i] {in_bounds} : memref<3x200xTYPE> -> tensor<64xTYPE>
      %b = arith.addf %a, %t : tensor<64xTYPE>
      scf.yield %b : tensor<64xTYPE>
    }
    %t = tile.load %x[%p, %c192] : memref<3x200xTYPE> -> tensor<64xTYPE>
    %b = arith.addf %s, %t : tensor<64xTYPE>
    %r = tile.reduce add %b axis(0) : tensor<64xTYPE> -> TYPE
    memref.store %r, %y[%p] : memref<3xTYPE>
    tile.return
  })";

std::string replaceAll(std::string text, const std::string &from, const std::string &to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

template <typename T> void checkRowSum(const char *type) {
  KernelRunner runner(replaceAll(kRowSum, "TYPE", type));
  std::vector<T> x = makeInput<T>(600), y(3);
  runner.run("sum", 3, x.data(), y.data());
  for (int64_t row = 0; row < 3; ++row) {
    std::vector<T> lanes(64, 0);
    for (int64_t i = 0; i < 200; ++i)
      lanes[i % 64] += x[row * 200 + i];
    EXPECT_EQ(y[row], addHalves(lanes)) << row; // the same bits
  }
}

TEST(TileKernel, CarriesTilesOverRowsLongerThanATile) {
  checkRowSum<float>("f32");
  checkRowSum<double>("f64");
}

TEST(TileKernel, MaxIsNaNIfAnElementIs) {
  KernelRunner runner(R"(
    tile.kernel @max(%x: memref<16xf32>, %i: memref<16xi32>, %y: memref<1xf32>, %j: memref<1xi32>)
        grid(1) outputs(2) {
      %c0 = arith.constant 0 : index
      %t = tile.load %x[%c0] {in_bounds} : memref<16xf32> -> tensor<16xf32>
      %m = tile.reduce max %t axis(0) : tensor<16xf32> -> f32
      memref.store %m, %y[%c0] : memref<1xf32>
      %u = tile.load %i[%c0] {in_bounds} : memref<16xi32> -> tensor<16xi32>
      %n = tile.reduce max %u axis(0) : tensor<16xi32> -> i32
      memref.store %n, %j[%c0] : memref<1xi32>
      tile.return
    })");
  std::vector<int32_t> ids(16);
  for (int lane = -1; lane < 16; ++lane) {
    std::vector<float> x(16);
    for (int i = 0; i < 16; ++i)
      x[i] = -1.0f - i, ids[i] = -1 - (i + lane) % 16;
    if (lane >= 0)
      x[lane] = NAN;
    float max = 0;
    int32_t maxId = 0;
    runner.run("max", 1, x.data(), ids.data(), &max, &maxId);
    if (lane >= 0)
      EXPECT_TRUE(std::isnan(max)) << lane;
    else
      EXPECT_EQ(max, -1.0f);
    EXPECT_EQ(maxId, *std::max_element(ids.begin(), ids.end()));
  }
}

// Reads a transposed and padded view and writes a strided one: gathers and scatters, with edges.
TEST(TileKernel, FollowsStrides) {
  KernelRunner runner(R"(
    tile.kernel @k(%x: memref<7x20xf32, strided<[1, 9]>>, %y: memref<7x20xf32, strided<[50, 2]>>)
        grid(7) outputs(1) {
      %p = tile.program_id
      %c0 = arith.constant 0 : index
      %c16 = arith.constant 16 : index
      %t = tile.load %x[%p, %c0] {in_bounds} : memref<7x20xf32, strided<[1, 9]>> -> tensor<16xf32>
      tile.store %t, %y[%p, %c0] {in_bounds} : tensor<16xf32>, memref<7x20xf32, strided<[50, 2]>>
      %u = tile.load %x[%p, %c16] : memref<7x20xf32, strided<[1, 9]>> -> tensor<16xf32>
      tile.store %u, %y[%p, %c16] : tensor<16xf32>, memref<7x20xf32, strided<[50, 2]>>
      tile.return
    })");
  std::vector<float> x = makeInput<float>(20 * 9), y(7 * 50, kUntouched), expected = y;
  runner.run("k", 7, x.data(), y.data());
  for (int64_t r = 0; r < 7; ++r)
    for (int64_t c = 0; c < 20; ++c)
      expected[r * 50 + c * 2] = x[r + c * 9];
  EXPECT_EQ(y, expected);
}

// Row r of y is row ids[r] of the table, or adds to it: an embedding and its backward.
TEST(TileKernel, GathersAndScattersRowsById) {
  KernelRunner runner(R"(
    tile.kernel @gather(%table: memref<10x40xf64>, %ids: memref<5xi32>, %y: memref<5x40xf64>)
        grid(5) outputs(1) {
      %p = tile.program_id
      %c0 = arith.constant 0 : index
      %id = memref.load %ids[%p] : memref<5xi32>
      %row = arith.index_cast %id : i32 to index
      %t = tile.load %table[%row, %c0] : memref<10x40xf64> -> tensor<64xf64>
      tile.store %t, %y[%p, %c0] : tensor<64xf64>, memref<5x40xf64>
      tile.return
    }
    tile.kernel @scatter(%ids: memref<5xi32>, %g: memref<5x40xf64>, %table: memref<10x40xf64>)
        grid(3) outputs(1) {
      %p = tile.program_id
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c5 = arith.constant 5 : index
      %c16 = arith.constant 16 : index
      %i = arith.muli %p, %c16 : index
      scf.for %r = %c0 to %c5 step %c1 {
        %id = memref.load %ids[%r] : memref<5xi32>
        %row = arith.index_cast %id : i32 to index
        %t = tile.load %table[%row, %i] : memref<10x40xf64> -> tensor<16xf64>
        %u = tile.load %g[%r, %i] : memref<5x40xf64> -> tensor<16xf64>
        %s = arith.addf %t, %u : tensor<16xf64>
        tile.store %s, %table[%row, %i] : tensor<16xf64>, memref<10x40xf64>
      }
      tile.return
    })");
  std::vector<int32_t> ids = {9, 0, 3, 3, 7};
  std::vector<double> table = makeInput<double>(400), y(200), expected(table);
  runner.run("gather", 5, table.data(), ids.data(), y.data());
  for (int64_t r = 0; r < 5; ++r)
    for (int64_t c = 0; c < 40; ++c)
      EXPECT_EQ(y[r * 40 + c], table[ids[r] * 40 + c]);
  runner.run("scatter", 3, ids.data(), y.data(), table.data());
  for (int64_t r = 0; r < 5; ++r)
    for (int64_t c = 0; c < 40; ++c)
      expected[ids[r] * 40 + c] += y[r * 40 + c];
  EXPECT_EQ(table, expected);
}

TEST(TileKernel, WritesIntoTheBufferOfAnInput) {
  KernelRunner runner(R"(
    tile.kernel @k(%x: memref<200xf32>, %w: memref<200xf32>, %y: memref<200xf32>) grid(1) outputs(1)
        in_place([[0, 0]]) {
      %c0 = arith.constant 0 : index
      %c64 = arith.constant 64 : index
      %end = arith.constant 200 : index
      scf.for %i = %c0 to %end step %c64 {
        %t = tile.load %x[%i] : memref<200xf32> -> tensor<64xf32>
        %u = tile.load %w[%i] : memref<200xf32> -> tensor<64xf32>
        %s = arith.addf %t, %u : tensor<64xf32>
        tile.store %s, %y[%i] : tensor<64xf32>, memref<200xf32>
      }
      tile.return
    })");
  std::vector<float> x = makeInput<float>(200), w = makeInput<float>(200, 2), expected(200);
  for (int i = 0; i < 200; ++i)
    expected[i] = x[i] + w[i];
  runner.run("k", 1, x.data(), w.data(), x.data());
  EXPECT_EQ(x, expected);
}

// Two-dimensional tiles: rows and columns that stick out, sums along either axis.
TEST(TileKernel, TakesTilesOfTwoDimensions) {
  KernelRunner runner(R"(
    tile.kernel @k(%x: memref<3x6xf32>, %y: memref<3x6xf32>, %r: memref<3xf32>, %c: memref<6xf32>)
        grid(1) outputs(3) {
      %c0 = arith.constant 0 : index
      %t = tile.load %x[%c0, %c0] : memref<3x6xf32> -> tensor<4x8xf32>
      %two = arith.constant dense<2.0> : tensor<4x8xf32>
      %d = arith.mulf %t, %two : tensor<4x8xf32>
      tile.store %d, %y[%c0, %c0] : tensor<4x8xf32>, memref<3x6xf32>
      %rows = tile.reduce add %t axis(1) : tensor<4x8xf32> -> tensor<4xf32>
      tile.store %rows, %r[%c0] : tensor<4xf32>, memref<3xf32>
      %columns = tile.reduce add %t axis(0) : tensor<4x8xf32> -> tensor<8xf32>
      tile.store %columns, %c[%c0] : tensor<8xf32>, memref<6xf32>
      tile.return
    })");
  std::vector<float> x(18), y(24, kUntouched), rows(4, kUntouched), columns(8, kUntouched);
  std::iota(x.begin(), x.end(), 1.0f); // small integers: any order of sums is exact
  runner.run("k", 1, x.data(), y.data(), rows.data(), columns.data());
  for (int i = 0; i < 18; ++i)
    EXPECT_EQ(y[i], 2 * x[i]);
  EXPECT_EQ(y[18], kUntouched);
  EXPECT_EQ(rows, (std::vector<float>{21, 57, 93, kUntouched}));
  EXPECT_EQ(columns, (std::vector<float>{21, 24, 27, 30, 33, 36, kUntouched, kUntouched}));
}

// A causal mask by lane numbers, scalars under scf.if, selects by a scalar, casts.
TEST(TileKernel, ComparesSelectsAndCasts) {
  KernelRunner runner(R"(
    tile.kernel @k(%x: memref<8x8xf64>, %flag: memref<f64>, %y: memref<8x8xf32>) grid(8) outputs(1) {
      %p = tile.program_id
      %c0 = arith.constant 0 : index
      %zero = arith.constant 0.0 : f64
      %f = memref.load %flag[] : memref<f64>
      %is = arith.cmpf oeq, %f, %zero : f64
      %factor = scf.if %is -> (f32) {
        %one = arith.constant 1.0 : f32
        scf.yield %one : f32
      } else {
        %half = arith.constant 0.5 : f32
        scf.yield %half : f32
      }
      %t = tile.load %x[%p, %c0] {in_bounds} : memref<8x8xf64> -> tensor<8xf64>
      %n = arith.truncf %t : tensor<8xf64> to tensor<8xf32>
      %s = tensor.splat %factor : tensor<8xf32>
      %m = arith.mulf %n, %s : tensor<8xf32>
      %lanes = tile.iota : tensor<8xi32>
      %i = arith.index_cast %p : index to i32
      %row = tensor.splat %i : tensor<8xi32>
      %hidden = arith.cmpi sgt, %lanes, %row : tensor<8xi32>
      %none = arith.constant dense<0xFF800000> : tensor<8xf32>
      %r = arith.select %hidden, %none, %m : tensor<8xi1>, tensor<8xf32>
      %q = arith.select %is, %r, %m : tensor<8xf32>
      tile.store %q, %y[%p, %c0] {in_bounds} : tensor<8xf32>, memref<8x8xf32>
      tile.return
    })");
  std::vector<double> x = makeInput<double>(64);
  std::vector<float> y(64);
  for (double flag : {0.0, 1.0}) {
    runner.run("k", 8, x.data(), &flag, y.data());
    for (int r = 0; r < 8; ++r)
      for (int c = 0; c < 8; ++c) {
        float kept = float(x[r * 8 + c]) * (flag == 0 ? 1.0f : 0.5f);
        EXPECT_EQ(y[r * 8 + c], flag == 0 && c > r ? -INFINITY : kept);
      }
  }
}

// In f64 every function is libm's, whatever the kernel is called.
TEST(TileKernel, CallsLibmInDoublePrecision) {
  const std::pair<const char *, double (*)(double)> functions[] = {{"exp", std::exp},
                                                                   {"log", std::log},
                                                                   {"tanh", std::tanh},
                                                                   {"erf", std::erf},
                                                                   {"sqrt", std::sqrt}};
  for (auto [name, reference] : functions) {
    std::string text =
        R"(tile.kernel @NAME(%x: memref<20xf64>, %y: memref<20xf64>, %z: memref<1xf64>)
        grid(1) outputs(2) {
      %c0 = arith.constant 0 : index
      %t = tile.load %x[%c0] : memref<20xf64> -> tensor<32xf64>
      %r = math.NAME %t : tensor<32xf64>
      tile.store %r, %y[%c0] : tensor<32xf64>, memref<20xf64>
      %s = memref.load %x[%c0] : memref<20xf64>
      %q = math.NAME %s : f64
      memref.store %q, %z[%c0] : memref<1xf64>
      tile.return
    })";
    KernelRunner runner(replaceAll(text, "NAME", name));
    std::vector<double> x = makeInput<double>(20), y(20);
    for (double &v : x)
      v = std::fabs(v) + 0.125;
    double z = 0;
    runner.run(name, 1, x.data(), y.data(), &z);
    for (int i = 0; i < 20; ++i)
      EXPECT_EQ(y[i], reference(x[i])) << name;
    EXPECT_EQ(z, reference(x[0])) << name;
  }
}

TEST(TileKernel, RaisesToPowers) {
  KernelRunner runner(
      R"(tile.kernel @pow(%x: memref<20xf32>, %y: memref<20xf32>) grid(1) outputs(1) {
    %c0 = arith.constant 0 : index
    %t = tile.load %x[%c0] : memref<20xf32> -> tensor<32xf32>
    %e = arith.constant dense<1.5> : tensor<32xf32>
    %r = math.powf %t, %e : tensor<32xf32>
    tile.store %r, %y[%c0] : tensor<32xf32>, memref<20xf32>
    tile.return
  })");
  std::vector<float> x = makeInput<float>(20), y(20);
  for (float &v : x)
    v = std::fabs(v);
  runner.run("pow", 1, x.data(), y.data());
  for (int i = 0; i < 20; ++i)
    EXPECT_FLOAT_EQ(y[i], std::pow(x[i], 1.5f));
}

} // namespace
