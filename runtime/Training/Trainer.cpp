#include "Training/Trainer.h"

#include "Checkpoint/LoadParameters.h"
#include "CommandLine/RunFlags.h"
#include "Device/CPU/Memory.h"
#include "Support/Error.h"
#include "Support/FixedText.h"
#include "Support/Phase.h"
#include "Training/OpenData.h"
#include "Training/Signals.h"

#include <algorithm>
#include <cinttypes>
#include <cmath>
#include <cstdio>
#include <unistd.h>

using namespace weft::rt;

namespace {

/// Holds what runs while it lives to allocating nothing (see Support/Phase.h).
struct SteadyPhase {
  ~SteadyPhase() { weft_rt_steady = 0; }
};

} // namespace

Trainer::Trainer(const WeftModule &module, const Options &options, int64_t baseline)
    : options(options), baseline(baseline), runtime{prepareThreads()},
      entry(*options.trained),
      data(options.data.empty() ? nullptr
                                : openData(options.data, entry, options, runtime.threads)),
      evaluation(module, options, runtime.threads), model(module, runtime), console(STDOUT_FILENO) {
  model.initialize(options.seed);
  if (!options.checkpointDir.empty())
    openCheckpoints();
  if (!options.initFrom.empty() && start == 0)
    loadParameters(options.initFrom, module, model.state, options.ignoreTensors);
  if (!options.dumpGradients.empty())
    checkWritable(options.dumpGradients);
  if (!options.log.empty())
    log.emplace(options.log, evaluationDue ? start - 1 : start);
  if (options.profile)
    profile = std::make_unique<Profile>();
  runtime.profile = profile.get();
  report.steps = options.schedule.steps;
}

/// Goes on from the newest checkpoint, if that is wished and there is one.
void Trainer::openCheckpoints() {
  const std::string &directory = options.checkpointDir;
  prepareOutputDirectory(directory);
  std::vector<int64_t> steps = listCheckpoints(directory);
  if (!options.resume && !steps.empty())
    fail("'%s' holds checkpoints of another run, up to step %" PRId64
         ": give --resume to go on with it, or another directory",
         directory.c_str(), steps.back());
  removeLeftovers(directory);
  std::string flags = runFlags(options, data ? data->identity() : "none");
  auto note = [&](const std::string &line) { console.note(line); };
  std::optional<ResumePoint> point;
  if (options.resume)
    point = resumeFrom(directory, model.module, flags, model.state, note);
  if (options.resume && !point)
    note("no checkpoint in '" + directory + "' yet: starting from the beginning");
  if (point) {
    report = point->report;
    start = lastSaved = report.step;
    evaluationDue = point->evaluationDue;
    note("going on from '" + std::string(checkpointPath(directory, start).view()) + "'");
  }
  if (start > options.schedule.steps)
    fail("--steps: the checkpoint is of step %" PRId64 ", expected at least that, found %" PRId64,
         start, options.schedule.steps);
  checkpoint.emplace(directory, model.module, model.state, flags, options.keep,
                     point ? point->steps : std::vector<int64_t>());
}

void Trainer::run() {
  try {
    runSteps();
  } catch (const DataError &) {
    saveBeforeFault();
    throw;
  }
}

/// The parameters are those of the last step that ended, and an evaluation behind it is still due.
void Trainer::saveBeforeFault() {
  console.finish();
  if (!checkpoint || lastSaved == report.step)
    return;
  save();
  FixedText<96> line;
  line.append("a checkpoint of step %" PRId64 " was written", report.step);
  console.note(line.view());
}

void Trainer::runSteps() {
  catchStopSignals();
  SteadyPhase endsHere;
  int64_t step = start;
  if (evaluationDue) {
    evaluateAfter(step);
    record();
  }
  while (step < options.schedule.steps && !stopRequested()) {
    trainStep(++step);
    evaluateAfter(step);
    if (step == start + 1)
      endOfFirstStep();
    record();
    if (checkpoint && options.checkpointEvery && step % options.checkpointEvery == 0)
      save();
  }
  if (checkpoint && lastSaved != step)
    save();
  weft_rt_steady = 0;
  console.finish();
  if (stopRequested()) {
    FixedText<160> line;
    line.append("stopped by a signal after step %" PRId64 "%s", step,
                checkpoint && step > start ? "; a checkpoint was written" : "");
    console.note(line.view());
  }
  printMemory();
  if (profile)
    printProfile();
}

void Trainer::record() {
  console.show(report);
  if (log)
    log->add(report);
}

/// The log has the lines of all steps that a checkpoint has.
void Trainer::save() {
  if (log)
    log->sync();
  checkpoint->save(report, evaluationDue);
  lastSaved = report.step;
}

void Trainer::trainStep(int64_t step) {
  int64_t begin = nowNanoseconds();
  model.step.step = static_cast<double>(step);
  model.step.learning_rate = options.schedule.at(step);
  if (step == start + 2) {
    // The first step also sets libraries up: it does not speak for the others.
    trainNanoseconds = timedSteps = 0;
    if (profile)
      profile->clear();
  }
  accumulateGradients(step);
  model.apply(entry);
  int64_t nanoseconds = nowNanoseconds() - begin;
  trainNanoseconds += nanoseconds;
  ++timedSteps;

  double seconds = static_cast<double>(nanoseconds) * 1e-9;
  double tokens = static_cast<double>(entry.tokens * options.microSteps());
  report.step = step;
  report.learningRate = model.step.learning_rate;
  report.gradientNorm = model.metric(entry, WEFT_METRIC_NORM);
  report.milliseconds = seconds * 1e3;
  report.tokensPerSecond = tokens / seconds;
  report.secondsLeft = static_cast<double>(report.steps - step) * 1e-9 *
                       static_cast<double>(trainNanoseconds) / static_cast<double>(timedSteps);
  checkFinite(report.gradientNorm, "gradient norm", step);
}

void Trainer::accumulateGradients(int64_t step) {
  int64_t microSteps = options.microSteps();
  uint64_t first = static_cast<uint64_t>((step - 1) * options.globalBatch);
  for (int64_t i = 0; i < microSteps; ++i)
    model.microStep(entry, data.get(), first + static_cast<uint64_t>(i * entry.sequences), i > 0);
  double sum = model.metric(entry, WEFT_METRIC_SUM);
  double weight = model.metric(entry, WEFT_METRIC_WEIGHT);
  if (weight == 0)
    fail("the loss of step %" PRId64 " has weight 0: every target of its batch is ignored", step);
  report.loss = sum / weight;
  // Before the update: the parameters stay what they were.
  checkFinite(report.loss, "loss", step);
  if (step == 1 && !options.dumpGradients.empty())
    dumpGradients(options.dumpGradients, model.module, model.state, sum, weight);
}

void Trainer::evaluateAfter(int64_t step) {
  bool due = evaluationDue || (options.evalEvery && step % options.evalEvery == 0);
  evaluationDue = false;
  report.validation = {};
  if (!evaluation || !(due || step == options.schedule.steps))
    return;
  runtime.profile = nullptr; // a profile is one of training steps
  evaluationDue = true;      // should its data fail
  evaluationDue = !evaluation.run(model);
  runtime.profile = profile.get();
  if (evaluationDue)
    return;
  report.validation = evaluation.losses();
  for (const ValidationLoss &each : report.validation)
    checkFinite(each.loss, "validation loss", step);
}

void Trainer::checkFinite(double value, const char *what, int64_t step) const {
  if (!std::isfinite(value))
    fail("the %s of step %" PRId64
         " is not finite (%g); a lower --lr or a longer --warmup may help",
         what, step, value);
}

/// runtime_bytes: by how much the process's resident anonymous memory has grown since main() began,
/// beyond the plan, whose pages are all resident. Library heaps and workspaces, thread stacks and
/// generated code are in it; address space that nobody touched and mapped files are not. On a GPU, so
/// is what was taken of its memory.
void Trainer::endOfFirstStep() {
  int64_t now = anonymousMemory();
  if (now >= 0 && baseline >= 0)
    runtimeBytes = now - baseline - static_cast<int64_t>(model.device->residentOnHost()) +
                   model.device->takenOnGPU();
  weft_rt_steady = 1;
}

void Trainer::printMemory() {
  const WeftModule &module = model.module;
  FixedText<320> line;
  line.append("memory: state %" PRIu64 " + arena %" PRIu64 " + input %" PRIu64 " + step %" PRIu64
              " = %" PRIu64 " bytes; runtime_bytes ",
              module.state_bytes, module.arena_bytes, module.input_bytes, module.step_bytes,
              module.total_bytes);
  if (runtimeBytes >= 0)
    line.append("%" PRId64, runtimeBytes);
  else
    line.append("unknown");
  console.note(line.view());
}

void Trainer::printProfile() { console.note(profile->report(timedSteps, trainNanoseconds)); }
