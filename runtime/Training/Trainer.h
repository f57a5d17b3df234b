// The training loop.
#ifndef WEFT_RT_TRAINING_TRAINER_H
#define WEFT_RT_TRAINING_TRAINER_H

#include "Checkpoint/Checkpoint.h"
#include "CommandLine/Options.h"
#include "Metrics/Console.h"
#include "Metrics/JsonLog.h"
#include "Metrics/Profile.h"
#include "Support/DirectoryLock.h"
#include "Training/Evaluation.h"
#include "Training/Model.h"

#include <memory>
#include <optional>

namespace weft::rt {

/// Opens everything that a run needs at construction (what is wrong there is found before step 1);
/// from the second step on its loop allocates nothing.
class Trainer {
public:
  /// `baseline`: anonymousMemory() when the process began.
  Trainer(const WeftModule &module, const Options &options, int64_t baseline);

  /// Runs all steps, or those until a stop signal. Where data cannot be read any more it writes a
  /// checkpoint of the last step that ended, and fails with the DataError.
  void run();

private:
  void runSteps();
  void saveBeforeFault();
  void openCheckpoints();
  void save();
  void record();
  void syncLog();
  bool isDue(int64_t every, int64_t step) const;
  void finishStep(int64_t step);
  void finishEvaluation(int64_t step);
  void endOfFirstStep();
  void printMemory();
  void printProfile();

  // In TrainStep.cpp.
  void trainStep(int64_t step);
  double accumulateGradients(int64_t step);
  void update();
  void measure(int64_t nanoseconds);
  void checkFinite(double value, const char *what, WeftRole role) const;

  const Options &options;
  int64_t baseline;
  Runtime runtime;
  const WeftEntry &entry;
  std::unique_ptr<BatchSource> data;
  Evaluation evaluation;
  std::unique_ptr<DirectoryLock> lock;
  Model model;
  std::unique_ptr<Profile> profile;
  std::optional<CheckpointWriter> checkpoint;
  std::optional<JsonLog> log;
  Console console;

  StepReport report;
  int64_t start = 0;            // the last step of an earlier run that this one goes on from
  bool evaluationDue = false;   // whether the last step's evaluation is still to be done
  int64_t trainNanoseconds = 0; // in steps after the first, or in the first if it is the only one
  int64_t timedSteps = 0;
  int64_t lastSaved = 0;
  int64_t runtimeBytes = -1;
};

} // namespace weft::rt

#endif // WEFT_RT_TRAINING_TRAINER_H
