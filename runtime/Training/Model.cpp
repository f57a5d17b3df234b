#include "Training/Model.h"

#include "Support/DType.h"
#include "Support/Error.h"

#include <cstring>

using namespace weft::rt;

namespace {

const WeftModule &checked(const WeftModule &module) {
  if (module.abi_version != WEFT_ABI_VERSION)
    fail("'%s' was compiled for version %u of the runtime's interface, this runtime has version "
         "%d; compile it again",
         module.name, module.abi_version, WEFT_ABI_VERSION);
  return module;
}

} // namespace

Model::Model(const WeftModule &compiled, Runtime &runtime)
    : module(checked(compiled)), memory(module, runtime.threads), step(*memory.step()),
      context{memory.state(), memory.arena(), memory.input(), memory.step(), &runtime},
      initProgram(program("init")), microStepProgram(program("micro_step")),
      applyProgram(program("apply")), evalProgram(program("eval")) {}

const WeftProgram *Model::program(const char *name) const {
  for (int64_t i = 0; i < module.num_programs; ++i)
    if (strcmp(module.programs[i].name, name) == 0)
      return &module.programs[i];
  fail("'%s' has no program '%s'; compile it again", module.name, name);
}

void Model::initialize(uint64_t seed) {
  step.seed = seed;
  initProgram->run(&context);
}

void Model::microStep(const BatchSource *data, uint64_t first, bool accumulate) {
  step.sample = first;
  step.accumulate = accumulate ? 1 : 0;
  if (data)
    data->fill(first, context.input);
  microStepProgram->run(&context);
}

void Model::evaluate(const BatchSource &data, uint64_t batch, bool accumulate) {
  data.fillEvaluation(batch, context.input);
  step.sample = batch * static_cast<uint64_t>(module.sequences);
  step.accumulate = accumulate ? 1 : 0;
  evalProgram->run(&context);
}

double Model::evaluateInput() {
  step.accumulate = 0;
  microStepProgram->run(&context);
  return metric(WEFT_LOSS_SUM);
}

double Model::metric(WeftRole role) const {
  for (int64_t i = 0; i < module.num_states; ++i)
    if (module.states[i].role == role)
      return loadReal(memory.state() + module.states[i].offset, module.states[i].dtype, 0);
  fail("'%s' has no metric of role %d; compile it again", module.name, static_cast<int>(role));
}
