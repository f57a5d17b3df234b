// The two 16-bit floating-point formats, by their bits. Both widen exactly; both narrow to the nearest,
// ties to even, as IEEE 754 has it.
#ifndef WEFT_RT_SUPPORT_HALF_H
#define WEFT_RT_SUPPORT_HALF_H

#include <bit>
#include <cmath>
#include <cstdint>

namespace weft::rt {

/// A double as a float whose last bit says that something was cut off. Rounded once more, to a
/// shorter format, it gives what the double itself would give.
inline float roundToOdd(double value) {
  float near = static_cast<float>(value);
  if (static_cast<double>(near) == value || !std::isfinite(near) ||
      (std::bit_cast<uint32_t>(near) & 1))
    return near;
  return std::nextafterf(near, value > static_cast<double>(near) ? INFINITY : -INFINITY);
}

struct BFloat {
  uint16_t bits;

  static BFloat from(double value) {
    uint32_t bits = std::bit_cast<uint32_t>(roundToOdd(value));
    if (std::isnan(value))
      return {static_cast<uint16_t>(bits >> 16 | 0x40)};
    return {static_cast<uint16_t>((bits + 0x7FFF + (bits >> 16 & 1)) >> 16)};
  }
  explicit operator double() const { return std::bit_cast<float>(uint32_t(bits) << 16); }
};

struct Half {
  uint16_t bits;

  static Half from(double value) {
    uint32_t all = std::bit_cast<uint32_t>(roundToOdd(value)), sign = all >> 16 & 0x8000;
    uint32_t magnitude = all & 0x7FFFFFFF;
    if (magnitude > 0x7F800000) // not a number
      return {static_cast<uint16_t>(sign | 0x7E00)};
    if (magnitude >= 0x47800000) // 2^16 and above
      return {static_cast<uint16_t>(sign | 0x7C00)};
    if (magnitude < 0x38800000) { // below 2^-14 the step is 2^-24
      float steps = std::bit_cast<float>(magnitude) * 0x1p24f;
      return {static_cast<uint16_t>(sign | static_cast<uint32_t>(std::nearbyintf(steps)))};
    }
    uint32_t rounded = magnitude + 0xFFF + (magnitude >> 13 & 1);
    return {static_cast<uint16_t>(sign | ((rounded >> 13) - (112 << 10)))};
  }
  explicit operator double() const {
    uint32_t exponent = bits >> 10 & 31, fraction = bits & 0x3FF;
    double magnitude = exponent == 31  ? (fraction ? NAN : INFINITY)
                       : exponent == 0 ? fraction * 0x1p-24
                                       : std::ldexp(1024.0 + fraction, static_cast<int>(exponent) - 25);
    return bits >> 15 ? -magnitude : magnitude;
  }
};

} // namespace weft::rt

#endif // WEFT_RT_SUPPORT_HALF_H
