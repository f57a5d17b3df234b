// Where the first number lies that is not finite.
#ifndef WEFT_RT_TRAINING_NOTFINITE_H
#define WEFT_RT_TRAINING_NOTFINITE_H

#include "Device/StateBlock.h"
#include "weft-rt/ABI.h"

#include <string>

namespace weft::rt {

/// Of all states of a role, as part of a message: "parameter 'wte.weight' is nan at element 12", or
/// that they are finite, and where else to look.
std::string whatIsNotFinite(const WeftModule &module, const StateBlock &state, WeftRole role);

} // namespace weft::rt

#endif // WEFT_RT_TRAINING_NOTFINITE_H
