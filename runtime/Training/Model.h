// A compiled module with its memory: what the training loop and the gradient check run.
#ifndef WEFT_RT_TRAINING_MODEL_H
#define WEFT_RT_TRAINING_MODEL_H

#include "Data/BatchSource.h"
#include "Device/CPU/Memory.h"
#include "Device/CPU/Runtime.h"
#include "weft-rt/ABI.h"

#include <cstdint>

namespace weft::rt {

/// Programs are looked up at construction: a module that lacks one, or that was compiled for
/// another ABI, is an Error there.
class Model {
public:
  Model(const WeftModule &module, Runtime &runtime);

  /// Fills the state; parameters then may be loaded over their initial values.
  void initialize(uint64_t seed);
  /// `first`: of the run's sequences; `accumulate`: whether the gradients of this update have
  /// begun.
  void microStep(const BatchSource *data, uint64_t first, bool accumulate);
  void apply() { applyProgram->run(&context); }
  /// Adds a batch of the validation data to the evaluation's sums.
  void evaluate(const BatchSource &data, uint64_t batch, bool accumulate);
  /// The loss sum of what lies in the input block now, in training: random ops draw what they drew
  /// in the last micro-step.
  double evaluateInput();

  /// The value of the scalar of that role; fails if the module has none.
  double metric(WeftRole role) const;

  const WeftModule &module;
  ModuleMemory memory;
  WeftStep &step;

private:
  const WeftProgram *program(const char *name) const;

  WeftContext context;
  const WeftProgram *initProgram, *microStepProgram, *applyProgram, *evalProgram;
};

} // namespace weft::rt

#endif // WEFT_RT_TRAINING_MODEL_H
