// Places blocks one after the other, each in a gap between those already placed that are alive at
// the same time. What decides the result is the order: several are tried, then the best is
// improved.
#include "weft/Memory/ArenaPlacement.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <random>
#include <tuple>

using namespace llvm;

namespace weft {

namespace {

using Order = std::vector<uint32_t>;

// The comparisons that the search may take: less than a second. A count, not a clock, so that the
// same lifetimes are placed the same way on every machine.
constexpr int64_t kSearchBudget = 300'000'000;

// No further order is tried within 1% of the lower bound, and none is improved within 3%.
constexpr double kGoodEnough = 1.01, kNotWorthImproving = 1.03;

enum class Fit { Lowest, Tightest };

struct Placed {
  int64_t begin, end;  // bytes
  int64_t first, last; // times
};

// Places all blocks in one order.
class Placer {
public:
  explicit Placer(ArrayRef<Lifetime> lifetimes) : lifetimes(lifetimes) {}

  // The size of the arena, or nothing where it would not be below `limit`.
  std::optional<int64_t> place(const Order &order, Fit fit, int64_t limit) {
    placed.clear();
    offsets.assign(lifetimes.size(), 0);
    int64_t size = 0;
    for (uint32_t index : order) {
      int64_t end = placeOne(index, fit);
      if (end >= limit)
        return std::nullopt;
      size = std::max(size, end);
    }
    return size;
  }

  const std::vector<int64_t> &getOffsets() const { return offsets; }
  int64_t getComparisons() const { return comparisons; }

private:
  // Chooses the gap for one block among those alive with it; returns where the block ends.
  int64_t placeOne(uint32_t index, Fit fit) {
    const Lifetime &block = lifetimes[index];
    int64_t need = alignTo(block.size, kAlignment);
    int64_t cursor = 0, best = -1, bestGap = std::numeric_limits<int64_t>::max();
    for (const Placed &other : placed) {
      if (other.last < block.first || other.first > block.last)
        continue;
      int64_t gap = other.begin - cursor;
      if (gap >= need && gap < bestGap) {
        best = cursor;
        bestGap = gap;
        if (fit == Fit::Lowest)
          break;
      }
      cursor = std::max(cursor, other.end);
    }
    comparisons += placed.size();
    int64_t begin = best >= 0 ? best : cursor;
    Placed entry{begin, begin + need, block.first, block.last};
    placed.insert(
        llvm::upper_bound(placed, entry, [](auto &a, auto &b) { return a.begin < b.begin; }),
        entry);
    offsets[index] = begin;
    return entry.end;
  }

  ArrayRef<Lifetime> lifetimes;
  std::vector<Placed> placed; // by begin
  std::vector<int64_t> offsets;
  int64_t comparisons = 0;
};

// An order of placement from a skyline: the lowest stretch of time is filled first, with the block
// that lives longest among those that lie within it; where there is none it rises to its lower
// neighbour. Good where lifetimes nest, as those of forward values and their gradients do.
class Skyline {
public:
  Skyline(ArrayRef<Lifetime> lifetimes, const Order &blocks) : lifetimes(lifetimes), left(blocks) {
    int64_t end = 0;
    for (uint32_t i : blocks)
      end = std::max(end, lifetimes[i].last + 1);
    segments.push_back({0, end, 0});
    llvm::sort(left, [&](uint32_t a, uint32_t b) { return getKey(b, a) < getKey(a, b); });
  }

  Order run() {
    Order order;
    while (!left.empty()) {
      auto lowest =
          llvm::min_element(segments, [](auto &a, auto &b) { return a.height < b.height; });
      auto block = llvm::find_if(left, [&](uint32_t i) {
        return lifetimes[i].first >= lowest->first && lifetimes[i].last < lowest->end;
      });
      if (block == left.end()) {
        raise(lowest - segments.begin());
        continue;
      }
      split(lowest - segments.begin(), lifetimes[*block]);
      order.push_back(*block);
      left.erase(block);
    }
    return order;
  }

private:
  struct Segment {
    int64_t first, end; // times
    int64_t height;     // bytes
  };

  std::tuple<int64_t, int64_t, uint32_t> getKey(uint32_t i, uint32_t tie) const {
    return {lifetimes[i].last - lifetimes[i].first, lifetimes[i].size, tie};
  }

  void split(size_t at, const Lifetime &block) {
    Segment old = segments[at];
    int64_t height = old.height + int64_t(alignTo(block.size, kAlignment));
    SmallVector<Segment, 3> parts;
    if (old.first < block.first)
      parts.push_back({old.first, block.first, old.height});
    parts.push_back({block.first, block.last + 1, height});
    if (block.last + 1 < old.end)
      parts.push_back({block.last + 1, old.end, old.height});
    segments[at] = parts.front();
    segments.insert(segments.begin() + at + 1, parts.begin() + 1, parts.end());
  }

  // Some block is left, so a segment that none fits into has a neighbour.
  void raise(size_t at) {
    int64_t height = std::numeric_limits<int64_t>::max();
    if (at > 0)
      height = segments[at - 1].height;
    if (at + 1 < segments.size())
      height = std::min(height, segments[at + 1].height);
    segments[at].height = height;
    if (at + 1 < segments.size() && segments[at + 1].height == height) {
      segments[at].end = segments[at + 1].end;
      segments.erase(segments.begin() + at + 1);
    }
    if (at > 0 && segments[at - 1].height == height) {
      segments[at - 1].end = segments[at].end;
      segments.erase(segments.begin() + at);
    }
  }

  ArrayRef<Lifetime> lifetimes;
  Order left;
  std::vector<Segment> segments; // by time
};

// Live bytes at each time, places rounded up: the bound for one time, and how crowded it is there.
std::vector<int64_t> getPressure(ArrayRef<Lifetime> lifetimes, int64_t alignment) {
  int64_t times = 0;
  for (const Lifetime &l : lifetimes)
    times = std::max(times, l.last + 1);
  std::vector<int64_t> pressure(times + 1);
  for (const Lifetime &l : lifetimes)
    if (!l.isEmpty()) {
      int64_t size = alignTo(l.size, alignment);
      pressure[l.first] += size;
      pressure[l.last + 1] -= size;
    }
  std::partial_sum(pressure.begin(), pressure.end(), pressure.begin());
  return pressure;
}

// Tries orders, remembers the best.
class Search {
public:
  explicit Search(ArrayRef<Lifetime> lifetimes) : lifetimes(lifetimes), placer(lifetimes) {
    for (uint32_t i = 0; i < lifetimes.size(); ++i)
      if (!lifetimes[i].isEmpty())
        blocks.push_back(i);
    std::vector<int64_t> pressure = getPressure(lifetimes, kAlignment);
    bound = *llvm::max_element(pressure);
    result.size = std::numeric_limits<int64_t>::max();
    result.offsets.assign(lifetimes.size(), 0);
    crowding.resize(lifetimes.size());
    for (uint32_t i : blocks)
      crowding[i] = *std::max_element(pressure.begin() + lifetimes[i].first,
                                      pressure.begin() + lifetimes[i].last + 1);
  }

  ArenaPlacement run() {
    if (blocks.empty())
      return {std::vector<int64_t>(lifetimes.size()), 0};
    tryOrders();
    improve();
    return result;
  }

private:
  bool isDone(double enough) const {
    return result.size <= bound * enough || placer.getComparisons() > kSearchBudget;
  }

  void attempt(const Order &order, Fit fit) {
    std::optional<int64_t> size = placer.place(order, fit, result.size);
    if (!size)
      return;
    result = {placer.getOffsets(), *size};
    bestOrder = order;
    bestFit = fit;
  }

  // Largest key first; equal keys in the order of the text.
  template <typename KeyFn> void tryKey(KeyFn key) {
    Order order = blocks;
    llvm::sort(order,
               [&](uint32_t a, uint32_t b) { return std::pair(key(b), a) < std::pair(key(a), b); });
    for (Fit fit : {Fit::Tightest, Fit::Lowest})
      if (!isDone(kGoodEnough))
        attempt(order, fit);
  }

  void tryOrders() {
    auto size = [&](uint32_t i) { return lifetimes[i].size; };
    auto length = [&](uint32_t i) { return lifetimes[i].last - lifetimes[i].first + 1; };
    tryKey(size);
    tryKey([&](uint32_t i) { return std::pair(crowding[i], size(i)); });
    if (!isDone(kGoodEnough))
      attempt(Skyline(lifetimes, blocks).run(), Fit::Lowest);
    tryKey([&](uint32_t i) { return double(size(i)) * double(length(i)); });
    tryKey([&](uint32_t i) { return std::pair(length(i), size(i)); });
    tryKey([&](uint32_t i) { return std::pair(-lifetimes[i].first, size(i)); });
    tryKey([&](uint32_t i) { return std::pair(lifetimes[i].last, size(i)); });
  }

  // Moves a block that reaches the top of the arena to an earlier turn, where it finds lower gaps.
  // Arenas that are a little larger than the best are walked through, or the search would stay in
  // the first dead end. The generator is seeded with a constant.
  void improve() {
    std::minstd_rand random(1);
    Order current = bestOrder;
    std::vector<uint32_t> top = getTop(current, result.offsets, result.size);
    while (!isDone(kNotWorthImproving)) {
      Order order = current;
      uint32_t turn = top[random() % top.size()];
      std::rotate(order.begin() + random() % (turn + 1), order.begin() + turn,
                  order.begin() + turn + 1);
      std::optional<int64_t> size = placer.place(order, bestFit, result.size + result.size / 64);
      if (!size)
        continue;
      if (*size < result.size)
        result = {placer.getOffsets(), *size};
      current = std::move(order);
      top = getTop(current, placer.getOffsets(), *size);
    }
  }

  // The turns of the blocks that end where the arena ends.
  std::vector<uint32_t> getTop(const Order &order, const std::vector<int64_t> &offsets,
                               int64_t size) const {
    std::vector<uint32_t> top;
    for (uint32_t turn = 0; turn < order.size(); ++turn)
      if (offsets[order[turn]] + int64_t(alignTo(lifetimes[order[turn]].size, kAlignment)) == size)
        top.push_back(turn);
    return top;
  }

  ArrayRef<Lifetime> lifetimes;
  Placer placer;
  Order blocks; // all that are ever alive
  std::vector<int64_t> crowding;
  int64_t bound = 0;
  ArenaPlacement result;
  Order bestOrder;
  Fit bestFit = Fit::Tightest;
};

} // namespace

int64_t getMostLive(ArrayRef<Lifetime> lifetimes) {
  std::vector<int64_t> live = getPressure(lifetimes, 1);
  return *llvm::max_element(live);
}

ArenaPlacement placeInArena(ArrayRef<Lifetime> lifetimes) { return Search(lifetimes).run(); }

} // namespace weft
