// A compiled module on its device: what the training loop and the gradient check run.
#ifndef WEFT_RT_TRAINING_MODEL_H
#define WEFT_RT_TRAINING_MODEL_H

#include "Data/BatchSource.h"
#include "Device/CPU/Runtime.h"
#include "Device/Device.h"
#include "weft-rt/ABI.h"

#include <cstdint>

namespace weft::rt {

class Model {
public:
  Model(const WeftModule &module, Runtime &runtime);

  /// Fills the state; parameters then may be loaded over their initial values.
  void initialize(uint64_t seed);
  /// `first`: of the run's sequences; `accumulate`: whether the gradients of this update have
  /// begun. Fails with a DataError where the data cannot be read.
  void microStep(const WeftEntry &train, const BatchSource *data, uint64_t first, bool accumulate);
  void apply(const WeftEntry &train) { device->run(*train.programs[1]); }
  /// Adds a batch of the validation data to the evaluation's sums.
  void evaluate(const WeftEntry &eval, const BatchSource &data, uint64_t batch, bool accumulate);
  /// The loss sum of what lies in the input block now, in training: random ops draw what they drew
  /// in the last micro-step.
  double evaluateInput(const WeftEntry &train);
  /// The row of logits that what lies in the input block asks for, until the next program.
  void computeLogits(const WeftEntry &logits) { device->run(*logits.programs[0]); }

  /// The scalar of an entry; `metric` is one of WEFT_METRIC_...
  double metric(const WeftEntry &entry, int metric) const;

  const WeftModule &module;
  std::unique_ptr<Device> device;
  WeftStep &step;
  StateBlock &state;
};

} // namespace weft::rt

#endif // WEFT_RT_TRAINING_MODEL_H
