// Sizes and names of the ABI's element types.
#ifndef WEFT_RT_SUPPORT_DTYPE_H
#define WEFT_RT_SUPPORT_DTYPE_H

#include "Support/Half.h"
#include "weft-rt/ABI.h"

namespace weft::rt {

inline int64_t byteSize(int32_t dtype) {
  switch (dtype) {
  case WEFT_BF16:
  case WEFT_F16:
    return 2;
  case WEFT_F32:
  case WEFT_I32:
    return 4;
  default:
    return 8;
  }
}

/// As safetensors spells it.
inline const char *dtypeName(int32_t dtype) {
  switch (dtype) {
  case WEFT_F32:
    return "F32";
  case WEFT_F64:
    return "F64";
  case WEFT_I32:
    return "I32";
  case WEFT_BF16:
    return "BF16";
  case WEFT_F16:
    return "F16";
  default:
    return "I64";
  }
}

inline int64_t elementCount(const int64_t *dims, int64_t rank) {
  int64_t count = 1;
  for (int64_t i = 0; i < rank; ++i)
    count *= dims[i];
  return count;
}

/// Reads one floating-point element as a double.
inline double loadReal(const char *data, int32_t dtype, int64_t index) {
  switch (dtype) {
  case WEFT_F32:
    return reinterpret_cast<const float *>(data)[index];
  case WEFT_BF16:
    return static_cast<double>(reinterpret_cast<const BFloat *>(data)[index]);
  case WEFT_F16:
    return static_cast<double>(reinterpret_cast<const Half *>(data)[index]);
  default:
    return reinterpret_cast<const double *>(data)[index];
  }
}

} // namespace weft::rt

#endif // WEFT_RT_SUPPORT_DTYPE_H
