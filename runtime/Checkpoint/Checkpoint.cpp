#include "Checkpoint/Checkpoint.h"

#include "Support/FixedText.h"

#include <cinttypes>

using namespace weft::rt;

namespace {

/// All states of one role, under their logical names or their own.
std::vector<TensorToWrite> collect(const WeftModule &module, const char *state, int32_t role,
                                   const char *WeftState::*name) {
  std::vector<TensorToWrite> tensors;
  for (int64_t i = 0; i < module.num_states; ++i) {
    const WeftState &entry = module.states[i];
    if (entry.role == role)
      tensors.push_back({entry.*name,
                         entry.dtype,
                         {entry.dims, entry.dims + entry.rank},
                         state + entry.offset,
                         entry.bytes});
  }
  return tensors;
}

std::vector<TensorToWrite> withStep(std::vector<TensorToWrite> tensors, const int64_t &step) {
  tensors.push_back({"step", WEFT_I64, {}, reinterpret_cast<const char *>(&step), sizeof(step)});
  return tensors;
}

} // namespace

CheckpointWriter::CheckpointWriter(const std::string &directory, const WeftModule &module,
                                   const char *state)
    : model(directory + "/model.safetensors",
            collect(module, state, WEFT_PARAMETER, &WeftState::logical)),
      optimizer(directory + "/optimizer.safetensors",
                withStep(collect(module, state, WEFT_OPTIMIZER, &WeftState::name), savedStep)) {}

void CheckpointWriter::save(int64_t step) {
  savedStep = step;
  FixedText<64> metadata;
  metadata.append("\"format\":\"pt\",\"step\":\"%" PRId64 "\"", step);
  model.write(metadata.view());
  optimizer.write(metadata.view());
  model.publish();
  optimizer.publish();
}

void weft::rt::dumpGradients(const std::string &path, const WeftModule &module, const char *state,
                             double lossSum, double lossWeight) {
  SafetensorsWriter writer(path, collect(module, state, WEFT_GRADIENT, &WeftState::logical));
  FixedText<128> metadata;
  metadata.append("\"loss_sum\":\"%.17g\",\"loss_weight\":\"%.17g\"", lossSum, lossWeight);
  writer.write(metadata.view());
  writer.publish();
}
