// --log: one JSON object a step.
#ifndef WEFT_RT_METRICS_JSONLOG_H
#define WEFT_RT_METRICS_JSONLOG_H

#include "Metrics/StepReport.h"
#include "Support/File.h"

#include <string>
#include <string_view>

namespace weft::rt {

/// A log that cannot be written any more is given up with a warning: it is not worth the run.
class JsonLog {
public:
  /// Creates or empties the file; fails with an Error that names it. After step `kept` of an
  /// earlier run, the lines up to that step stay.
  /// `ends`: see below, of that run.
  explicit JsonLog(std::string path, int64_t kept = 0, int64_t ends = -1);

  /// One write(2), so that a reader never sees half a line. Allocates nothing.
  void add(const StepReport &report);
  /// Brings it to the disk.
  void sync();
  /// The step of the last line that it can have, where it was given up; else -1.
  int64_t ends() const { return isLost ? last : -1; }

private:
  template <typename Do> void unlessLost(Do act);
  void write(std::string_view line);

  std::string path;
  OutputFile file;
  int64_t last;
  bool isLost = false;
};

} // namespace weft::rt

#endif // WEFT_RT_METRICS_JSONLOG_H
