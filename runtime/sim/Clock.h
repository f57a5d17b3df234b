// What one thread has seen of the others: how often each had let others see what it did.
#ifndef WEFT_SIM_CLOCK_H
#define WEFT_SIM_CLOCK_H

#include <algorithm>
#include <cstdint>
#include <vector>

namespace weft::sim {

/// Of a thread, or of a mark at which threads leave what they have seen.
class Clock {
public:
  bool has(uint32_t thread, uint32_t time) const { return thread < seen.size() && seen[thread] >= time; }
  void see(uint32_t thread, uint32_t time) {
    seen.resize(std::max<size_t>(seen.size(), thread + 1));
    seen[thread] = std::max(seen[thread], time);
  }
  void join(const Clock &other) {
    seen.resize(std::max(seen.size(), other.seen.size()));
    for (size_t i = 0; i < other.seen.size(); ++i)
      seen[i] = std::max(seen[i], other.seen[i]);
  }
  void clear() { seen.clear(); }

private:
  std::vector<uint32_t> seen; // 0: nothing
};

} // namespace weft::sim

#endif // WEFT_SIM_CLOCK_H
