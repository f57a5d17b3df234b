#include "Checkpoint/ConvertTensor.h"

#include "Support/Half.h"

#include <cstring>
#include <type_traits>

using namespace weft::rt;

namespace {

/// Calls `action` with a null pointer to the type of a dtype; false if it is none of the four.
template <typename Action> bool withType(const std::string &dtype, Action action) {
  if (dtype == "F32")
    action(static_cast<float *>(nullptr));
  else if (dtype == "F64")
    action(static_cast<double *>(nullptr));
  else if (dtype == "F16")
    action(static_cast<Half *>(nullptr));
  else if (dtype == "BF16")
    action(static_cast<BFloat *>(nullptr));
  else
    return false;
  return true;
}

/// A double holds all values of the four.
template <typename From, typename To> void convert(const char *from, char *to, uint64_t count) {
  for (uint64_t i = 0; i < count; ++i) {
    From value;
    memcpy(&value, from + i * sizeof(From), sizeof(From));
    To result;
    if constexpr (std::is_arithmetic_v<To>)
      result = static_cast<To>(static_cast<double>(value));
    else
      result = To::from(static_cast<double>(value));
    memcpy(to + i * sizeof(To), &result, sizeof(To));
  }
}

} // namespace

bool weft::rt::isReal(const std::string &dtype) {
  return withType(dtype, [](auto *) {});
}

void weft::rt::convertReals(const char *from, const std::string &fromDType, char *to,
                            const std::string &toDType, uint64_t count) {
  withType(fromDType, [&]<typename From>(From *) {
    withType(toDType, [&]<typename To>(To *) {
      if constexpr (std::is_same_v<From, To>)
        memcpy(to, from, count * sizeof(From));
      else
        convert<From, To>(from, to, count);
    });
  });
}
