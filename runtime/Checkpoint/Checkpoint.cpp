#include "Checkpoint/Checkpoint.h"

#include "Checkpoint/Describe.h"
#include "Checkpoint/StoredTensors.h"
#include "Metrics/StepJson.h"
#include "Support/Error.h"

#include <algorithm>
#include <cerrno>
#include <cinttypes>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace weft::rt;

namespace {

std::vector<TensorToWrite> moments(const WeftModule &module, const StateBlock &state,
                                   const int64_t &updates) {
  std::vector<TensorToWrite> tensors = toWrite(storedMoments(module), state);
  tensors.push_back(
      {updatesTensor, "I64", {}, sizeof(updates), reinterpret_cast<const char *>(&updates)});
  return tensors;
}

/// Holds a step's place in the run; the hashes tell a whole checkpoint from a damaged one.
FixedText<1024> progress(const StepReport &report, uint64_t modelHash, uint64_t optimizerHash) {
  FixedText<1024> text;
  appendStep(text, report);
  if (report.logEnds >= 0)
    text.append(", \"log_ends\": %" PRId64, report.logEnds);
  text.append(", \"hashes\": {\"%s\": \"%016" PRIx64 "\", \"%s\": \"%016" PRIx64 "\"}", modelFile,
              modelHash, optimizerFile, optimizerHash);
  return text;
}

void writeText(const Path &path, std::initializer_list<std::string_view> parts) {
  OutputFile file(path.c_str());
  for (std::string_view part : parts)
    file.write(part.data(), part.size());
  file.sync();
}

} // namespace

CheckpointWriter::CheckpointWriter(std::string where, const WeftModule &module,
                                   const StateBlock &state, std::string flags, int64_t keep,
                                   std::vector<int64_t> existing)
    : directory(std::move(where)), flags(std::move(flags)), description(describe(module)),
      keep(keep), steps(std::move(existing)), model(toWrite(storedParameters(module), state)),
      optimizer(moments(module, state, savedUpdates)) {
  steps.reserve(std::max(steps.size(), static_cast<size_t>(keep)) + 1);
  constexpr size_t longestName = 64;
  if (directory.size() + longestName > PATH_MAX)
    fail("the name of the directory '%s' is too long", directory.c_str());
}

void CheckpointWriter::save(const StepReport &report, bool evaluationDue) {
  Path temporary = checkpointPath(directory, report.step, ".", ".tmp");
  removeCheckpoint(temporary);
  try {
    writeFiles(temporary, report, evaluationDue);
    publish(temporary, report.step);
  } catch (...) {
    removeCheckpoint(temporary);
    throw;
  }
  pointLatestTo(report.step);
  removeOld(report.step);
}

/// Where this does not reach the disk, the evaluation is done once more when the run goes on.
void CheckpointWriter::evaluated(int64_t step) {
  unlink(fileIn(checkpointPath(directory, step), dueFile).c_str());
}

void CheckpointWriter::writeFiles(const Path &folder, const StepReport &report,
                                  bool evaluationDue) {
  if (mkdir(folder.c_str(), 0777) != 0)
    fail("cannot create the directory '%s': %s", folder.c_str(), strerror(errno));
  savedUpdates = report.updates;
  FixedText<64> metadata;
  metadata.append("\"format\":\"pt\",\"step\":\"%" PRId64 "\"", report.step);
  uint64_t modelHash = model.write(fileIn(folder, modelFile).c_str(), metadata.view());
  uint64_t optimizerHash = optimizer.write(fileIn(folder, optimizerFile).c_str(), metadata.view());
  writeText(fileIn(folder, describeFile), {description});
  if (evaluationDue)
    writeText(fileIn(folder, dueFile), {});
  Path last = fileIn(folder, runFile);
  writeText(last, {"{", progress(report, modelHash, optimizerHash).view(), ", \"flags\": ", flags,
                   "}\n"});
  syncDirectoryOf(last.c_str());
}

void CheckpointWriter::publish(const Path &temporary, int64_t step) {
  Path folder = checkpointPath(directory, step);
  Path old = checkpointPath(directory, step, ".", ".old");
  // There is one of this step only where a run goes on before a broken checkpoint.
  removeCheckpoint(old);
  rename(folder.c_str(), old.c_str());
  renameDurably(temporary.c_str(), folder.c_str());
  removeCheckpoint(old);
}

/// A convenience for the user, which a file system without links does not have.
void CheckpointWriter::pointLatestTo(int64_t step) {
  Path link, beside;
  link.append("%s/latest", directory.c_str());
  beside.append("%s/.latest.tmp", directory.c_str());
  FixedText<32> target;
  target.append("step-%06" PRId64, step);
  unlink(beside.c_str());
  if (symlink(target.c_str(), beside.c_str()) == 0)
    renameDurably(beside.c_str(), link.c_str());
}

void CheckpointWriter::removeOld(int64_t step) {
  if (keep == 0)
    return;
  steps.push_back(step);
  while (steps.size() > static_cast<size_t>(keep)) {
    removeCheckpoint(checkpointPath(directory, steps.front()));
    steps.erase(steps.begin());
  }
}

void weft::rt::dumpGradients(const std::string &path, const WeftModule &module,
                             const StateBlock &state, double lossSum, double lossWeight) {
  SafetensorsWriter writer(
      toWrite(storedTensors(module, WEFT_GRADIENT, &WeftState::logical), state));
  FixedText<128> metadata;
  metadata.append("\"loss_sum\":\"%.17g\",\"loss_weight\":\"%.17g\"", lossSum, lossWeight);
  writer.replace(path, metadata.view());
}
