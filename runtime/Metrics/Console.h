// What a person sees of a run: a progress bar on a terminal, one line a step elsewhere.
#ifndef WEFT_RT_METRICS_CONSOLE_H
#define WEFT_RT_METRICS_CONSOLE_H

#include "Metrics/StepReport.h"

#include <string_view>

namespace weft::rt {

/// Writes to one descriptor without allocating. A reader that went away is no reason to stop a
/// run, so that failures to write are ignored here (unlike those of --log).
class Console {
public:
  explicit Console(int descriptor);

  void show(const StepReport &report);
  void showEvaluation(std::span<const ValidationLoss> losses);
  /// A line of its own.
  void note(std::string_view line);
  /// Ends the progress bar, if there is one.
  void finish();

private:
  void showBar(const StepReport &report);
  void put(std::string_view text);

  int descriptor;
  bool terminal;
  bool barOpen = false;
};

} // namespace weft::rt

#endif // WEFT_RT_METRICS_CONSOLE_H
