// Text of a bounded length, formatted without the heap: what the log and the progress line use.
#ifndef WEFT_RT_SUPPORT_FIXEDTEXT_H
#define WEFT_RT_SUPPORT_FIXEDTEXT_H

#include <algorithm>
#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <string_view>

namespace weft::rt {

/// Appends printf-style into a buffer of its own; what does not fit is cut off.
template <size_t Capacity> class FixedText {
public:
  __attribute__((format(printf, 2, 3))) void append(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int written = vsnprintf(data + used, Capacity - used, format, arguments);
    va_end(arguments);
    used = std::min(used + static_cast<size_t>(std::max(written, 0)), Capacity - 1);
  }

  const char *c_str() const { return data; }
  std::string_view view() const { return {data, used}; }

private:
  char data[Capacity] = {};
  size_t used = 0;
};

} // namespace weft::rt

#endif // WEFT_RT_SUPPORT_FIXEDTEXT_H
