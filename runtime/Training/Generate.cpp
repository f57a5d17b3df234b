// One token is one run of the logits program over the last tokens, as many as the model's sequences
// are long. They stand at the start of sequence 0; what stands behind them, and in the other
// sequences, is 0. In a causal model none of that reaches the row that is read. In any other,
// generation means nothing.
#include "Training/Generate.h"

#include "Checkpoint/LoadParameters.h"
#include "Device/CPU/Philox.h"
#include "Support/DType.h"
#include "Support/Entries.h"
#include "Support/Error.h"
#include "Support/File.h"
#include "Training/Signals.h"

#include <algorithm>
#include <charconv>
#include <cinttypes>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <numeric>

using namespace weft::rt;

namespace {

constexpr uint64_t samplingStream = 0x67656e6572617465; // no parameter's key but by accident

const WeftEntry &findLogits(const WeftModule &module) {
  if (const WeftEntry *entry = findEntry(module, WEFT_ENTRY_LOGITS)) {
    for (int64_t i = 0; i < entry->num_inputs; ++i)
      if (entry->inputs[i].dtype != WEFT_I32)
        fail("--generate: expected ids and rows of i32, input '%s' is of %s", entry->inputs[i].name,
             textOf<WeftDType>(entry->inputs[i].dtype));
    return *entry;
  }
  fail("'%s' has no program for logits, which --generate needs: the compiler makes one for a model "
       "with one weft.cross_entropy, of logits that depend on one input of ids [sequences, length] "
       "and have a row for each id",
       module.name);
}

int64_t vocabularyOf(const WeftEntry &entry) { return entry.metrics[0]->dims[0]; }

std::vector<int32_t> parseText(const std::string &text, const WeftEntry &entry) {
  int64_t vocabulary = vocabularyOf(entry);
  if (vocabulary > 256)
    fail("--generate: '%s' has %" PRId64 " tokens, more than bytes; give ids with --generate-ids",
         entry.module->name, vocabulary);
  std::vector<int32_t> tokens(text.size());
  std::transform(text.begin(), text.end(), tokens.begin(),
                 [](char c) { return static_cast<unsigned char>(c); });
  return tokens;
}

std::vector<int32_t> parseIds(const std::string &text) {
  std::vector<int32_t> tokens;
  const char *begin = text.data(), *end = begin + text.size();
  while (begin != end) {
    int32_t token;
    auto [rest, error] = std::from_chars(begin, end, token);
    bool more = rest != end && *rest == ',' && rest + 1 != end;
    if (error != std::errc() || (rest != end && !more))
      fail("--generate-ids: expected numbers with commas between them, as in 1,2,3, found '%s'",
           text.c_str());
    tokens.push_back(token);
    begin = more ? rest + 1 : rest;
  }
  return tokens;
}

std::vector<int32_t> parsePrompt(const Options &options, const WeftEntry &entry) {
  bool isText = options.generateIds.empty();
  const char *flag = isText ? "--generate" : "--generate-ids";
  std::vector<int32_t> tokens =
      isText ? parseText(options.generate, entry) : parseIds(options.generateIds);
  if (tokens.empty())
    fail("%s: expected at least one token to begin with, found none", flag);
  int64_t limit = vocabularyOf(entry);
  if (entry.inputs[0].limit >= 0)
    limit = std::min(limit, entry.inputs[0].limit);
  for (int32_t token : tokens)
    if (token < 0 || token >= limit)
      fail("%s: expected tokens of '%s', which are below %" PRId64 ", found %d", flag,
           entry.module->name, limit, token);
  return tokens;
}

/// The best `count` tokens, best first.
std::vector<int32_t> bestTokens(const std::vector<double> &logits, size_t count) {
  std::vector<int32_t> order(logits.size());
  std::iota(order.begin(), order.end(), 0);
  auto isBetter = [&](int32_t a, int32_t b) {
    return logits[a] != logits[b] ? logits[a] > logits[b] : a < b;
  };
  std::partial_sort(order.begin(), order.begin() + static_cast<ptrdiff_t>(count), order.end(),
                    isBetter);
  order.resize(count);
  return order;
}

} // namespace

int32_t weft::rt::chooseToken(const std::vector<double> &logits, const Sampling &sampling,
                              uint64_t position) {
  for (double logit : logits)
    if (std::isnan(logit) || logit == INFINITY)
      fail("a logit of the token at position %" PRIu64 " is %g; these weights give no distribution",
           position, logit);
  bool isDrawn = sampling.temperature > 0;
  size_t count = isDrawn ? logits.size() : 1;
  if (isDrawn && sampling.topK)
    count = std::min(count, static_cast<size_t>(sampling.topK));
  std::vector<int32_t> best = bestTokens(logits, count);
  if (count == 1)
    return best[0];
  std::vector<double> sums(count);
  double sum = 0;
  for (size_t i = 0; i < count; ++i)
    sums[i] = sum += std::exp((logits[best[i]] - logits[best[0]]) / sampling.temperature);
  double drawn = toUnit(draw(sampling.seed, samplingStream, position)[0]) * sum;
  size_t chosen =
      static_cast<size_t>(std::upper_bound(sums.begin(), sums.end(), drawn) - sums.begin());
  return best[std::min(chosen, count - 1)];
}

Generator::Generator(const WeftModule &module, const Options &options)
    : options(options), entry(findLogits(module)), runtime{prepareThreads()},
      model(module, runtime), sampling{options.temperature, options.topK, options.seed},
      tokens(parsePrompt(options, entry)), logits(static_cast<size_t>(vocabularyOf(entry))) {
  model.initialize(options.seed);
  loadParameters(options.initFrom, module, model.state, options.ignoreTensors);
}

int32_t Generator::nextToken() {
  const WeftInput &ids = entry.inputs[0], &row = entry.inputs[1];
  size_t count = std::min(tokens.size(), static_cast<size_t>(ids.dims[1]));
  char *input = model.device->nextInput();
  memset(input, 0, model.module.input_bytes);
  auto *sequence = reinterpret_cast<int32_t *>(input + ids.offset);
  std::copy(tokens.end() - static_cast<ptrdiff_t>(count), tokens.end(), sequence);
  *reinterpret_cast<int32_t *>(input + row.offset) = static_cast<int32_t>(count - 1);
  model.device->sendInput();
  model.computeLogits(entry);
  const WeftState &values = *entry.metrics[0];
  model.state.read(values.offset, values.bytes, [&](const char *data, uint64_t at, uint64_t bytes) {
    uint64_t first = elementsIn(values.dtype, at), count = elementsIn(values.dtype, bytes);
    for (uint64_t i = 0; i < count; ++i)
      logits[first + i] = loadReal(data, values.dtype, static_cast<int64_t>(i));
  });
  return chooseToken(logits, sampling, tokens.size());
}

void Generator::print(int32_t token) {
  if (options.generateIds.empty())
    putchar(token);
  else
    printf("%s%d", printed ? "," : "", token);
  printed = true;
}

void Generator::run() {
  catchStopSignals();
  size_t length = static_cast<size_t>(entry.inputs[0].dims[1]);
  if (tokens.size() > length)
    warn("the prompt has %zu tokens and '%s' sees %zu at a time: the last %zu count, the others do "
         "not",
         tokens.size(), model.module.name, length, length);
  for (int32_t token : tokens)
    print(token);
  flushOutput();
  for (int64_t i = 0; i < options.maxNewTokens && !stopRequested(); ++i) {
    tokens.push_back(nextToken());
    print(tokens.back());
    flushOutput();
  }
  putchar('\n');
  flushOutput();
}
