// The blocks that kernels of attention look at, against the definition of who sees whom, for all small sizes.
#include "../../../lib/Conversion/WeftToTile/AttentionRanges.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>

using namespace weft;

namespace {

struct PlainMath {
  using Number = int64_t;
  int64_t constant(int64_t value) { return value; }
  int64_t add(int64_t x, int64_t y) { return x + y; }
  int64_t min(int64_t x, int64_t y) { return std::min(x, y); }
  int64_t max(int64_t x, int64_t y) { return std::max(x, y); }
  int64_t floorTo(int64_t x, int64_t step) { return std::max<int64_t>(x, 0) / step * step; }
  int64_t ifAbove(int64_t a, int64_t b, int64_t x, int64_t y) { return a > b ? x : y; }
};
using Ranges = AttentionRanges<PlainMath>;

std::string describe(const AttentionPositions &p, int64_t from) {
  return std::to_string(p.queries) + " queries of " + std::to_string(p.keys) + " keys in blocks of " +
         std::to_string(p.queryBlock) + " and " + std::to_string(p.keyBlock) + ", window " +
         std::to_string(p.window.value_or(0)) + ", ahead " + std::to_string(p.ahead.value_or(0)) + ", block from " +
         std::to_string(from);
}

/// By the definition; positions that do not exist see, and are seen, as if the lists went on.
bool sees(const AttentionPositions &p, int64_t query, int64_t key) {
  int64_t own = query + p.shift();
  return (!p.window || key > own - *p.window) && (!p.ahead || key < own + *p.ahead);
}

enum Block { Skipped, Partial, Whole };

/// What the loops of a kernel do with the block from `at` on, of those that they count off from the ends of a range.
Block visited(const Ranges::Range &range, bool beginsInPart, bool endsInPart, int64_t at, int64_t step) {
  auto isIn = [&](int64_t from, int64_t to) { return at >= from && at < to && (at - from) % step == 0; };
  int count = (beginsInPart && isIn(range.begin, range.wholeBegin)) + isIn(range.wholeBegin, range.wholeEnd) +
              (endsInPart && isIn(range.wholeEnd, range.end));
  EXPECT_LE(count, 1) << "a block is looked at twice";
  return isIn(range.wholeBegin, range.wholeEnd) ? Whole : count ? Partial : Skipped;
}

/// `any`: some that exist see each other; `all`: every one does, and exists where it must. A block may be looked at in
/// vain only if it exists, where positions that do not exist would see each other.
void expectBlock(Block found, bool any, bool all, bool mayBeLookedAt, const std::string &what) {
  if (any)
    EXPECT_NE(found, Skipped) << what;
  if (!all)
    EXPECT_NE(found, Whole) << what;
  if (all)
    EXPECT_EQ(found, Whole) << what;
  if (!any && !mayBeLookedAt)
    EXPECT_EQ(found, Skipped) << what;
}

void checkKeys(const AttentionPositions &p) {
  Ranges ranges(PlainMath(), p);
  for (int64_t query = 0; query < p.queries; query += p.queryBlock) {
    Ranges::Range range = ranges.keysOf(query);
    for (int64_t key = 0; key < p.keys + 2 * p.keyBlock; key += p.keyBlock) {
      bool any = false, all = true, reaches = false;
      for (int64_t i = query; i < query + p.queryBlock; ++i)
        for (int64_t j = key; j < key + p.keyBlock; ++j) {
          bool seen = sees(p, i, j) && j < p.keys;
          any |= seen && i < p.queries;
          reaches |= sees(p, i, j);
          all &= seen; // queries that do not exist are not stored
        }
      expectBlock(visited(range, ranges.keysBeginInPart(), ranges.keysEndInPart(), key, p.keyBlock), any, all, reaches && key < p.keys,
                  "keys from " + std::to_string(key) + ": " + describe(p, query));
    }
  }
}

void checkQueries(const AttentionPositions &p) {
  Ranges ranges(PlainMath(), p);
  for (int64_t key = 0; key < p.keys; key += p.keyBlock) {
    Ranges::Range range = ranges.queriesOf(key);
    for (int64_t query = 0; query < p.queries + 2 * p.queryBlock; query += p.queryBlock) {
      bool any = false, all = true, reaches = false;
      for (int64_t j = key; j < key + p.keyBlock; ++j)
        for (int64_t i = query; i < query + p.queryBlock; ++i) {
          bool seen = sees(p, i, j) && i < p.queries;
          any |= seen && j < p.keys;
          reaches |= sees(p, i, j);
          all &= seen && j < p.keys;
        }
      expectBlock(visited(range, ranges.queriesBeginInPart(), ranges.queriesEndInPart(), query, p.queryBlock), any, all,
                  reaches && query < p.queries, "queries from " + std::to_string(query) + ": " + describe(p, key));
    }
  }
}

/// Bounds as the op has them: none, or any with which some query sees some key.
void forAllMasks(AttentionPositions p, void (*check)(const AttentionPositions &)) {
  for (int64_t window = 2 - p.queries; window <= p.keys; ++window)
    for (int64_t ahead = 2 - p.keys; ahead <= p.queries; ++ahead) {
      p.window = window < p.keys ? std::optional(window) : std::nullopt;
      p.ahead = ahead < p.queries ? std::optional(ahead) : std::nullopt;
      if (!p.window || !p.ahead || window + ahead >= 2)
        check(p);
    }
}

void forAllSizes(void (*check)(const AttentionPositions &)) {
  for (int64_t queries = 1; queries <= 9; ++queries)
    for (int64_t keys = 1; keys <= 9; ++keys)
      for (int64_t queryBlock : {1, 2, 4})
        for (int64_t keyBlock : {1, 2, 4})
          forAllMasks({queries, keys, queryBlock, keyBlock, {}, {}}, check);
}

TEST(AttentionRanges, KeysOfQueriesAreThoseTheySee) { forAllSizes(checkKeys); }
TEST(AttentionRanges, QueriesOfKeysAreThoseThatSeeThem) { forAllSizes(checkQueries); }

} // namespace
