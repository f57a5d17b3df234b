// Errors are relative to the largest gradient of the tensor, and to 1e-4 of the largest gradient of
// all where a tensor's own is smaller: mathematically zero gradients (of a key bias) have no scale.
//
// Rows that an embedding reads as padding are passed over: their gradient leaves that reading out.
#include "Training/CheckGradients.h"

#include "Data/Permutation.h"
#include "Support/DType.h"
#include "Support/Error.h"
#include "Support/File.h"
#include "Training/Derivative.h"

#include <algorithm>
#include <cinttypes>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

using namespace weft::rt;

namespace {

constexpr double smallestScale = 1e-4;

struct Checked {
  const WeftState *parameter;
  std::vector<double> gradient;
};

/// The gradient that belongs to a parameter, or null for a frozen one.
const WeftState *gradientOf(const WeftModule &module, const WeftState &parameter) {
  for (int64_t i = 0; i < module.num_states; ++i)
    if (module.states[i].role == WEFT_GRADIENT &&
        strcmp(module.states[i].logical, parameter.logical) == 0)
      return &module.states[i];
  return nullptr;
}

std::vector<Checked> collect(const Model &model) {
  std::vector<Checked> all;
  for (int64_t i = 0; i < model.module.num_states; ++i) {
    const WeftState &parameter = model.module.states[i];
    const WeftState *gradient =
        parameter.role == WEFT_PARAMETER ? gradientOf(model.module, parameter) : nullptr;
    if (!gradient)
      continue;
    std::vector<double> values(static_cast<size_t>(elementCount(gradient->dims, gradient->rank)));
    model.state.read(gradient->offset, gradient->bytes,
                     [&](const char *data, uint64_t at, uint64_t bytes) {
                       memcpy(reinterpret_cast<char *>(values.data()) + at, data, bytes);
                     });
    all.push_back({&parameter, std::move(values)});
  }
  return all;
}

/// The loss of the batch in the input block as a function of one element of the state.
class LossOfElement {
public:
  /// `offset`: in bytes, from the state's begin.
  LossOfElement(Model &model, const WeftEntry &entry, uint64_t offset)
      : model(model), entry(entry), offset(offset) {
    model.state.read(offset, sizeof(value), [&](const char *data, uint64_t, uint64_t bytes) {
      memcpy(&value, data, bytes);
    });
  }
  ~LossOfElement() { set(value); }

  double operator()(double change) const {
    set(value + change);
    return model.evaluateInput(entry);
  }
  double scale() const { return std::max(1.0, std::abs(value)); }

private:
  void set(double now) const {
    model.state.write(offset, sizeof(now),
                      [&](char *to, uint64_t, uint64_t bytes) { memcpy(to, &now, bytes); });
  }

  Model &model;
  const WeftEntry &entry;
  uint64_t offset;
  double value = 0;
};

double largest(const std::vector<double> &values) {
  double most = 0;
  for (double value : values)
    most = std::max(most, std::abs(value));
  return most;
}

/// Whether the element is in a row of padding.
bool isPadding(const WeftState &parameter, uint64_t at) {
  const int64_t *rows = parameter.padding_rows, *end = rows + parameter.num_padding_rows;
  if (rows == end)
    return false;
  auto size = static_cast<uint64_t>(elementCount(parameter.dims + 1, parameter.rank - 1));
  return std::find(rows, end, static_cast<int64_t>(at / size)) != end;
}

/// What was found at the elements of one parameter.
struct Sampled {
  uint64_t count = 0;
  Verdict worst;
  uint64_t worstAt = 0;
  std::string kinks; // "[3] [17]"
};

class Sampler {
public:
  Sampler(Model &model, const Options &options)
      : model(model), options(options), here(model.evaluateInput(*options.trained)) {}

  /// Looks at some elements; an error of `scale` is one of 1.
  Sampled sample(const Checked &checked, double scale) {
    Sampled sampled;
    uint64_t count = checked.gradient.size();
    Permutation order(count, options.seed, 0);
    auto most = static_cast<uint64_t>(options.checkSamples);
    for (uint64_t i = 0; i < count && sampled.count < most; ++i)
      if (!isPadding(*checked.parameter, order(i)))
        add(judge(checked, order(i), scale), order(i), sampled);
    return sampled;
  }

private:
  Verdict judge(const Checked &checked, uint64_t at, double scale) {
    LossOfElement loss(model, *options.trained, checked.parameter->offset + at * sizeof(double));
    return judgeDerivative(checked.gradient[at], std::ref(loss), here,
                           options.checkStep * loss.scale(), options.checkTolerance * scale);
  }

  static void add(const Verdict &verdict, uint64_t at, Sampled &sampled) {
    ++sampled.count;
    if (verdict.isNearKink)
      sampled.kinks += " [" + std::to_string(at) + "]";
    if (verdict.error < sampled.worst.error)
      return;
    sampled.worst = verdict;
    sampled.worstAt = at;
  }

  Model &model;
  const Options &options;
  double here; // the loss
};

void print(const Checked &checked, const Sampled &sampled, double relative) {
  printf("%-40s %10zu elements, %6" PRIu64 " checked  relative error %.3g\n",
         checked.parameter->logical, checked.gradient.size(), sampled.count, relative);
  if (!sampled.kinks.empty())
    printf("  near a kink, by smaller steps or from one side:%s\n", sampled.kinks.c_str());
}

/// "'wte.weight' at [12] is 0.5 and the difference 0.25"
std::string describe(const Checked &checked, const Sampled &sampled) {
  char text[128];
  snprintf(text, sizeof(text), "' at [%" PRIu64 "] is %.6g and the difference %.6g",
           sampled.worstAt, checked.gradient[sampled.worstAt], sampled.worst.difference);
  return std::string("that of '") + checked.parameter->logical + text;
}

} // namespace

void weft::rt::requireDoubles(const Model &model) {
  for (int64_t i = 0; i < model.module.num_states; ++i) {
    const WeftState &state = model.module.states[i];
    bool used = state.role == WEFT_PARAMETER || state.role == WEFT_GRADIENT;
    if (used && state.dtype != WEFT_F64)
      fail("--check-gradients: expected a model in f64, '%s' is %s", state.name,
           textOf<WeftDType>(state.dtype));
  }
}

void weft::rt::checkGradients(Model &model, const BatchSource *data, const Options &options) {
  model.step.step = 1;
  model.microStep(*options.trained, data, 0, false);
  std::vector<Checked> all = collect(model);
  double scaleOfAll = 0, worst = 0;
  std::string where;
  for (const Checked &checked : all)
    scaleOfAll = std::max(scaleOfAll, largest(checked.gradient));
  Sampler sampler(model, options);
  for (const Checked &checked : all) {
    double scale = std::max(largest(checked.gradient), smallestScale * scaleOfAll);
    Sampled sampled = sampler.sample(checked, scale);
    double relative = sampled.worst.error == 0 ? 0 : sampled.worst.error / scale;
    print(checked, sampled, relative);
    if (relative <= worst)
      continue;
    worst = relative;
    where = describe(checked, sampled);
  }
  flushOutput();
  if (!(worst <= options.checkTolerance))
    fail("gradients differ from finite differences: %s, relative error %.3g, tolerance %.3g",
         where.c_str(), worst, options.checkTolerance);
}
