// What a file is that is not what was expected, by its first bytes: for messages that say what to
// do.
#ifndef WEFT_RT_SUPPORT_KNOWNFILE_H
#define WEFT_RT_SUPPORT_KNOWNFILE_H

#include <string_view>

namespace weft::rt {

struct KnownFile {
  std::string_view magic; // what it begins with
  const char *what;       // "a NumPy array"
  const char *advice;     // "save it as safetensors"
  bool isText = false;    // may be what somebody trains a model of bytes on
};

/// Null for a file of no known kind, which may well be numbers without a header. `file` is all of
/// it.
const KnownFile *recognize(std::string_view file);

/// Whether these bytes are a text: UTF-8 without control characters. A character that is cut at the
/// end is one.
bool isText(std::string_view bytes);

} // namespace weft::rt

#endif // WEFT_RT_SUPPORT_KNOWNFILE_H
