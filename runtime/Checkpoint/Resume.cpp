// Going on from the newest whole checkpoint of a directory.
#include "Checkpoint/Checkpoint.h"
#include "Checkpoint/ConvertTensor.h"
#include "Checkpoint/Describe.h"
#include "Checkpoint/SafetensorsFile.h"
#include "Checkpoint/StoredTensors.h"
#include "Support/DType.h"
#include "Support/Error.h"
#include "Support/MappedFile.h"

#include <cinttypes>
#include <cstring>
#include <nlohmann/json.hpp>
#include <unistd.h>

using namespace weft::rt;
using json = nlohmann::ordered_json;

namespace {

/// Fails with an Error unless the file has the hash that was noted when it was written.
void checkHash(const Path &path, const json &run, const char *name) {
  MappedFile file(path.c_str());
  Hash hash;
  file.stream(file.data(), file.size(),
              [&](const char *data, uint64_t, uint64_t bytes) { hash.add(data, bytes); });
  char found[17];
  snprintf(found, sizeof(found), "%016" PRIx64, hash.value());
  if (run.at("hashes").at(name) != found)
    fail("'%s' is not what was written", path.c_str());
}

/// What is known of a checkpoint without its tensors. Fails with an Error if it is not whole.
struct Checked {
  ResumePoint point;
  json flags;
  std::string differences; // from this program

  Checked(const Path &folder, const WeftModule &module) {
    Path path = fileIn(folder, runFile);
    try {
      json run = json::parse(readText(path.c_str()));
      StepReport &report = point.report;
      report.step = run.at("step");
      report.learningRate = run.at("lr");
      report.logEnds = run.value("log_ends", int64_t(-1));
      report.skipped = run.at("loss").is_null();
      if (!report.skipped) {
        report.loss = run.at("loss");
        report.gradientNorm = run.at("grad_norm");
      }
      point.evaluationDue = access(fileIn(folder, dueFile).c_str(), F_OK) == 0;
      flags = run.at("flags");
      checkHash(fileIn(folder, modelFile), run, modelFile);
      checkHash(fileIn(folder, optimizerFile), run, optimizerFile);
      path = fileIn(folder, describeFile);
      differences = weft::rt::differences(readText(path.c_str()), module);
    } catch (const json::exception &error) {
      fail("'%s': %s", path.c_str(), error.what());
    }
  }
};

/// "--seed was 0 and is 1", for each flag that differs.
std::string compareFlags(const json &saved, const json &now) {
  std::string list;
  json all = saved;
  all.update(now);
  for (const auto &[name, ignored] : all.items()) {
    json before = saved.value(name, json()), after = now.value(name, json());
    if (before != after)
      list += (list.empty() ? "--" : "; --") + name + " was " + before.dump() + " and is " +
              after.dump();
  }
  return list;
}

/// What diverged is not worth going on from.
void checkFinite(const SafetensorsFile &file, const SafetensorsFile::Tensor &tensor, uint64_t at,
                 uint64_t bytes) {
  uint64_t size = bytesOfDType(tensor.dtype),
           bad = findNotFinite(tensor.data + at, tensor.dtype, bytes / size);
  if (bad == bytes / size)
    return;
  const char *place = tensor.data + at + bad * size;
  fail("'%s': tensor '%s' has the value %g at offset %" PRIu64
       ", expected finite numbers: remove this checkpoint to go on from the one before",
       file.path().c_str(), tensor.name.c_str(), realAt(place, tensor.dtype, 0),
       static_cast<uint64_t>(place - file.data()));
}

void load(const SafetensorsFile &file, const std::vector<StoredTensor> &tensors,
          StateBlock &state) {
  for (const StoredTensor &tensor : tensors) {
    const SafetensorsFile::Tensor *found = file.find(tensor.name);
    if (!found || found->dtype != dtypeName(tensor.dtype) || found->shape != tensor.shape)
      fail("'%s': expected a tensor '%s' of shape %s and dtype %s", file.path().c_str(),
           tensor.name.c_str(), shapeText(tensor.shape).c_str(), dtypeName(tensor.dtype));
    file.stream(*found, [&](const char *data, uint64_t at, uint64_t bytes) {
      checkFinite(file, *found, at, bytes);
      state.write(tensor.offset + at, bytes,
                  [&](char *to, uint64_t begin, uint64_t size) { memcpy(to, data + begin, size); });
    });
  }
}

int64_t readUpdates(const SafetensorsFile &file) {
  const SafetensorsFile::Tensor *found = file.find(updatesTensor);
  int64_t updates = 0;
  if (!found || found->bytes != sizeof(updates))
    fail("'%s': expected a tensor '%s' of 64 bits", file.path().c_str(), updatesTensor);
  memcpy(&updates, found->data, sizeof(updates));
  return updates;
}

} // namespace

std::optional<ResumePoint>
weft::rt::resumeFrom(const std::string &directory, const WeftModule &module,
                     const std::string &flags, StateBlock &state,
                     const std::function<void(const std::string &)> &note) {
  std::vector<int64_t> steps = listCheckpoints(directory);
  std::optional<Checked> checked;
  bool none = steps.empty();
  while (!checked && !steps.empty())
    try {
      checked.emplace(checkpointPath(directory, steps.back()), module);
    } catch (const Error &error) {
      note(std::string("passed over a broken checkpoint: ") + error.what());
      steps.pop_back();
    }
  if (none)
    return std::nullopt;
  if (!checked)
    fail("no checkpoint in '%s' is whole; without --resume, and in another directory, the run "
         "starts "
         "from the beginning",
         directory.c_str());
  Path folder = checkpointPath(directory, steps.back());
  if (!checked->differences.empty())
    fail("'%s' is of another program: %s; --init-from takes weights alone", folder.c_str(),
         checked->differences.c_str());
  std::string changed = compareFlags(checked->flags, json::parse(flags));
  if (!changed.empty())
    fail("'%s' is of another run: %s; the same flags, or another --checkpoint-dir", folder.c_str(),
         changed.c_str());
  load(SafetensorsFile(fileIn(folder, modelFile).c_str()), storedParameters(module), state);
  SafetensorsFile optimizer(fileIn(folder, optimizerFile).c_str());
  load(optimizer, storedMoments(module), state);
  checked->point.report.updates = readUpdates(optimizer);
  checked->point.steps = std::move(steps);
  return checked->point;
}
