// Which blocks of queries and keys see each other, by their positions.
#ifndef WEFT_LIB_CONVERSION_WEFTTOTILE_ATTENTIONRANGES_H
#define WEFT_LIB_CONVERSION_WEFTTOTILE_ATTENTIONRANGES_H

#include <cstdint>
#include <optional>

namespace weft {

/// The positions of an attention. Query i stands where key i + shift does, and sees the keys above i + shift - window
/// and below i + shift + ahead.
struct AttentionPositions {
  int64_t queries, keys;
  int64_t queryBlock, keyBlock; // powers of two
  std::optional<int64_t> window, ahead;

  int64_t shift() const { return keys - queries; }
  bool queriesFit() const { return queries % queryBlock == 0; }
  bool keysFit() const { return keys % keyBlock == 0; }
};

/// Ranges of blocks, in numbers of any kind: those that a kernel computes while it runs, or plain ones. `MathT` has its
/// `Number`, and `constant`, `add`, `min`, `max`, `floorTo` (the multiple of a step at or below, 0 for what is negative)
/// and `ifAbove` (a > b ? x : y).
template <typename MathT> class AttentionRanges {
public:
  using Number = typename MathT::Number;

  /// The blocks that are looked at: in [begin, wholeBegin) and [wholeEnd, end) some positions see each other, in
  /// [wholeBegin, wholeEnd) all do, and exist. Multiples of the block, but for `end`.
  struct Range {
    Number begin, wholeBegin, wholeEnd, end;
  };

  AttentionRanges(MathT math, const AttentionPositions &p) : math(math), p(p) {}

  /// The keys that the block of queries from `query` on sees.
  Range keysOf(Number query) {
    Number zero = math.constant(0), all = math.constant(p.keys);
    Number first = math.add(query, p.shift()), last = math.add(first, p.queryBlock - 1);
    Number begin = p.window ? math.add(first, 1 - *p.window) : zero,
           wholeBegin = p.window ? math.add(last, 1 - *p.window) : zero;
    Number wholeEnd = p.ahead ? math.add(first, *p.ahead) : all, end = p.ahead ? math.add(last, *p.ahead) : all;
    return bounded({begin, wholeBegin, wholeEnd, end}, p.keyBlock, p.keys);
  }
  /// Where nothing can be in part, no loop is needed.
  bool keysBeginInPart() const { return p.window.has_value(); }
  bool keysEndInPart() const { return p.ahead || !p.keysFit(); }

  /// The queries that see the block of keys from `key` on: key j is seen from above j - shift - ahead and from below
  /// j - shift + window.
  Range queriesOf(Number key) {
    Number zero = math.constant(0), all = math.constant(p.queries);
    Number first = math.add(key, -p.shift()), last = math.add(first, p.keyBlock - 1);
    Number begin = p.ahead ? math.add(first, 1 - *p.ahead) : zero,
           wholeBegin = p.ahead ? math.add(last, 1 - *p.ahead) : zero;
    Number wholeEnd = p.window ? math.add(first, *p.window) : all, end = p.window ? math.add(last, *p.window) : all;
    if (!p.keysFit()) // the last block has keys that nobody sees
      wholeEnd = math.ifAbove(math.add(key, p.keyBlock), math.constant(p.keys), zero, wholeEnd);
    return bounded({begin, wholeBegin, wholeEnd, end}, p.queryBlock, p.queries);
  }
  bool queriesBeginInPart() const { return p.ahead.has_value(); }
  bool queriesEndInPart() const { return p.window || !p.keysFit() || !p.queriesFit(); }

private:
  Range bounded(Range r, int64_t step, int64_t size) {
    auto ceilTo = [&](Number x) { return math.floorTo(math.add(math.max(x, math.constant(0)), step - 1), step); };
    r.end = math.min(math.max(r.end, math.constant(0)), math.constant(size));
    r.begin = math.floorTo(r.begin, step);
    // What lies wholly inside ends before a block that sticks out.
    r.wholeEnd = math.floorTo(math.min(r.wholeEnd, r.end), step);
    r.wholeBegin = math.min(math.max(r.begin, ceilTo(r.wholeBegin)), ceilTo(r.end));
    r.wholeEnd = math.max(r.wholeEnd, r.wholeBegin);
    return r;
  }

  MathT math;
  const AttentionPositions p;
};

} // namespace weft

#endif // WEFT_LIB_CONVERSION_WEFTTOTILE_ATTENTIONRANGES_H
