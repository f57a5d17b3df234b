#include "Training/Run.h"

#include "Checkpoint/Describe.h"
#include "Checkpoint/LoadParameters.h"
#include "CommandLine/Options.h"
#include "Device/CPU/Memory.h"
#include "Training/CheckGradients.h"
#include "Training/Trainer.h"

#include <cstdio>
#include <exception>

using namespace weft::rt;

namespace {

/// `ready` becomes true where faults stop being the user's input.
void check(const WeftModule &module, const Options &options, bool &ready) {
  Runtime runtime{prepareThreads()};
  std::unique_ptr<BatchSource> data;
  if (!options.data.empty())
    data = openBatchSource(options.data, module, options.seed, options.dataFormat,
                           runtime.threads);
  Model model(module, runtime);
  model.initialize(options.seed);
  if (!options.initFrom.empty())
    loadParameters(options.initFrom, module, model.memory.state(), options.ignoreTensors);
  requireDoubles(model);
  ready = true;
  checkGradients(model, data.get(), options);
}

void train(const WeftModule &module, const Options &options, int64_t baseline, bool &ready) {
  Trainer trainer(module, options, baseline);
  ready = true;
  trainer.run();
}

} // namespace

int weft::rt::run(const WeftModule &module, int argc, const char *const *argv) {
  int64_t baseline = anonymousMemory();
  bool ready = false;
  try {
    std::optional<Options> options = parseOptions(argc, argv, module);
    if (!options)
      return 0;
    if (options->describe)
      fputs(describe(module).c_str(), stdout);
    else if (options->checkGradients)
      check(module, *options, ready);
    else
      train(module, *options, baseline, ready);
    return 0;
  } catch (const std::exception &error) {
    fprintf(stderr, "error: %s\n", error.what());
    return ready ? 1 : 2;
  }
}
