// The kernels of products by expert against sums that are written out, of whole numbers: equal to the bit.
#include "GroupRunner.h"
#include "KernelRunner.h"

#include "gtest/gtest.h"

#include <random>
#include <vector>

using namespace weft::test;

namespace {

template <typename T> std::string typeOf(std::initializer_list<size_t> sizes) {
  std::string text = "tensor<";
  for (size_t size : sizes)
    text += std::to_string(size) + "x";
  return text + (sizeof(T) == 4 ? "f32>" : "f64>");
}

template <typename T> std::vector<T> numbers(size_t count, std::mt19937 &draw) {
  std::vector<T> list(count);
  for (T &x : list)
    x = static_cast<T>(static_cast<int>(draw() % 9) - 4);
  return list;
}

/// How many programs the one kernel of this name has.
int64_t gridOf(const std::string &text, const std::string &name) {
  size_t at = text.find("tile.kernel @" + name + "(");
  EXPECT_NE(at, std::string::npos);
  return std::stoll(text.substr(text.find("grid(", at) + 5));
}

/// Which rows each group has, and the tiles of the kernel.
struct Groups {
  std::vector<int32_t> offsets;
  int64_t tileBytes;

  size_t count() const { return offsets.size() - 1; }
  size_t rows() const { return offsets.back(); }
  size_t of(size_t row) const {
    size_t group = 0;
    while (static_cast<size_t>(offsets[group + 1]) <= row)
      ++group;
    return group;
  }
  /// A graph whose %o#2 is the offsets, with `body` and what it sets.
  std::string graph(const std::string &variable, const std::string &arguments, const std::string &body) const {
    std::string ids = "tensor<" + std::to_string(rows()) + "xi32>";
    return "weft.variable @v role(gradient) init(zeros) : " + variable + "\nweft.graph @g(%i: " + ids + ", " + arguments +
           ") {\n %o:3 = weft.route %i experts " + std::to_string(count()) + " : " + ids + "\n" + body +
           "\n weft.set @v, %r : " + variable + "\n weft.return\n}";
  }
  std::string offsetsType() const { return "tensor<" + std::to_string(offsets.size()) + "xi32>"; }
};

template <typename T> void checkRows(const Groups &groups, size_t in, size_t out, bool isOutIn) {
  size_t rows = groups.rows();
  std::string x = typeOf<T>({rows, in}), y = typeOf<T>({rows, out}),
              w = isOutIn ? typeOf<T>({groups.count(), out, in}) : typeOf<T>({groups.count(), in, out});
  std::string text = kernelsOf(
      groups.graph(y, "%x: " + x + ", %w: " + w,
                   std::string(" %r = weft.grouped_linear ") + (isOutIn ? "out_in" : "in_out") + " %x, %w, %o#2 : " + x +
                       ", " + w + ", " + groups.offsetsType()),
      groups.tileBytes);
  std::mt19937 draw(1);
  std::vector<T> rowsOfX = numbers<T>(rows * in, draw), weight = numbers<T>(groups.count() * in * out, draw),
                 result((rows + 1) * out, 77);
  KernelRunner(text).run("grouped_linear", gridOf(text, "grouped_linear"), rowsOfX.data(), weight.data(),
                         groups.offsets.data(), result.data());
  for (size_t r = 0; r < rows; ++r)
    for (size_t j = 0; j < out; ++j) {
      const T *own = &weight[groups.of(r) * in * out];
      T sum = 0;
      for (size_t k = 0; k < in; ++k)
        sum += rowsOfX[r * in + k] * (isOutIn ? own[j * in + k] : own[k * out + j]);
      ASSERT_EQ(result[r * out + j], sum) << rows << "x" << in << "x" << out << " at " << r << ", " << j;
    }
  for (size_t j = 0; j < out; ++j) // behind the end
    ASSERT_EQ(result[rows * out + j], T(77));
}

enum class Adds { No, Yes, First, Later };

template <typename T> void checkInner(const Groups &groups, size_t m, size_t n, Adds adds) {
  size_t rows = groups.rows(), size = groups.count() * m * n;
  std::string lhs = typeOf<T>({rows, m}), rhs = typeOf<T>({rows, n}), sum = typeOf<T>({groups.count(), m, n});
  std::string before, into;
  if (adds != Adds::No)
    before = " %old = weft.get @v : " + sum + "\n", into = " into %old : " + sum;
  if (adds == Adds::First || adds == Adds::Later)
    before += " %flag = weft.step_value accumulate\n", into += " if %flag";
  std::string text = kernelsOf(groups.graph(sum, "%a: " + lhs + ", %b: " + rhs,
                                            before + " %r = weft.grouped_linear_backward %a, %b, %o#2" + into + " : " + lhs +
                                                ", " + rhs + ", " + groups.offsetsType()),
                               groups.tileBytes);
  std::mt19937 draw(1);
  std::vector<T> a = numbers<T>(rows * m, draw), b = numbers<T>(rows * n, draw), old = numbers<T>(size, draw);
  if (adds == Adds::First) // what nobody has written yet
    std::fill(old.begin(), old.end(), std::numeric_limits<T>::quiet_NaN());
  std::vector<T> result = old;
  result.push_back(77);
  double flag = adds == Adds::Later;
  KernelRunner runner(text);
  std::string name = "grouped_linear_backward";
  int64_t grid = gridOf(text, name);
  // In the very buffer of what is added to.
  if (adds == Adds::No)
    runner.run(name, grid, a.data(), b.data(), groups.offsets.data(), result.data());
  else if (adds == Adds::Yes)
    runner.run(name, grid, a.data(), b.data(), groups.offsets.data(), result.data(), result.data());
  else
    runner.run(name, grid, a.data(), b.data(), groups.offsets.data(), result.data(), &flag, result.data());
  for (size_t g = 0; g < groups.count(); ++g)
    for (size_t i = 0; i < m; ++i)
      for (size_t j = 0; j < n; ++j) {
        size_t at = (g * m + i) * n + j;
        T expected = adds == Adds::Yes || adds == Adds::Later ? old[at] : T(0);
        for (int32_t r = groups.offsets[g]; r < groups.offsets[g + 1]; ++r)
          expected += a[r * m + i] * b[r * n + j];
        ASSERT_EQ(result[at], expected) << rows << "x" << m << "x" << n << " at " << g << ", " << i << ", " << j;
      }
  ASSERT_EQ(result[size], T(77));
}

template <typename T> void checkBoth(const Groups &groups, size_t in, size_t out) {
  for (bool isOutIn : {false, true})
    checkRows<T>(groups, in, out, isOutIn);
  for (Adds adds : {Adds::No, Adds::Yes, Adds::First, Adds::Later})
    checkInner<T>(groups, in, out, adds);
}

// Groups without rows at both ends and between, one with all, blocks that are full and that are not, one row each.
TEST(Grouped, GroupsOfAllSizes) {
  for (std::vector<int32_t> offsets : {std::vector<int32_t>{0, 0, 5, 5, 37, 37}, {0, 100, 100}, {0, 0, 100},
                                       {0, 16, 48, 64}, {0, 7}, {0, 0, 0, 0, 2, 2}})
    checkBoth<float>({offsets, 64}, 20, 36);
}

TEST(Grouped, WidthsOfAllSizes) {
  for (auto [in, out] : {std::pair<size_t, size_t>{1, 1}, {3, 5}, {16, 32}, {64, 64}, {130, 17}})
    checkBoth<float>({{0, 9, 9, 50}, 256}, in, out);
  checkBoth<double>({{0, 9, 9, 50}, 256}, 33, 70);
}

} // namespace
