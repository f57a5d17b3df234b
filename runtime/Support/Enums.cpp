#include "Support/Enums.h"

#include "Support/Error.h"

#include <string>

namespace weft::rt {

template <typename Enum> static std::string textsOf() {
  std::string texts;
  for (const ABIEnumerator &each : abiEnumerators<Enum>)
    texts += (texts.empty() ? "" : ", ") + (each.text + (" (" + std::to_string(each.number) + ")"));
  return texts;
}

#define WEFT_ENUM_BEGIN(Enum)                                                                      \
  template <> void failUnknown<Enum>(int64_t number) {                                             \
    fail("expected a " #Enum " that this runtime knows, one of %s, found %lld; compile the program " \
         "again with the compiler of this runtime",                                                \
         textsOf<Enum>().c_str(), static_cast<long long>(number));                                 \
  }
#include "weft-rt/ABI.def"

} // namespace weft::rt
