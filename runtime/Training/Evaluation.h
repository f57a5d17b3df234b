// The losses over the validation data, of every model that is evaluated.
#ifndef WEFT_RT_TRAINING_EVALUATION_H
#define WEFT_RT_TRAINING_EVALUATION_H

#include "CommandLine/Options.h"
#include "Metrics/StepReport.h"
#include "Training/Model.h"

#include <memory>
#include <vector>

namespace weft::rt {

/// Opens all files at construction; evaluating allocates nothing.
class Evaluation {
public:
  /// Fails with an Error where a file does not fit its model, or a name is none of an eval op.
  Evaluation(const WeftModule &module, const Options &options, int threads);

  /// Whether there is validation data.
  explicit operator bool() const { return !parts.empty(); }
  /// Fills `losses`. False if a stop signal came in between.
  bool run(Model &model);
  const std::vector<ValidationLoss> &losses() const { return results; }

private:
  struct Part {
    const WeftEntry *entry;
    std::unique_ptr<BatchSource> data;
    uint64_t batches;
  };

  void open(const WeftEntry &entry, const std::string &path, const Options &options, int threads);

  std::vector<Part> parts;
  std::vector<ValidationLoss> results; // one for each part
};

} // namespace weft::rt

#endif // WEFT_RT_TRAINING_EVALUATION_H
