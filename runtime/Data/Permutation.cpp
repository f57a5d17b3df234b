#include "Data/Permutation.h"

#include "Device/CPU/Philox.h"

#include <bit>

using namespace weft::rt;

namespace {

/// Keeps the draws of the data order apart from those of parameters, whose streams are small keys.
constexpr uint64_t orderStream = uint64_t(1) << 63;

/// The finaliser of MurmurHash3: every input bit moves every output bit.
uint32_t mix(uint32_t value) {
  value = (value ^ value >> 16) * 0x85EBCA6B;
  value = (value ^ value >> 13) * 0xC2B2AE35;
  return value ^ value >> 16;
}

} // namespace

Permutation::Permutation(uint64_t size, uint64_t seed, uint64_t epoch)
    : size(size), halfBits((static_cast<int>(std::bit_width(size > 1 ? size - 1 : 1)) + 1) / 2) {
  for (uint64_t block = 0; block < 2; ++block) {
    auto bits = draw(seed, orderStream + block, epoch);
    for (uint64_t i = 0; i < 4; ++i)
      keys[4 * block + i] = static_cast<uint32_t>(bits[i / 2] >> (i % 2 * 32));
  }
}

uint64_t Permutation::encrypt(uint64_t value) const {
  uint64_t mask = (uint64_t(1) << halfBits) - 1;
  uint64_t left = value >> halfBits, right = value & mask;
  for (uint32_t key : keys) {
    uint64_t next = left ^ (mix(static_cast<uint32_t>(right) ^ key) & mask);
    left = right;
    right = next;
  }
  return left << halfBits | right;
}

uint64_t Permutation::operator()(uint64_t index) const {
  // At most four times the range is walked, so two or three turns are the rule.
  do
    index = encrypt(index);
  while (index >= size);
  return index;
}
