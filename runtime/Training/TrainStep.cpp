// One step of the training loop: gradients of all micro-batches, then the update.
#include "Support/Error.h"
#include "Training/NotFinite.h"
#include "Training/Trainer.h"

#include <cinttypes>
#include <cmath>

using namespace weft::rt;

void Trainer::trainStep(int64_t step) {
  if (step == start + 2) {
    // The first step also sets libraries up: it does not speak for the others.
    trainNanoseconds = timedSteps = 0;
    if (profile)
      profile->clear();
  }
  int64_t begin = nowNanoseconds();
  model.step.learning_rate = options.schedule.at(step);
  report.skipped = accumulateGradients(step) == 0;
  if (!report.skipped)
    update();
  measure(nowNanoseconds() - begin);
}

/// Returns the weight of the loss, and sets the loss unless that is 0.
double Trainer::accumulateGradients(int64_t step) {
  model.step.step = static_cast<double>(step);
  uint64_t first = static_cast<uint64_t>((step - 1) * options.globalBatch);
  for (int64_t i = 0; i < options.microSteps(); ++i)
    model.microStep(entry, data.get(), first + static_cast<uint64_t>(i * entry.sequences), i > 0);
  // All data is read: until here the report is that of the step before, which can be saved.
  report.step = step;
  report.learningRate = model.step.learning_rate;
  double sum = model.metric(entry, WEFT_METRIC_SUM);
  double weight = model.metric(entry, WEFT_METRIC_WEIGHT);
  // Before the update: the parameters stay what they were.
  if (weight < 0)
    fail("the weight of the loss of step %" PRId64 " is %g, expected at least 0", step, weight);
  report.loss = weight == 0 ? sum : sum / weight;
  checkFinite(report.loss, "loss", WEFT_PARAMETER);
  checkFinite(weight, "weight of the loss", WEFT_PARAMETER);
  if (weight > 0 && report.updates == 0 && !options.dumpGradients.empty())
    dumpGradients(options.dumpGradients, model.module, model.state, sum, weight);
  return weight;
}

/// A step without any target that counts is none for the optimizer: moments, decay and the
/// correction of bias wait for the next one. So its number is that of the update.
void Trainer::update() {
  model.step.step = static_cast<double>(report.updates + 1);
  model.apply(entry);
  report.gradientNorm = model.metric(entry, WEFT_METRIC_NORM);
  checkFinite(report.gradientNorm, "gradient norm", WEFT_GRADIENT);
  ++report.updates;
}

void Trainer::measure(int64_t nanoseconds) {
  trainNanoseconds += nanoseconds;
  ++timedSteps;
  double seconds = static_cast<double>(nanoseconds) * 1e-9;
  report.milliseconds = seconds * 1e3;
  report.tokensPerSecond = static_cast<double>(entry.tokens * options.microSteps()) / seconds;
  report.secondsLeft = static_cast<double>(report.steps - report.step) * 1e-9 *
                       static_cast<double>(trainNanoseconds) / static_cast<double>(timedSteps);
}

/// Says what the reason can be: before the first update it is not the learning rate. `role`: of the
/// states that the value comes from.
void Trainer::checkFinite(double value, const char *what, WeftRole role) const {
  if (std::isfinite(value))
    return;
  std::string why = "a lower --lr or a longer --warmup may help";
  if (report.updates == 0)
    why = "nothing was updated before, and " + whatIsNotFinite(model.module, model.state, role);
  fail("the %s of step %" PRId64 " is not finite (%g); %s", what, report.step, value, why.c_str());
}
