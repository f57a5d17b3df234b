#include "Metrics/Console.h"

#include "Support/File.h"
#include "Support/FixedText.h"

#include <algorithm>
#include <cinttypes>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utility>

using namespace weft::rt;

namespace {

using Line = FixedText<512>;

void appendDuration(Line &line, double seconds) {
  int64_t all = static_cast<int64_t>(seconds + 0.5);
  if (all >= 3600)
    line.append("%" PRId64 ":%02" PRId64 ":%02" PRId64, all / 3600, all / 60 % 60, all % 60);
  else
    line.append("%" PRId64 ":%02" PRId64, all / 60, all % 60);
}

/// The bar takes what a terminal line leaves: a line that wraps could not be written over.
void appendBar(Line &line, double done, int width) {
  int filled = static_cast<int>(done * width);
  line.append("[");
  for (int i = 0; i < width; ++i)
    line.append("%s", i < filled ? "=" : i == filled ? ">" : " ");
  line.append("] ");
}

int columnsOf(int descriptor) {
  winsize size;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

void appendFigures(Line &line, const StepReport &report) {
  line.append("step %" PRId64 "/%" PRId64, report.step, report.steps);
  if (report.skipped)
    line.append("  skipped: no target counts");
  else
    line.append("  loss %.4f  lr %.3g  grad norm %.3f", report.loss, report.learningRate,
                report.gradientNorm);
  line.append("  %.0f tokens/s", report.tokensPerSecond);
}

void appendValidation(Line &line, std::span<const ValidationLoss> losses) {
  for (const ValidationLoss &each : losses)
    line.append("  val loss %s%s%.4f", each.name, *each.name ? " " : "", each.loss);
}

} // namespace

Console::Console(int descriptor) : descriptor(descriptor), terminal(isatty(descriptor) == 1) {}

void Console::put(std::string_view text) {
  if (!lost)
    error = writeFully(descriptor, text.data(), text.size());
  lost |= error != 0;
}

int Console::takeError() { return std::exchange(error, 0); }

void Console::show(const StepReport &report) {
  if (terminal)
    return showBar(report);
  Line line;
  appendFigures(line, report);
  line.append("  %.1f ms", report.milliseconds);
  appendValidation(line, report.validation);
  line.append("\n");
  put(line.view());
}

void Console::showBar(const StepReport &report) {
  Line figures, line;
  appendFigures(figures, report);
  figures.append("  left ");
  appendDuration(figures, report.secondsLeft);
  int columns = columnsOf(descriptor) - 1, length = static_cast<int>(figures.view().size());
  int barWidth = std::min(24, columns - length - 3);
  line.append("\r");
  if (barWidth > 3)
    appendBar(line, static_cast<double>(report.step) / static_cast<double>(report.steps), barWidth);
  line.append("%.*s\x1b[K", columns, figures.c_str()); // clears what a longer line left
  put(line.view());
  barOpen = true;
  if (report.validation.empty())
    return;
  Line validation;
  validation.append("step %" PRId64, report.step);
  appendValidation(validation, report.validation);
  note(validation.view());
}

void Console::showEvaluation(std::span<const ValidationLoss> losses) {
  Line line;
  appendValidation(line, losses);
  note(line.view().substr(2));
}

void Console::note(std::string_view text) {
  finish();
  put(text);
  put("\n");
}

void Console::finish() {
  if (barOpen)
    put("\n");
  barOpen = false;
}
