// Elements of one floating-point dtype as another.
#ifndef WEFT_RT_CHECKPOINT_CONVERTTENSOR_H
#define WEFT_RT_CHECKPOINT_CONVERTTENSOR_H

#include <cstdint>
#include <string>

namespace weft::rt {

/// Whether it is F32, F64, F16 or BF16.
bool isReal(const std::string &dtype);

/// Converts `count` elements between any two of the four; `from` may be unaligned. Exact where the
/// new dtype has the value, to the nearest otherwise.
void convertReals(const char *from, const std::string &fromDType, char *to,
                  const std::string &toDType, uint64_t count);

/// The value of an element, which may be unaligned.
double realAt(const char *data, const std::string &dtype, uint64_t index);

/// The first of `count` elements that is infinite or no number; `count` if all are finite.
uint64_t findNotFinite(const char *data, const std::string &dtype, uint64_t count);

} // namespace weft::rt

#endif // WEFT_RT_CHECKPOINT_CONVERTTENSOR_H
