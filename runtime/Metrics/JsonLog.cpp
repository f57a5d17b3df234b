#include "Metrics/JsonLog.h"

#include "Metrics/StepJson.h"
#include "Support/Error.h"
#include "Support/FixedText.h"

#include <cinttypes>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace weft::rt;

namespace {

/// The step of a line; -1 for what is no whole line.
int64_t stepOf(const std::string &line) {
  auto parsed = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
  return parsed.is_object() && parsed.contains("step") && parsed["step"].is_number_integer()
             ? parsed["step"].get<int64_t>()
             : -1;
}

/// Cuts off the lines after step `kept`. They must go up to it, or to where the log was given up:
/// other gaps are of another run.
void cutAfter(const std::string &path, int64_t kept, int64_t ends) {
  std::error_code error;
  if (kept == 0 || !std::filesystem::is_regular_file(path, error) ||
      std::filesystem::file_size(path) == 0)
    return;
  std::ifstream stream(path, std::ios::binary);
  uint64_t end = 0;
  int64_t last = 0, first = -1;
  for (std::string line; std::getline(stream, line) && !stream.eof(); end += line.size() + 1) {
    int64_t step = stepOf(line);
    first = first < 0 ? step : first;
    if (step < 0 || step > kept)
      break;
    last = step;
  }
  bool isWhole = ends >= 0 ? last <= ends : last == kept;
  if (!isWhole && first != kept + 1)
    fail("'%s' does not go up to step %" PRId64
         ", after which the run goes on: expected the log of "
         "the same run, or a new file",
         path.c_str(), kept);
  std::filesystem::resize_file(path, end);
}

} // namespace

JsonLog::JsonLog(std::string name, int64_t kept, int64_t ends)
    : path(std::move(name)), file((cutAfter(path, kept, ends), path.c_str()),
                                  kept > 0 ? OutputFile::Append : OutputFile::Empty),
      last(kept) {}

template <typename Do> void JsonLog::unlessLost(Do act) {
  if (isLost)
    return;
  try {
    act();
  } catch (const Error &error) {
    isLost = true;
    warn("%s; the run goes on without this log", error.what());
  }
}

void JsonLog::sync() {
  unlessLost([&] { file.sync(); });
}

/// All of a line, or nothing of it.
void JsonLog::write(std::string_view line) {
  uint64_t before = file.size();
  try {
    file.write(line.data(), line.size());
  } catch (...) {
    file.cutAfter(before);
    throw;
  }
}

void JsonLog::add(const StepReport &report) {
  FixedText<2048> line;
  line.append("{");
  appendStep(line, report);
  // A step of an earlier run, whose evaluation was caught up on, was not timed by this one.
  if (report.milliseconds > 0)
    line.append(", \"tokens_per_s\": %.6g, \"ms_per_step\": %.6g", report.tokensPerSecond,
                report.milliseconds);
  for (const ValidationLoss &each : report.validation)
    line.append(", \"val_loss%s%s\": %.17g", *each.name ? "." : "", each.name, each.loss);
  line.append("}\n");
  unlessLost([&] { write(line.view()); });
  if (!isLost)
    last = report.step;
}
