// Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011): random
// bits as a function of a counter and a key, so that any element can be drawn by any thread.
#ifndef WEFT_RT_DEVICE_CPU_PHILOX_H
#define WEFT_RT_DEVICE_CPU_PHILOX_H

#include <array>
#include <cstdint>

namespace weft::rt {

using PhiloxBlock = std::array<uint32_t, 4>;

inline PhiloxBlock philox(PhiloxBlock counter, uint32_t key0, uint32_t key1) {
  for (int round = 0; round < 10; ++round) {
    uint64_t product0 = uint64_t(0xD2511F53) * counter[0];
    uint64_t product1 = uint64_t(0xCD9E8D57) * counter[2];
    counter = {
        static_cast<uint32_t>(product1 >> 32) ^ counter[1] ^ key0, static_cast<uint32_t>(product1),
        static_cast<uint32_t>(product0 >> 32) ^ counter[3] ^ key1, static_cast<uint32_t>(product0)};
    key0 += 0x9E3779B9;
    key1 += 0xBB67AE85;
  }
  return counter;
}

/// Two 64-bit draws for (seed, stream, index).
inline std::array<uint64_t, 2> draw(uint64_t seed, uint64_t stream, uint64_t index) {
  PhiloxBlock block = philox({static_cast<uint32_t>(index), static_cast<uint32_t>(index >> 32),
                              static_cast<uint32_t>(stream), static_cast<uint32_t>(stream >> 32)},
                             static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32));
  return {uint64_t(block[1]) << 32 | block[0], uint64_t(block[3]) << 32 | block[2]};
}

/// The upper 53 bits as a double in [0, 1).
inline double toUnit(uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1p-53; }

} // namespace weft::rt

#endif // WEFT_RT_DEVICE_CPU_PHILOX_H
