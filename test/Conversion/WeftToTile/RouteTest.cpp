// The kernels of top_k and route against sorting.
#include "GroupRunner.h"
#include "KernelRunner.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <vector>

using namespace weft::test;

namespace {

void checkTopK(const std::vector<float> &x, int64_t columns, int64_t k) {
  int64_t rows = x.size() / columns;
  auto type = [&](int64_t width) {
    return "tensor<" + std::to_string(rows) + "x" + std::to_string(width) + "xf32>";
  };
  KernelRunner runner(
      kernelsOf("weft.variable @v role(gradient) init(zeros) : " + type(k) +
                "\nweft.graph @g(%x: " + type(columns) + ") {\n %v, %i = weft.top_k %x k " +
                std::to_string(k) + " : " + type(columns) + "\n weft.set @v, %v : " + type(k) +
                "\n weft.return\n}"));
  std::vector<float> values(rows * k);
  std::vector<int32_t> ids(rows * k, -7);
  runner.run("top_k", rows, x.data(), values.data(), ids.data());
  for (int64_t row = 0; row < rows; ++row) {
    const float *r = &x[row * columns];
    std::vector<int32_t> order(columns);
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int32_t a, int32_t b) {
      return std::isnan(r[a]) ? !std::isnan(r[b]) : r[a] > r[b];
    });
    for (int64_t j = 0; j < k; ++j) {
      ASSERT_EQ(ids[row * k + j], order[j]) << row << " " << j;
      ASSERT_EQ(std::memcmp(&values[row * k + j], &r[order[j]], sizeof(float)), 0);
    }
  }
}

// Ties, infinities, NaN, zeros of both signs, all elements and one.
TEST(TopK, SortsStably) {
  float inf = INFINITY, nan = NAN;
  std::vector<float> x = {1,    5,   5, -3,   5,   0,    nan, 1,   nan, -inf, inf, nan,
                          -inf, inf, 0, -0.f, inf, -inf, nan, nan, nan, nan,  nan, nan,
                          0,    0,   0, 0,    0,   0,    -1,  -2,  -3,  -4,   -5,  -6};
  for (int64_t k = 1; k <= 6; ++k)
    checkTopK(x, 6, k);
  checkTopK({2.5f}, 1, 1);
}

void checkRoute(const std::vector<int32_t> &ids, int64_t experts) {
  // The order is used by a lookup, since what nobody uses is not computed.
  std::string size = std::to_string(ids.size()), type = "tensor<" + size + "xi32>",
              rows = "tensor<" + size + "x1xf32>";
  KernelRunner runner(kernelsOf("weft.variable @v role(gradient) init(zeros) : " + rows +
                                "\nweft.graph @g(%i: " + type + ", %t: " + rows +
                                ") {\n %o:3 = weft.route %i experts " + std::to_string(experts) +
                                " : " + type + "\n %y = weft.embedding %o#0, %t : " + type + ", " +
                                rows + "\n weft.set @v, %y : " + rows + "\n weft.return\n}"));
  std::vector<int32_t> order(ids.size() + 1, -7), slots = order, offsets(experts + 2, -7);
  runner.run("route", 1, ids.data(), order.data(), slots.data(), offsets.data());

  auto expertOf = [&](int32_t slot) {
    return std::min<int64_t>(static_cast<uint32_t>(ids[slot]), experts - 1);
  };
  std::vector<int32_t> expected(ids.size());
  std::iota(expected.begin(), expected.end(), 0);
  std::stable_sort(expected.begin(), expected.end(),
                   [&](int32_t a, int32_t b) { return expertOf(a) < expertOf(b); });
  for (size_t i = 0; i < ids.size(); ++i) {
    ASSERT_EQ(order[i], expected[i]);
    ASSERT_EQ(slots[expected[i]], static_cast<int32_t>(i));
  }
  for (int64_t e = 0; e <= experts; ++e)
    ASSERT_EQ(offsets[e], std::count_if(expected.begin(), expected.end(),
                                        [&](int32_t slot) { return expertOf(slot) < e; }));
  // Nothing is written behind the ends.
  EXPECT_EQ(order.back(), -7);
  EXPECT_EQ(slots.back(), -7);
  EXPECT_EQ(offsets.back(), -7);
}

// Experts without slots at both ends and between, one expert, ids that are none.
TEST(Route, SortsStably) {
  checkRoute({3, 1, 3, 6, 1, 3, 1, 6, 6, 3}, 8);
  checkRoute({0, 0, 0}, 1);
  checkRoute({2}, 3);
  checkRoute({0, 9, -1, 1, 7}, 3);
  std::vector<int32_t> many(1000);
  for (size_t i = 0; i < many.size(); ++i)
    many[i] = static_cast<int32_t>(i * 2654435761u >> 7) & 63;
  checkRoute(many, 64);
}

} // namespace
