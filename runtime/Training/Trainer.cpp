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
#include <cstring>
#include <unistd.h>

using namespace weft::rt;

namespace {

/// Holds what runs while it lives to allocating nothing (see Support/Phase.h).
struct SteadyPhase {
  ~SteadyPhase() { weft_rt_steady = 0; }
};

/// The directory of checkpoints is this run's alone, before any of its files is touched.
std::unique_ptr<DirectoryLock> lockCheckpoints(const std::string &directory) {
  if (directory.empty())
    return nullptr;
  prepareOutputDirectory(directory);
  return std::make_unique<DirectoryLock>(directory);
}

} // namespace

Trainer::Trainer(const WeftModule &module, const Options &options, int64_t baseline)
    : options(options), baseline(baseline), runtime{prepareThreads()}, entry(*options.trained),
      data(options.data.empty() ? nullptr
                                : openData(options.data, entry, options, runtime.threads)),
      evaluation(module, options, runtime.threads), lock(lockCheckpoints(options.checkpointDir)),
      model(module, runtime), console(STDOUT_FILENO) {
  model.initialize(options.seed);
  if (!options.checkpointDir.empty())
    openCheckpoints();
  if (!options.initFrom.empty() && start == 0)
    loadParameters(options.initFrom, module, model.state, options.ignoreTensors);
  evaluation.requireTargets(model);
  if (!options.dumpGradients.empty())
    checkWritable(options.dumpGradients);
  if (!options.log.empty())
    log.emplace(options.log, evaluationDue ? start - 1 : start, report.logEnds);
  report.logEnds = -1;
  if (options.profile)
    profile = std::make_unique<Profile>();
  runtime.profile = profile.get();
  report.steps = options.schedule.steps;
}

/// Goes on from the newest checkpoint, if that is wished and there is one.
void Trainer::openCheckpoints() {
  const std::string &directory = options.checkpointDir;
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
/// What was wrong is what the user is told, also where saving fails too: a GPU that failed has lost
/// its memory.
void Trainer::saveBeforeFault() {
  weft_rt_steady = 0;
  console.finish();
  if (!checkpoint || lastSaved == report.step)
    return;
  try {
    save();
    FixedText<96> line;
    line.append("a checkpoint of step %" PRId64 " was written", report.step);
    console.note(line.view());
  } catch (const Error &error) {
    console.note(std::string("no checkpoint of the last step: ") + error.what());
    checkpoint.reset();
  }
}

void Trainer::runSteps() {
  catchStopSignals();
  SteadyPhase endsHere;
  int64_t step = start;
  if (evaluationDue)
    finishEvaluation(step);
  while (step < options.schedule.steps && !stopRequested()) {
    trainStep(++step);
    finishStep(step);
    if (step == start + 1)
      endOfFirstStep();
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

bool Trainer::isDue(int64_t every, int64_t step) const {
  return step == options.schedule.steps || (every && step % every == 0);
}

/// Save, then evaluate: nothing that an evaluation meets costs a step.
void Trainer::finishStep(int64_t step) {
  report.validation = {};
  evaluationDue = evaluation && isDue(options.evalEvery, step);
  bool saves = checkpoint && isDue(options.checkpointEvery, step);
  if (!evaluationDue)
    record();
  if (saves)
    save();
  if (evaluationDue)
    finishEvaluation(step);
}

/// Evaluates after a step, whose line waits for that. Fails with an Error after the step was saved.
void Trainer::finishEvaluation(int64_t step) {
  runtime.profile = nullptr; // a profile is one of training steps
  try {
    evaluationDue = !evaluation.run(model);
  } catch (...) {
    record();
    saveBeforeFault();
    throw;
  }
  runtime.profile = profile.get();
  if (!evaluationDue)
    report.validation = evaluation.losses();
  record();
  if (evaluationDue || !evaluation || !checkpoint || lastSaved != step)
    return;
  syncLog();
  checkpoint->evaluated(step);
}

void Trainer::record() {
  console.show(report);
  if (int error = console.takeError())
    warn("cannot write to the standard output: %s; the run goes on without it", strerror(error));
  if (log)
    log->add(report);
}

void Trainer::syncLog() {
  if (!log)
    return;
  log->sync();
  report.logEnds = log->ends();
}

/// The log has the lines of all steps that a checkpoint has, but for one whose evaluation is due.
void Trainer::save() {
  syncLog();
  checkpoint->save(report, evaluationDue);
  lastSaved = report.step;
}

/// runtime_bytes: by how much the process's resident anonymous memory has grown since main() began,
/// beyond the plan, whose pages are all resident. Library heaps and workspaces, thread stacks and
/// generated code are in it; address space that nobody touched and mapped files are not. On a GPU,
/// so is what was taken of its memory.
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
