// A hash that tells damaged files from whole ones. No protection against intent.
#ifndef WEFT_RT_SUPPORT_HASH_H
#define WEFT_RT_SUPPORT_HASH_H

#include <cstdint>
#include <cstring>

namespace weft::rt {

/// Four lanes of words, so that it runs at the speed of memory. Bytes give the same value however
/// they are cut into calls.
class Hash {
public:
  void add(const void *data, uint64_t bytes) {
    auto *next = static_cast<const char *>(data);
    for (total += bytes; bytes > 0;) {
      if (held == 0 && bytes >= sizeof(block)) {
        uint64_t whole = bytes / sizeof(block) * sizeof(block);
        addBlocks(next, whole);
        next += whole;
        bytes -= whole;
        continue;
      }
      uint64_t part = bytes < sizeof(block) - held ? bytes : sizeof(block) - held;
      memcpy(block + held, next, part);
      next += part;
      bytes -= part;
      held = (held + part) % sizeof(block);
      if (held == 0)
        addBlocks(block, sizeof(block));
    }
  }

  uint64_t value() const {
    Hash last = *this;
    memset(last.block + held, 0, sizeof(block) - held);
    last.addBlocks(last.block, sizeof(block));
    uint64_t all = total;
    for (uint64_t lane : last.lanes)
      all = mix(all ^ lane);
    return all;
  }

private:
  static uint64_t mix(uint64_t value) {
    value *= 0x9E3779B97F4A7C15;
    return value ^ value >> 29;
  }

  void addBlocks(const char *data, uint64_t bytes) {
    for (uint64_t at = 0; at < bytes; at += sizeof(block))
      for (int lane = 0; lane < 4; ++lane) {
        uint64_t word;
        memcpy(&word, data + at + static_cast<uint64_t>(lane) * sizeof(word), sizeof(word));
        lanes[lane] = mix(lanes[lane] ^ word) + word;
      }
  }

  uint64_t lanes[4] = {1, 2, 3, 4};
  uint64_t total = 0;
  char block[32] = {};
  uint64_t held = 0; // bytes in the block
};

} // namespace weft::rt

#endif // WEFT_RT_SUPPORT_HASH_H
