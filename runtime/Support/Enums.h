// Numbers of a module as the ABI's enums, and what reports call them.
#ifndef WEFT_RT_SUPPORT_ENUMS_H
#define WEFT_RT_SUPPORT_ENUMS_H

#include "weft-rt/ABI.h"

namespace weft::rt {

/// Fails with an Error that names the texts of `Enum`: the compiler knew a number that this runtime does not.
template <typename Enum> [[noreturn]] void failUnknown(int64_t number);

/// Null for a number that the enum does not have.
template <typename Enum> constexpr const char *findText(int64_t number) {
  for (const ABIEnumerator &each : abiEnumerators<Enum>)
    if (each.number == number)
      return each.text;
  return nullptr;
}

/// For switches over all of an enum, none of which takes what it does not know for something else.
template <typename Enum> Enum asEnum(int64_t number) {
  if (!findText<Enum>(number))
    failUnknown<Enum>(number);
  return static_cast<Enum>(number);
}

template <typename Enum> const char *textOf(int64_t number) {
  return findText<Enum>(asEnum<Enum>(number));
}

#define WEFT_ENUM_BEGIN(Enum) template <> [[noreturn]] void failUnknown<Enum>(int64_t number);
#include "weft-rt/ABI.def"

} // namespace weft::rt

#endif // WEFT_RT_SUPPORT_ENUMS_H
