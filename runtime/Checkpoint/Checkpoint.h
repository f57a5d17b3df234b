// What of a module's state is loaded and saved, and under which names.
#ifndef WEFT_RT_CHECKPOINT_CHECKPOINT_H
#define WEFT_RT_CHECKPOINT_CHECKPOINT_H

#include "Checkpoint/SafetensorsWriter.h"
#include "weft-rt/ABI.h"

#include <cstdint>
#include <string>

namespace weft::rt {

/// Loads every parameter from a safetensors file, f32 and f64 into either. Names may carry the
/// "transformer." that Hugging Face puts in front; GPT-2's attention mask buffers and a tied
/// `lm_head.weight` are known. Anything else that is missing, left over or of another shape is an
/// Error that lists it.
void loadParameters(const std::string &path, const WeftModule &module, char *state);

/// Writes model.safetensors (parameters under their logical names) and optimizer.safetensors
/// (moments under their state names, and `step`) into one directory.
class CheckpointWriter {
public:
  CheckpointWriter(const std::string &directory, const WeftModule &module, const char *state);

  /// Both files are complete on the disk before either takes its name.
  void save(int64_t step);

private:
  int64_t savedStep = 0;
  SafetensorsWriter model, optimizer;
};

/// Writes the gradients as they are now under their parameters' names, with the loss sum and
/// weight as metadata.
void dumpGradients(const std::string &path, const WeftModule &module, const char *state,
                   double lossSum, double lossWeight);

} // namespace weft::rt

#endif // WEFT_RT_CHECKPOINT_CHECKPOINT_H
