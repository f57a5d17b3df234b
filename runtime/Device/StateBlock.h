// The state block of a module, in whatever memory it lies.
#ifndef WEFT_RT_DEVICE_STATEBLOCK_H
#define WEFT_RT_DEVICE_STATEBLOCK_H

#include <algorithm>
#include <cstdint>
#include <limits>

namespace weft::rt {

/// Reads and writes parts of the state in pieces of at most `piece` bytes, so that a part may be larger than what
/// the host has room for.
class StateBlock {
public:
  virtual ~StateBlock() = default;

  /// Calls `use(const char *data, uint64_t at, uint64_t bytes)` for each piece of a part, `at` bytes from its begin.
  template <typename Use> void read(uint64_t offset, uint64_t bytes, Use use) const {
    for (uint64_t at = 0; at < bytes; at += piece) {
      uint64_t size = std::min(piece, bytes - at);
      use(view(offset + at, size), at, size);
    }
  }
  /// Calls `fill(char *data, uint64_t at, uint64_t bytes)`, which writes all of each piece.
  template <typename Fill> void write(uint64_t offset, uint64_t bytes, Fill fill) {
    for (uint64_t at = 0; at < bytes; at += piece) {
      uint64_t size = std::min(piece, bytes - at);
      fill(beginWrite(offset + at, size), at, size);
      endWrite(offset + at, size);
    }
  }

protected:
  explicit StateBlock(uint64_t piece) : piece(piece) {}

  /// The bytes as the last program left them, until the next call.
  virtual const char *view(uint64_t offset, uint64_t bytes) const = 0;
  virtual char *beginWrite(uint64_t offset, uint64_t bytes) = 0;
  virtual void endWrite(uint64_t offset, uint64_t bytes) = 0;

private:
  uint64_t piece; // a multiple of every element's size
};

/// In memory of the host.
class HostStateBlock final : public StateBlock {
public:
  explicit HostStateBlock(char *state)
      : StateBlock(std::numeric_limits<uint64_t>::max()), state(state) {}

private:
  const char *view(uint64_t offset, uint64_t) const override { return state + offset; }
  char *beginWrite(uint64_t offset, uint64_t) override { return state + offset; }
  void endWrite(uint64_t, uint64_t) override {}

  char *state;
};

} // namespace weft::rt

#endif // WEFT_RT_DEVICE_STATEBLOCK_H
