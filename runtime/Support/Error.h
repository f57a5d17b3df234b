// How the runtime reports what the user can do something about.
#ifndef WEFT_RT_SUPPORT_ERROR_H
#define WEFT_RT_SUPPORT_ERROR_H

#include <stdexcept>

namespace weft::rt {

/// A message for the user. main() prints it and exits with 2 before step 1 and with 1 after it.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Data that could not be read, or is none. Nothing was computed with it: what is in the state is
/// from before.
struct DataError : Error {
  using Error::Error;
};

/// Throws an Error with a printf-style message: lower case, what was expected, what was found.
[[noreturn]] void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/// Prints "warning: ..." on the standard error: what costs the run something, but not its result.
void warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

} // namespace weft::rt

#endif // WEFT_RT_SUPPORT_ERROR_H
