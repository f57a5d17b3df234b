// Products by group against a plain triple loop; groups without rows; bits that depend neither on
// threads nor on the other groups.
#include "TestSupport.h"

#include <cmath>
#include <cstring>
#include <numeric>

using namespace weft::rt;
using namespace weft::rt::test;

namespace {

using Rows = std::vector<int32_t>; // of each group

std::vector<int32_t> offsetsOf(const Rows &rows) {
  std::vector<int32_t> offsets = {0};
  for (int32_t count : rows)
    offsets.push_back(offsets.back() + count);
  return offsets;
}

template <typename T> std::vector<T> numbers(size_t count, uint32_t seed) {
  std::vector<T> values(count);
  for (size_t i = 0; i < count; ++i)
    values[i] =
        static_cast<T>((static_cast<uint32_t>(i) * 2654435761u + seed) >> 16 & 1023) / 512 - 1;
  return values;
}

/// A product over groups: `rows` x k times k x n for the rows of each, or their inner product, k x n.
template <typename T> struct Grouped {
  WeftMatmul mm = {};
  Rows rows;
  int64_t k, n;
  std::vector<T> a, b, c;

  Grouped(int64_t grouping, Rows rowsOfGroups, int64_t k, int64_t n, bool transposeB,
          int32_t accumulate)
      : rows(std::move(rowsOfGroups)), k(k), n(n) {
    int64_t all = std::accumulate(rows.begin(), rows.end(), 0);
    int64_t groups = static_cast<int64_t>(rows.size());
    bool isInner = grouping == WEFT_GROUPED_INNER;
    mm.scope = "test", mm.phase = "forward";
    mm.dtype = sizeof(T) == 4 ? WEFT_F32 : WEFT_F64;
    mm.library = WEFT_OPENBLAS;
    mm.accumulate = accumulate;
    mm.transpose_a = isInner, mm.transpose_b = transposeB;
    mm.m = isInner ? k : all, mm.n = n, mm.k = isInner ? all : k;
    mm.lda = k, mm.ldb = transposeB ? k : n, mm.ldc = n;
    mm.block_m = 16, mm.block_n = 24;
    mm.grouping = grouping, mm.groups = groups;
    (isInner ? mm.stride_c : mm.stride_b)[0] = k * n;
    a = numbers<T>(all * k, 1);
    b = numbers<T>(isInner ? all * n : groups * k * n, 2);
    c = numbers<T>(isInner ? groups * k * n : all * n, 3);
  }

  std::vector<T> run(int threads, double flag = 1) const {
    Runtime runtime{threads};
    WeftStep step = {0, 1, flag, 0, 0};
    WeftContext context = {nullptr, nullptr, nullptr, &step, &runtime};
    std::vector<T> result = c;
    std::vector<int32_t> offsets = offsetsOf(rows);
    weft_rt_grouped_matmul(&context, &mm, a.data(), b.data(), result.data(), offsets.data());
    return result;
  }

  /// Element (i, j) of the product of group g, where i is a row of all or one of k.
  double expected(size_t g, int64_t i, int64_t j) const {
    std::vector<int32_t> offsets = offsetsOf(rows);
    double sum = 0;
    if (mm.grouping == WEFT_GROUPED_INNER) {
      for (int64_t r = offsets[g]; r < offsets[g + 1]; ++r)
        sum += double(a[r * k + i]) * b[r * n + j];
      return sum;
    }
    const T *weight = &b[g * static_cast<size_t>(k * n)];
    for (int64_t p = 0; p < k; ++p)
      sum += double(a[i * k + p]) * (mm.transpose_b ? weight[j * k + p] : weight[p * n + j]);
    return sum;
  }

  void check(bool adds, double flag) const {
    std::vector<T> result = run(1, flag);
    std::vector<int32_t> offsets = offsetsOf(rows);
    bool isInner = mm.grouping == WEFT_GROUPED_INNER;
    double tolerance = sizeof(T) == 4 ? 1e-4 : 1e-12;
    for (size_t g = 0; g < rows.size(); ++g)
      for (int64_t i = isInner ? 0 : offsets[g]; i < (isInner ? k : offsets[g + 1]); ++i)
        for (int64_t j = 0; j < n; ++j) {
          size_t at = static_cast<size_t>((isInner ? int64_t(g) * k + i : i) * n + j);
          ASSERT_NEAR(result[at], expected(g, i, j) + (adds ? c[at] : 0), tolerance)
              << g << " " << i << " " << j;
        }
  }
};

const Rows rowLists[] = {{5, 0, 17, 33, 0, 1, 16, 0}, {0, 0, 7}, {40}, {0, 0}};

template <typename T> void checkAll() {
  for (const Rows &rows : rowLists)
    for (bool transposeB : {false, true}) {
      Grouped<T>(WEFT_GROUPED_ROWS, rows, 13, 29, transposeB, WEFT_OVERWRITE).check(false, 1);
      Grouped<T>(WEFT_GROUPED_ROWS, rows, 13, 29, transposeB, WEFT_ADD).check(true, 0);
    }
  for (const Rows &rows : rowLists) {
    Grouped<T>(WEFT_GROUPED_INNER, rows, 19, 31, false, WEFT_OVERWRITE).check(false, 1);
    Grouped<T>(WEFT_GROUPED_INNER, rows, 19, 31, false, WEFT_ADD).check(true, 0);
    Grouped<T>(WEFT_GROUPED_INNER, rows, 19, 31, false, WEFT_ADD_BY_STEP).check(true, 1);
    Grouped<T>(WEFT_GROUPED_INNER, rows, 19, 31, false, WEFT_ADD_BY_STEP).check(false, 0);
  }
}

TEST(GroupedMatmul, MultipliesEachGroupByItsOwn) {
  prepareThreads(3);
  checkAll<float>();
  checkAll<double>();
}

// Large enough to be shared out among threads.
const Rows kLarge = {100, 0, 37, 311, 1, 64};

TEST(GroupedMatmul, BitsDoNotDependOnThreads) {
  prepareThreads(3);
  for (int64_t grouping : {WEFT_GROUPED_ROWS, WEFT_GROUPED_INNER}) {
    Grouped<float> product(grouping, kLarge, 65, 97, false, WEFT_OVERWRITE);
    std::vector<float> one = product.run(1);
    for (int threads : {2, 3})
      EXPECT_EQ(product.run(threads), one);
  }
}

// The rows of the last group come out the same where the groups before it have other rows.
TEST(GroupedMatmul, BitsDoNotDependOnOtherGroups) {
  prepareThreads(3);
  constexpr int64_t k = 65, n = 97, last = 45;
  Grouped<float> first(WEFT_GROUPED_ROWS, {3, 50, last}, k, n, true, WEFT_OVERWRITE);
  Grouped<float> second(WEFT_GROUPED_ROWS, {0, 17, last}, k, n, true, WEFT_OVERWRITE);
  std::copy(first.a.end() - last * k, first.a.end(), second.a.end() - last * k);
  std::vector<float> x = first.run(2), y = second.run(3);
  EXPECT_EQ(std::memcmp(&*(x.end() - last * n), &*(y.end() - last * n), last * n * sizeof(float)),
            0);
}

} // namespace
