#include "Metrics/JsonLog.h"

#include "Support/FixedText.h"

#include <cinttypes>

using namespace weft::rt;

void JsonLog::add(const StepReport &report) {
  FixedText<512> line;
  // 17 digits bring every double back as it was.
  line.append("{\"step\": %" PRId64 ", \"loss\": %.17g, \"lr\": %.17g, \"grad_norm\": %.17g, "
              "\"tokens_per_s\": %.6g, \"ms_per_step\": %.6g",
              report.step, report.loss, report.learningRate, report.gradientNorm,
              report.tokensPerSecond, report.milliseconds);
  if (report.evaluated)
    line.append(", \"val_loss\": %.17g", report.validationLoss);
  line.append("}\n");
  file.write(line.view().data(), line.view().size());
}
