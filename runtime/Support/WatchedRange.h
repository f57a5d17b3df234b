// Mapped files whose pages go away.
#ifndef WEFT_RT_SUPPORT_WATCHEDRANGE_H
#define WEFT_RT_SUPPORT_WATCHEDRANGE_H

#include <cstdint>

namespace weft::rt {

/// Memory that a file is mapped to. A page of the file may be gone when it is read: the file was
/// cut, or its disk fails. That would end the process with SIGBUS; while this object lives, the
/// reader sees zeros from there on, and `isBroken` says so. Any thread may read; nothing is
/// allocated then.
class WatchedRange {
public:
  WatchedRange() = default;
  WatchedRange(const char *begin, uint64_t bytes);
  WatchedRange(WatchedRange &&other) noexcept;
  WatchedRange &operator=(WatchedRange &&other) noexcept;
  ~WatchedRange();

  /// Whether a read has met a page that is gone. What was read since the last call may be zeros
  /// then.
  bool isBroken() const;

private:
  struct Slot;

  Slot *slot = nullptr;
};

} // namespace weft::rt

#endif // WEFT_RT_SUPPORT_WATCHEDRANGE_H
