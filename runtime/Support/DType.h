// Sizes, names and values of the ABI's element types.
#ifndef WEFT_RT_SUPPORT_DTYPE_H
#define WEFT_RT_SUPPORT_DTYPE_H

#include "Support/Enums.h"
#include "Support/Error.h"
#include "Support/Half.h"

#include <optional>
#include <string_view>
#include <type_traits>

namespace weft::rt {

/// Of one element.
inline int64_t bitsOf(int32_t dtype) {
  switch (asEnum<WeftDType>(dtype)) {
#define WEFT_DTYPE(name, number, text, stored, bits)                                               \
  case name:                                                                                       \
    return bits;
#include "weft-rt/ABI.def"
  }
  __builtin_unreachable();
}

/// The whole bytes that elements take up, one behind the other.
inline int64_t byteSize(int32_t dtype, int64_t count) { return (bitsOf(dtype) * count + 7) / 8; }

/// How many elements whole bytes hold.
inline uint64_t elementsIn(int32_t dtype, uint64_t bytes) {
  return bytes * 8 / static_cast<uint64_t>(bitsOf(dtype));
}

/// As safetensors spells it.
inline const char *dtypeName(int32_t dtype) {
  switch (asEnum<WeftDType>(dtype)) {
#define WEFT_DTYPE(name, number, text, stored, bits)                                               \
  case name:                                                                                       \
    return stored;
#include "weft-rt/ABI.def"
  }
  __builtin_unreachable();
}

/// The type that safetensors spells so; nothing if the ABI does not have it.
inline std::optional<WeftDType> findDType(std::string_view name) {
#define WEFT_DTYPE(dtype, number, text, stored, bits)                                              \
  if (name == stored)                                                                              \
    return dtype;
#include "weft-rt/ABI.def"
  return std::nullopt;
}

/// Calls `action` with a null pointer to the type of C++ that has the values of a dtype.
template <typename Action> auto withType(int32_t dtype, Action action) {
  switch (asEnum<WeftDType>(dtype)) {
  case WEFT_F32:
    return action(static_cast<float *>(nullptr));
  case WEFT_F64:
    return action(static_cast<double *>(nullptr));
  case WEFT_I32:
    return action(static_cast<int32_t *>(nullptr));
  case WEFT_I64:
    return action(static_cast<int64_t *>(nullptr));
  case WEFT_BF16:
    return action(static_cast<BFloat *>(nullptr));
  case WEFT_F16:
    return action(static_cast<Half *>(nullptr));
  }
  __builtin_unreachable();
}

/// `withType` of an input's dtype, where C++ has numbers of it: others the host does not write.
template <typename Action> auto withInputType(const WeftInput &input, Action action) {
  using Result = decltype(action(static_cast<float *>(nullptr)));
  return withType(input.dtype, [&]<typename T>(T *type) -> Result {
    if constexpr (std::is_arithmetic_v<T>)
      return action(type);
    else
      fail("input '%s' is of %s: expected f32, f64, i32 or i64 of what the host fills", input.name,
           textOf<WeftDType>(input.dtype));
  });
}

/// Whether its values are real numbers, of the format's precision.
inline bool isReal(int32_t dtype) {
  return withType(dtype, []<typename T>(T *) { return !std::is_integral_v<T>; });
}

inline int64_t elementCount(const int64_t *dims, int64_t rank) {
  int64_t count = 1;
  for (int64_t i = 0; i < rank; ++i)
    count *= dims[i];
  return count;
}

/// Reads one element as a double.
inline double loadReal(const char *data, int32_t dtype, int64_t index) {
  return withType(dtype, [&]<typename T>(T *) {
    return static_cast<double>(reinterpret_cast<const T *>(data)[index]);
  });
}

} // namespace weft::rt

#endif // WEFT_RT_SUPPORT_DTYPE_H
