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
  /// Fails with an Error if the loss of an evaluation would have weight 0: it looks at batches
  /// until one has some, which most often is the first.
  void requireTargets(Model &model) const;
  /// Fills `losses`. False if a stop signal came in between. Fails with an Error if one is not
  /// finite.
  bool run(Model &model);
  const std::vector<ValidationLoss> &losses() const { return results; }

private:
  struct Part {
    const WeftEntry *entry;
    std::unique_ptr<BatchSource> data;
    uint64_t batches;
    std::string path;
  };

  void open(const WeftEntry &entry, const std::string &path, const Options &options, int threads);
  double lossOf(const Part &part, Model &model) const;

  std::vector<Part> parts;
  std::vector<ValidationLoss> results; // one for each part
};

} // namespace weft::rt

#endif // WEFT_RT_TRAINING_EVALUATION_H
