// --log: one JSON object a step.
#ifndef WEFT_RT_METRICS_JSONLOG_H
#define WEFT_RT_METRICS_JSONLOG_H

#include "Metrics/StepReport.h"
#include "Support/File.h"

#include <string>

namespace weft::rt {

class JsonLog {
public:
  /// Creates or empties the file; fails with an Error that names it. After step `kept` of an earlier
  /// run, the lines up to that step stay.
  explicit JsonLog(std::string path, int64_t kept = 0);

  /// One write(2), so that a reader never sees half a line. Allocates nothing; fails with an Error.
  void add(const StepReport &report);
  /// Brings it to the disk.
  void sync() { file.sync(); }

private:
  std::string path;
  OutputFile file;
};

} // namespace weft::rt

#endif // WEFT_RT_METRICS_JSONLOG_H
