// How far sums in kernels are off, and that their error does not grow with the number of summands.
#include "GroupRunner.h"
#include "KernelRunner.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace weft::test;

namespace {

// Added one after the other, n equal summands are off by at most n / 4 units in the last place of their
// sum (each addition by half of one, of a sum that is half as large at the mean): 16 for the 64 rounds that
// are the most of one level. Errors of several levels can add up, but hardly all go to one side. Of a
// million rows, one after the other, it is ten thousands.
constexpr double kMostUnits = 16;

std::string tensor(const std::vector<int64_t> &shape, const char *element) {
  std::string text = "tensor<";
  for (int64_t size : shape)
    text += std::to_string(size) + "x";
  return text + element + ">";
}

/// A graph that sets a variable to what `op`, on %x, computes.
KernelRunner compile(const std::string &op, const std::string &from, const std::string &to) {
  return KernelRunner(kernelsOf("weft.variable @v role(gradient) init(zeros) : " + to +
                                "\nweft.graph @g(%x: " + from + ") {\n %s = " + op +
                                "\n weft.set @v, %s : " + to + "\n weft.return\n}"));
}

enum class Summands { Equal, Positive, BothSigns };

template <typename T> std::vector<T> draw(size_t count, Summands kind) {
  std::mt19937 random(count);
  std::normal_distribution<double> normal(kind == Summands::Positive ? 4.0 : 0.0);
  std::vector<T> x(count, T(0.1));
  if (kind != Summands::Equal)
    std::generate(x.begin(), x.end(), [&] { return T(normal(random)); });
  return x;
}

/// A sum with what each addition loses (Neumaier's): right to the last place of a double.
struct ExactSum {
  long double sum = 0, lost = 0;
  void add(long double x) {
    long double next = sum + x;
    lost += std::abs(sum) >= std::abs(x) ? (sum - next) + x : (x - next) + sum;
    sum = next;
  }
  long double get() const { return sum + lost; }
};

/// The largest error of sums[c] against the sum of x[r, c] over r, in units of the last place of the sum of |x[r, c]|.
template <typename T> double unitsOff(const std::vector<T> &x, const std::vector<T> &sums) {
  double worst = 0;
  for (size_t c = 0; c < sums.size(); ++c) {
    ExactSum sum, magnitude;
    for (size_t i = c; i < x.size(); i += sums.size())
      sum.add(x[i]), magnitude.add(std::abs(x[i]));
    worst = std::max<double>(worst, std::abs(sums[c] - sum.get()) / magnitude.get());
  }
  return worst / std::numeric_limits<T>::epsilon();
}

template <typename T> const char *name() { return sizeof(T) == 4 ? "f32" : "f64"; }

template <typename T> double sumRows(int64_t rows, int64_t columns, Summands kind) {
  std::string from = tensor({rows, columns}, name<T>()), to = tensor({columns}, name<T>());
  KernelRunner runner = compile("weft.sum %x axes [0] : " + from, from, to);
  std::vector<T> x = draw<T>(rows * columns, kind), sums(columns);
  int64_t tile = 256 / sizeof(T);
  runner.run("sum", (columns + tile - 1) / tile, x.data(), sums.data());
  return unitsOff(x, sums);
}

/// The sum of one row.
template <typename T> double sumRow(int64_t columns, Summands kind) {
  std::string from = tensor({1, columns}, name<T>()), to = tensor({1, 1}, name<T>());
  KernelRunner runner = compile("weft.sum %x axes [1] {keep_dims} : " + from, from, to);
  std::vector<T> x = draw<T>(columns, kind), sums(1);
  runner.run("sum", 1, x.data(), sums.data());
  return unitsOff(x, sums);
}

constexpr Summands kAll[] = {Summands::Equal, Summands::Positive, Summands::BothSigns};

// Around the numbers of rows where another level begins, and far above.
TEST(Sums, OfManyRowsAreAsGoodAsOfFew) {
  for (int64_t rows : {64, 65, 97, 2049, 3000, 65537, 1000003})
    EXPECT_LE(sumRows<float>(rows, 2, Summands::Equal), kMostUnits) << rows;
  for (Summands kind : kAll)
    EXPECT_LE(sumRows<float>(262144, 8, kind), kMostUnits) << int(kind);
}

TEST(Sums, OfRowsOfAnyWidth) {
  for (int64_t columns : {3, 64, 70, 129})
    EXPECT_LE(sumRows<float>(5000, columns, Summands::Equal), kMostUnits) << columns;
}

TEST(Sums, OfLongRows) {
  for (int64_t columns : {63, 65, 8193, 131071})
    EXPECT_LE(sumRow<float>(columns, Summands::Equal), kMostUnits) << columns;
  for (Summands kind : kAll)
    EXPECT_LE(sumRow<float>(1000003, kind), kMostUnits) << int(kind);
}

TEST(Sums, OfDoubles) {
  for (Summands kind : kAll) {
    EXPECT_LE(sumRows<double>(262144, 4, kind), kMostUnits);
    EXPECT_LE(sumRow<double>(1000003, kind), kMostUnits);
  }
}

// The largest element is found wherever it lies: in the first and last tile of a part, and behind
// the last full tile.
TEST(Sums, LargestOfLongRows) {
  constexpr int64_t columns = 200003;
  std::string from = tensor({1, columns}, "f32"), to = tensor({1, 1}, "f32");
  KernelRunner runner = compile("weft.reduce_max %x axes [1] {keep_dims} : " + from, from, to);
  std::vector<float> x(columns, -3.0f);
  for (int64_t at : {0, 63, 2047, 2048, 65535, 65536, 131072, 199999, 200000, 200002}) {
    float largest = 0;
    x[at] = -1.0f;
    runner.run("reduce_max", 1, x.data(), &largest);
    EXPECT_EQ(largest, -1.0f) << at;
    x[at] = -3.0f;
  }
}

} // namespace
