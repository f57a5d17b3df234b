// What of a module's state is loaded and saved, and under which names.
#ifndef WEFT_RT_CHECKPOINT_CHECKPOINT_H
#define WEFT_RT_CHECKPOINT_CHECKPOINT_H

#include "Checkpoint/CheckpointFolder.h"
#include "Checkpoint/SafetensorsWriter.h"
#include "Device/StateBlock.h"
#include "Metrics/StepReport.h"
#include "weft-rt/ABI.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weft::rt {

/// Writes one folder a step: model.safetensors (parameters under their logical names),
/// optimizer.safetensors (moments under their state names, and `step`, the number of updates),
/// describe.json (see Describe.h) and run.json (where the run is). A folder under its own name is
/// complete and on the disk.
class CheckpointWriter {
public:
  /// `flags`: a JSON object of what a run must not change when it goes on. `keep`: the newest ones
  /// that stay, 0 for all. `existing`: steps of whole checkpoints.
  CheckpointWriter(std::string directory, const WeftModule &module, const StateBlock &state,
                   std::string flags, int64_t keep, std::vector<int64_t> existing);

  /// Allocates nothing. `evaluationDue`: an evaluation of this step is still to be done, at the
  /// latest when the run goes on.
  void save(const StepReport &report, bool evaluationDue);
  /// The evaluation of a step that has a checkpoint is done.
  void evaluated(int64_t step);

private:
  void writeFiles(const Path &folder, const StepReport &report, bool evaluationDue);
  void publish(const Path &temporary, int64_t step);
  void pointLatestTo(int64_t step);
  void removeOld(int64_t step);

  std::string directory, flags, description;
  int64_t keep;
  std::vector<int64_t> steps; // ascending, with room for one more
  int64_t savedUpdates = 0;
  SafetensorsWriter model, optimizer;
};

/// Where a run goes on.
struct ResumePoint {
  StepReport report; // of the last step
  bool evaluationDue = false;
  std::vector<int64_t> steps; // of this checkpoint and those before it
};

/// Loads the newest whole checkpoint into the state. A broken one is passed over, and `note` told
/// so. Nothing if there is none; an Error if all are broken, or if the one to load is of another
/// program or of other flags.
std::optional<ResumePoint> resumeFrom(const std::string &directory, const WeftModule &module,
                                      const std::string &flags, StateBlock &state,
                                      const std::function<void(const std::string &)> &note);

/// Writes the gradients as they are now under their parameters' names, with the loss sum and
/// weight as metadata.
void dumpGradients(const std::string &path, const WeftModule &module, const StateBlock &state,
                   double lossSum, double lossWeight);

} // namespace weft::rt

#endif // WEFT_RT_CHECKPOINT_CHECKPOINT_H
