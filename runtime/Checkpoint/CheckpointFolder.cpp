#include "Checkpoint/CheckpointFolder.h"

#include <algorithm>
#include <charconv>
#include <cinttypes>
#include <filesystem>
#include <string_view>
#include <unistd.h>

using namespace weft::rt;

namespace {

constexpr std::string_view prefix = "step-";

/// The step of "step-000200"; -1 for another name.
int64_t stepOf(const std::string &name) {
  int64_t step = -1;
  if (name.compare(0, prefix.size(), prefix) != 0)
    return -1;
  const char *end = name.data() + name.size();
  auto [stop, error] = std::from_chars(name.data() + prefix.size(), end, step);
  return error == std::errc() && stop == end && step >= 0 ? step : -1;
}

} // namespace

Path weft::rt::checkpointPath(const std::string &directory, int64_t step, const char *before,
                              const char *after) {
  Path path;
  path.append("%s/%sstep-%06" PRId64 "%s", directory.c_str(), before, step, after);
  return path;
}

Path weft::rt::fileIn(const Path &folder, const char *name) {
  Path path = folder;
  path.append("/%s", name);
  return path;
}

std::vector<int64_t> weft::rt::listCheckpoints(const std::string &directory) {
  std::vector<int64_t> steps;
  std::error_code error;
  for (const auto &entry : std::filesystem::directory_iterator(directory, error)) {
    int64_t step = stepOf(entry.path().filename());
    if (step >= 0 && entry.is_directory())
      steps.push_back(step);
  }
  std::sort(steps.begin(), steps.end());
  return steps;
}

void weft::rt::removeLeftovers(const std::string &directory) {
  std::vector<std::string> leftovers;
  std::error_code error;
  for (const auto &entry : std::filesystem::directory_iterator(directory, error)) {
    std::filesystem::path name = entry.path().filename();
    bool ours = name.extension() == ".tmp" || name.extension() == ".old";
    if (ours && name.string()[0] == '.' && stepOf(name.stem().string().substr(1)) >= 0)
      leftovers.push_back(entry.path());
  }
  for (const std::string &path : leftovers) {
    Path folder;
    folder.append("%s", path.c_str());
    removeCheckpoint(folder);
  }
}

void weft::rt::removeCheckpoint(const Path &folder) {
  for (const char *name : checkpointFiles)
    unlink(fileIn(folder, name).c_str());
  rmdir(folder.c_str());
}
