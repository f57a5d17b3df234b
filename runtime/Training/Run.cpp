#include "Training/Run.h"

#include "Checkpoint/Describe.h"
#include "Checkpoint/LoadParameters.h"
#include "CommandLine/Options.h"
#include "Device/CPU/Memory.h"
#include "Support/Entries.h"
#include "Support/Error.h"
#include "Support/File.h"
#include "Training/CheckGradients.h"
#include "Training/Generate.h"
#include "Training/Signals.h"
#include "Training/Trainer.h"

#include <cstdio>
#include <cstring>
#include <exception>
#include <unistd.h>

using namespace weft::rt;

namespace {

/// `ready` becomes true where faults stop being the user's input.
void check(const WeftModule &module, const Options &options, bool &ready) {
  Runtime runtime{prepareThreads()};
  std::unique_ptr<BatchSource> data;
  if (!options.data.empty())
    data = openBatchSource(options.data, *options.trained, options.seed, options.dataFormat,
                           runtime.threads, options.dataOrder);
  Model model(module, runtime);
  model.initialize(options.seed);
  if (!options.initFrom.empty())
    loadParameters(options.initFrom, module, model.state, options.ignoreTensors);
  requireDoubles(model);
  ready = true;
  checkGradients(model, data.get(), options);
}

void train(const WeftModule &module, const Options &options, int64_t baseline, bool &ready) {
  Trainer trainer(module, options, baseline);
  ready = true;
  trainer.run();
}

void evaluate(const WeftModule &module, const Options &options, bool &ready) {
  Runtime runtime{prepareThreads()};
  Evaluation evaluation(module, options, runtime.threads);
  Model model(module, runtime);
  model.initialize(options.seed);
  if (!options.initFrom.empty())
    loadParameters(options.initFrom, module, model.state, options.ignoreTensors);
  evaluation.requireTargets(model);
  ready = true;
  catchStopSignals();
  Console console(STDOUT_FILENO);
  if (evaluation.run(model))
    console.showEvaluation(evaluation.losses());
  if (int error = console.takeError())
    fail("cannot write the losses to the standard output: %s", strerror(error));
}

void generate(const WeftModule &module, const Options &options, bool &ready) {
  Generator generator(module, options);
  ready = true;
  generator.run();
}

} // namespace

int weft::rt::run(const WeftModule &module, int argc, const char *const *argv) {
  int64_t baseline = anonymousMemory();
  bool ready = false;
  holdStandardStreams();
  ignoreWriteSignals();
  try {
    checkModule(module);
    std::optional<Options> options = parseOptions(argc, argv, module);
    if (!options)
      return 0;
    switch (options->mode) {
    case Mode::Describe:
      fputs(describe(module).c_str(), stdout);
      flushOutput();
      break;
    case Mode::Train:
      train(module, *options, baseline, ready);
      break;
    case Mode::CheckGradients:
      check(module, *options, ready);
      break;
    case Mode::Evaluate:
      evaluate(module, *options, ready);
      break;
    case Mode::Generate:
      generate(module, *options, ready);
      break;
    }
    return 0;
  } catch (const std::exception &error) {
    fprintf(stderr, "error: %s\n", error.what());
    return ready ? 1 : 2;
  }
}
