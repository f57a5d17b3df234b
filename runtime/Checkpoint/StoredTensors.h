// The state as files hold it: one tensor for each parameter, or several for a stacked one.
#ifndef WEFT_RT_CHECKPOINT_STOREDTENSORS_H
#define WEFT_RT_CHECKPOINT_STOREDTENSORS_H

#include "Checkpoint/SafetensorsWriter.h"
#include "Device/StateBlock.h"
#include "weft-rt/ABI.h"

#include <cstdint>
#include <string>
#include <vector>

namespace weft::rt {

/// A tensor of a file and its place in the state.
struct StoredTensor {
  std::string name;
  int32_t dtype; // WeftDType
  std::vector<int64_t> shape;
  uint64_t offset; // from WeftContext::state
  uint64_t bytes;
};

/// The tensor of the optimizer's file that holds how many updates there were: what a correction of
/// bias counts.
inline constexpr const char *updatesTensor = "step";

/// All states of one role, under their logical names or their own. One with a `*` in its name is
/// stacked: "experts.*.w1.weight" of [8, 96, 32] is experts.0.w1.weight to experts.7.w1.weight,
/// each [96, 32].
std::vector<StoredTensor> storedTensors(const WeftModule &module, int32_t role,
                                        const char *WeftState::*name);

inline std::vector<StoredTensor> storedParameters(const WeftModule &module) {
  return storedTensors(module, WEFT_PARAMETER, &WeftState::logical);
}
inline std::vector<StoredTensor> storedMoments(const WeftModule &module) {
  return storedTensors(module, WEFT_OPTIMIZER, &WeftState::name);
}

/// `state` must outlive what is returned.
std::vector<TensorToWrite> toWrite(const std::vector<StoredTensor> &tensors,
                                   const StateBlock &state);

} // namespace weft::rt

#endif // WEFT_RT_CHECKPOINT_STOREDTENSORS_H
