// Starting from published weights.
#ifndef WEFT_RT_CHECKPOINT_LOADPARAMETERS_H
#define WEFT_RT_CHECKPOINT_LOADPARAMETERS_H

#include "Device/StateBlock.h"
#include "weft-rt/ABI.h"

#include <string>
#include <vector>

namespace weft::rt {

/// Loads every parameter from a file or folder (see SafetensorsSet), F32, F64, F16 and BF16 into
/// f32 and f64. Names may differ by the "transformer." or "model." that Hugging Face puts in front;
/// GPT-2's attention mask buffers and a `lm_head.weight` that is tied to the token embedding are
/// known. Tensors that match a pattern of `ignored` do not count. Anything else that is missing,
/// left over or of another shape is an Error that lists it, and then nothing is loaded. A value
/// that is not finite, or not in the parameter's type, is one that says where it lies.
void loadParameters(const std::string &path, const WeftModule &module, StateBlock &state,
                    const std::vector<std::string> &ignored = {});

} // namespace weft::rt

#endif // WEFT_RT_CHECKPOINT_LOADPARAMETERS_H
