// What is known of one update.
#ifndef WEFT_RT_METRICS_STEPREPORT_H
#define WEFT_RT_METRICS_STEPREPORT_H

#include <cstdint>
#include <span>

namespace weft::rt {

struct ValidationLoss {
  const char *name; // of the eval op; "" for the first, whose loss needs none
  double loss;
};

struct StepReport {
  int64_t step = 0;
  int64_t steps = 0;   // of the run
  int64_t updates = 0; // that the steps so far have made
  /// No target of the step counted, so that it made no update and has neither loss nor norm.
  bool skipped = false;
  double loss = 0;
  double learningRate = 0;
  double gradientNorm = 0;
  double tokensPerSecond = 0;
  double milliseconds = 0;
  std::span<const ValidationLoss> validation; // empty unless this step was followed by one
  double secondsLeft = 0;
  int64_t logEnds = -1; // the last step that the log can have, where it was given up
};

} // namespace weft::rt

#endif // WEFT_RT_METRICS_STEPREPORT_H
