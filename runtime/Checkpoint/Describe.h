// What an executable is, as JSON: `--describe`, and describe.json in every checkpoint.
#ifndef WEFT_RT_CHECKPOINT_DESCRIBE_H
#define WEFT_RT_CHECKPOINT_DESCRIBE_H

#include "weft-rt/ABI.h"

#include <string>

namespace weft::rt {

/// The model's name, parameters as files hold them, programs, memory in bytes, the compiler's version
/// and the hash of the compiled text.
std::string describe(const WeftModule &module);

/// In what the program of a description differs from this one: parameters that are missing, unknown
/// or of another shape, then the hash. Empty if they are the same. Fails with an Error if `text` is
/// no description.
std::string differences(const std::string &text, const WeftModule &module);

} // namespace weft::rt

#endif // WEFT_RT_CHECKPOINT_DESCRIBE_H
