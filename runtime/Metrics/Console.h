// What a person sees of a run: a progress bar on a terminal, one line a step elsewhere.
#ifndef WEFT_RT_METRICS_CONSOLE_H
#define WEFT_RT_METRICS_CONSOLE_H

#include "Metrics/StepReport.h"

#include <string_view>

namespace weft::rt {

/// Writes to one descriptor without allocating. After a first failure (a reader that went away, a
/// full disk) it writes no more.
class Console {
public:
  explicit Console(int descriptor);

  void show(const StepReport &report);
  void showEvaluation(std::span<const ValidationLoss> losses);
  /// A line of its own.
  void note(std::string_view line);
  /// Ends the progress bar, if there is one.
  void finish();
  /// The errno of that failure, the first time that it is asked for; else 0.
  int takeError();

private:
  void showBar(const StepReport &report);
  void put(std::string_view text);

  int descriptor;
  bool terminal;
  bool barOpen = false;
  bool lost = false;
  int error = 0;
};

} // namespace weft::rt

#endif // WEFT_RT_METRICS_CONSOLE_H
