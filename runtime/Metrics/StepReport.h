// What is known of one update.
#ifndef WEFT_RT_METRICS_STEPREPORT_H
#define WEFT_RT_METRICS_STEPREPORT_H

#include <cstdint>

namespace weft::rt {

struct StepReport {
  int64_t step = 0;
  int64_t steps = 0; // of the run
  double loss = 0;
  double learningRate = 0;
  double gradientNorm = 0;
  double tokensPerSecond = 0;
  double milliseconds = 0;
  bool evaluated = false;
  double validationLoss = 0;
  double secondsLeft = 0;
};

} // namespace weft::rt

#endif // WEFT_RT_METRICS_STEPREPORT_H
