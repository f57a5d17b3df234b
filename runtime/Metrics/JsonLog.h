// --log: one JSON object a step.
#ifndef WEFT_RT_METRICS_JSONLOG_H
#define WEFT_RT_METRICS_JSONLOG_H

#include "Metrics/StepReport.h"
#include "Support/File.h"

#include <string>

namespace weft::rt {

class JsonLog {
public:
  /// Creates or empties the file; fails with an Error that names it.
  explicit JsonLog(std::string path) : path(std::move(path)), file(this->path.c_str()) {}

  /// One write(2), so that a reader never sees half a line. Allocates nothing; fails with an Error.
  void add(const StepReport &report);

private:
  std::string path;
  OutputFile file;
};

} // namespace weft::rt

#endif // WEFT_RT_METRICS_JSONLOG_H
