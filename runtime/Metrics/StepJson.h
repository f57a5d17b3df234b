// The figures of a step as members of a JSON object: for the log, and for the place of a
// checkpoint.
#ifndef WEFT_RT_METRICS_STEPJSON_H
#define WEFT_RT_METRICS_STEPJSON_H

#include "Metrics/StepReport.h"
#include "Support/FixedText.h"

#include <cinttypes>

namespace weft::rt {

/// 17 digits bring every double back as it was. A skipped step has no loss and no norm: null.
template <size_t Capacity> void appendStep(FixedText<Capacity> &text, const StepReport &report) {
  auto number = [&](const char *name, double value, bool isKnown) {
    if (isKnown)
      text.append(", \"%s\": %.17g", name, value);
    else
      text.append(", \"%s\": null", name);
  };
  text.append("\"step\": %" PRId64, report.step);
  number("loss", report.loss, !report.skipped);
  number("lr", report.learningRate, true);
  number("grad_norm", report.gradientNorm, !report.skipped);
}

} // namespace weft::rt

#endif // WEFT_RT_METRICS_STEPJSON_H
