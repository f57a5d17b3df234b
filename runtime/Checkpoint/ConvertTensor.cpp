#include "Checkpoint/ConvertTensor.h"

#include "Support/DType.h"

#include <cmath>
#include <cstring>
#include <type_traits>

using namespace weft::rt;

namespace {

/// Calls `action` with a null pointer to the type of a dtype; false if it is none of the four.
template <typename Action> bool withReal(const std::string &name, Action action) {
  std::optional<WeftDType> dtype = findDType(name);
  return dtype && withType(*dtype, [&]<typename Type>(Type *type) {
    if constexpr (!std::is_integral_v<Type>)
      action(type);
    return !std::is_integral_v<Type>;
  });
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
  return withReal(dtype, [](auto *) {});
}

void weft::rt::convertReals(const char *from, const std::string &fromDType, char *to,
                            const std::string &toDType, uint64_t count) {
  withReal(fromDType, [&]<typename From>(From *) {
    withReal(toDType, [&]<typename To>(To *) {
      if constexpr (std::is_same_v<From, To>)
        memcpy(to, from, count * sizeof(From));
      else
        convert<From, To>(from, to, count);
    });
  });
}

double weft::rt::realAt(const char *data, const std::string &dtype, uint64_t index) {
  double value = 0;
  withReal(dtype, [&]<typename Type>(Type *) { value = load<Type>(data, index); });
  return value;
}

uint64_t weft::rt::findNotFinite(const char *data, const std::string &dtype, uint64_t count) {
  uint64_t i = 0;
  withReal(dtype, [&]<typename Type>(Type *) {
    while (i < count && std::isfinite(load<Type>(data, i)))
      ++i;
  });
  return i;
}
