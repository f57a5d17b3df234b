#include "Training/Model.h"

#include "Support/DType.h"
#include "Support/Error.h"

#include <cstring>

using namespace weft::rt;

Model::Model(const WeftModule &module, Runtime &runtime)
    : module(module), memory(module, runtime.threads), step(*memory.step()),
      context{memory.state(), memory.arena(), memory.input(), memory.step(), &runtime} {}

void Model::initialize(uint64_t seed) {
  step.seed = seed;
  for (int64_t i = 0; i < module.num_programs; ++i)
    if (strcmp(module.programs[i].name, "init") == 0)
      return module.programs[i].run(&context);
  fail("'%s' has no program 'init'; compile it again", module.name);
}

void Model::microStep(const WeftEntry &train, const BatchSource *data, uint64_t first,
                      bool accumulate) {
  step.sample = first;
  step.accumulate = accumulate ? 1 : 0;
  if (data)
    data->fill(first, context.input);
  train.programs[0]->run(&context);
}

void Model::evaluate(const WeftEntry &eval, const BatchSource &data, uint64_t batch,
                     bool accumulate) {
  data.fillEvaluation(batch, context.input);
  step.sample = batch * static_cast<uint64_t>(eval.sequences);
  step.accumulate = accumulate ? 1 : 0;
  eval.programs[0]->run(&context);
}

double Model::evaluateInput(const WeftEntry &train) {
  step.accumulate = 0;
  train.programs[0]->run(&context);
  return metric(train, WEFT_METRIC_SUM);
}

double Model::metric(const WeftEntry &entry, int metric) const {
  const WeftState &state = *entry.metrics[metric];
  return loadReal(memory.state() + state.offset, state.dtype, 0);
}
