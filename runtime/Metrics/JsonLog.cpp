#include "Metrics/JsonLog.h"

#include "Support/FixedText.h"

#include <cinttypes>

using namespace weft::rt;

void JsonLog::add(const StepReport &report) {
  FixedText<2048> line;
  // 17 digits bring every double back as it was.
  line.append("{\"step\": %" PRId64 ", \"loss\": %.17g, \"lr\": %.17g, \"grad_norm\": %.17g, "
              "\"tokens_per_s\": %.6g, \"ms_per_step\": %.6g",
              report.step, report.loss, report.learningRate, report.gradientNorm,
              report.tokensPerSecond, report.milliseconds);
  for (const ValidationLoss &each : report.validation)
    line.append(", \"val_loss%s%s\": %.17g", *each.name ? "." : "", each.name, each.loss);
  line.append("}\n");
  file.write(line.view().data(), line.view().size());
}
