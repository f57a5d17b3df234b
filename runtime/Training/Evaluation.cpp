#include "Training/Evaluation.h"

#include "Support/Entries.h"
#include "Support/Error.h"
#include "Training/NotFinite.h"
#include "Training/OpenData.h"
#include "Training/Signals.h"

#include <algorithm>
#include <cinttypes>
#include <cmath>

using namespace weft::rt;

namespace {

/// NAME=PATH, where NAME is that of an eval op; else all of it is a path.
std::pair<const WeftEntry *, std::string> split(const WeftModule &module, const std::string &text) {
  size_t end = text.find('=');
  if (end == std::string::npos)
    return {nullptr, text};
  const WeftEntry *entry = findEntry(module, WEFT_ENTRY_EVAL, text.substr(0, end).c_str());
  return {entry, entry ? text.substr(end + 1) : text};
}

} // namespace

Evaluation::Evaluation(const WeftModule &module, const Options &options, int threads) {
  std::vector<std::string> paths(static_cast<size_t>(module.num_entries));
  for (const std::string &text : options.valData) {
    auto [named, path] = split(module, text);
    for (int64_t i = 0; i < module.num_entries; ++i)
      if (module.entries[i].kind == WEFT_ENTRY_EVAL && (!named || named == &module.entries[i])) {
        if (!paths[i].empty())
          fail("--val-data: '%s' and '%s' are both for '%s'; give NAME=PATH once for each",
               paths[i].c_str(), path.c_str(), module.entries[i].name);
        paths[i] = path;
      }
  }
  for (int64_t i = 0; i < module.num_entries; ++i)
    if (!paths[i].empty())
      open(module.entries[i], paths[i], options, threads);
  if (!options.valData.empty() && parts.empty())
    fail("--val-data: '%s' evaluates nothing", module.name);
}

void Evaluation::open(const WeftEntry &entry, const std::string &path, const Options &options,
                      int threads) {
  std::unique_ptr<BatchSource> data = openData(path, entry, options, threads);
  uint64_t batches = data->evaluationBatches(); // the whole file, once
  if (batches == 0)
    fail("'%s' is too short: it has fewer sequences than the %" PRId64 " of one micro-batch",
         path.c_str(), entry.sequences);
  if (options.evalBatches)
    batches = std::min(batches, static_cast<uint64_t>(options.evalBatches));
  parts.push_back({&entry, std::move(data), batches, path});
  bool isFirst = &entry == findEntry(*entry.module, WEFT_ENTRY_EVAL);
  results.push_back({isFirst ? "" : entry.name, 0});
}

void Evaluation::requireTargets(Model &model) const {
  for (const Part &part : parts) {
    double weight = 0;
    for (uint64_t batch = 0; batch < part.batches && weight == 0; ++batch) {
      model.evaluate(*part.entry, *part.data, batch, false);
      weight = model.metric(*part.entry, WEFT_METRIC_WEIGHT);
    }
    if (weight == 0)
      fail("'%s' has no target that counts in the %" PRIu64
           " micro-batches that '%s' is evaluated on: "
           "give other data%s",
           part.path.c_str(), part.batches, part.entry->name,
           part.batches < part.data->evaluationBatches() ? ", or a larger --eval-batches" : "");
  }
}

bool Evaluation::run(Model &model) {
  for (size_t i = 0; i < parts.size(); ++i) {
    const Part &part = parts[i];
    for (uint64_t batch = 0; batch < part.batches && !stopRequested(); ++batch)
      model.evaluate(*part.entry, *part.data, batch, batch > 0);
    if (stopRequested())
      return false;
    results[i].loss = lossOf(part, model);
  }
  return true;
}

/// The data or the weights are at fault where it is not finite: training has a finite loss by then.
double Evaluation::lossOf(const Part &part, Model &model) const {
  double weight = model.metric(*part.entry, WEFT_METRIC_WEIGHT);
  double loss = model.metric(*part.entry, WEFT_METRIC_SUM) / weight;
  if (!std::isfinite(loss))
    fail("the loss of '%s' on the validation data '%s' is not finite (%g, of weight %g): %s",
         part.entry->name, part.path.c_str(), loss, weight,
         whatIsNotFinite(model.module, model.state, WEFT_PARAMETER).c_str());
  return loss;
}
