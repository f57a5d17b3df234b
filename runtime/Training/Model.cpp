#include "Training/Model.h"

#include "Support/DType.h"
#include "Support/Error.h"

#include <cstring>

using namespace weft::rt;

namespace {

/// Fills the input block: what goes wrong there is a DataError.
template <typename Fill> void fillInput(Device &device, Fill fill) {
  try {
    fill(device.nextInput());
  } catch (const Error &error) {
    throw DataError(error.what());
  }
  device.sendInput();
}

} // namespace

Model::Model(const WeftModule &module, Runtime &runtime)
    : module(module), device(Device::open(module, runtime)), step(device->step()),
      state(device->state()) {}

void Model::initialize(uint64_t seed) {
  step.seed = seed;
  for (int64_t i = 0; i < module.num_programs; ++i)
    if (strcmp(module.programs[i].name, "init") == 0)
      return device->run(module.programs[i]);
  fail("'%s' has no program 'init'; compile it again", module.name);
}

void Model::microStep(const WeftEntry &train, const BatchSource *data, uint64_t first,
                      bool accumulate) {
  step.sample = first;
  step.accumulate = accumulate ? 1 : 0;
  if (data)
    fillInput(*device, [&](char *input) { data->fill(first, input); });
  device->run(*train.programs[0]);
}

void Model::evaluate(const WeftEntry &eval, const BatchSource &data, uint64_t batch,
                     bool accumulate) {
  fillInput(*device, [&](char *input) { data.fillEvaluation(batch, input); });
  step.sample = batch * static_cast<uint64_t>(eval.sequences);
  step.accumulate = accumulate ? 1 : 0;
  device->run(*eval.programs[0]);
}

double Model::evaluateInput(const WeftEntry &train) {
  step.accumulate = 0;
  device->run(*train.programs[0]);
  return metric(train, WEFT_METRIC_SUM);
}

double Model::metric(const WeftEntry &entry, int metric) const {
  const WeftState &scalar = *entry.metrics[metric];
  double value = 0;
  state.read(scalar.offset, scalar.bytes, [&](const char *data, uint64_t, uint64_t) {
    value = loadReal(data, scalar.dtype, 0);
  });
  return value;
}
