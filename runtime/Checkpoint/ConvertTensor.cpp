#include "Checkpoint/ConvertTensor.h"

#include "Support/Half.h"

#include <cmath>
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
template <typename From> double load(const char *from, uint64_t index) {
  From value;
  memcpy(&value, from + index * sizeof(From), sizeof(From));
  return static_cast<double>(value);
}

template <typename From, typename To> void convert(const char *from, char *to, uint64_t count) {
  for (uint64_t i = 0; i < count; ++i) {
    double value = load<From>(from, i);
    To result;
    if constexpr (std::is_arithmetic_v<To>)
      result = static_cast<To>(value);
    else
      result = To::from(value);
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

double weft::rt::realAt(const char *data, const std::string &dtype, uint64_t index) {
  double value = 0;
  withType(dtype, [&]<typename Type>(Type *) { value = load<Type>(data, index); });
  return value;
}

uint64_t weft::rt::findNotFinite(const char *data, const std::string &dtype, uint64_t count) {
  uint64_t i = 0;
  withType(dtype, [&]<typename Type>(Type *) {
    while (i < count && std::isfinite(load<Type>(data, i)))
      ++i;
  });
  return i;
}
