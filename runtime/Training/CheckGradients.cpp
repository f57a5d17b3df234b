// Differences of fourth order, (8 (f(x+h) - f(x-h)) - (f(x+2h) - f(x-2h))) / 12h: with h = 1e-3
// both what is cut off and what is rounded stay near 1e-12 of the loss, far below the tolerance.
//
// Errors are relative to the largest gradient of the tensor, and to 1e-4 of the largest gradient of
// all where a tensor's own is smaller: mathematically zero gradients (of a key bias) have no scale.
//
// Rows that an embedding reads as padding are passed over: their gradient leaves that reading out.
#include "Training/CheckGradients.h"

#include "Data/Permutation.h"
#include "Support/DType.h"
#include "Support/Error.h"
#include "Support/File.h"

#include <algorithm>
#include <cinttypes>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <vector>

using namespace weft::rt;

namespace {

constexpr double relativeStep = 1e-3;
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

/// At an element of the state, `offset` bytes from its begin.
double difference(Model &model, const WeftEntry &entry, uint64_t offset) {
  double value = 0;
  model.state.read(offset, sizeof(value), [&](const char *data, uint64_t, uint64_t bytes) {
    memcpy(&value, data, bytes);
  });
  double h = relativeStep * std::max(1.0, std::abs(value));
  auto set = [&](double now) {
    model.state.write(offset, sizeof(now),
                      [&](char *to, uint64_t, uint64_t bytes) { memcpy(to, &now, bytes); });
  };
  auto lossAt = [&](double change) {
    set(value + change);
    return model.evaluateInput(entry);
  };
  double near = lossAt(h) - lossAt(-h);
  double far = lossAt(2 * h) - lossAt(-2 * h);
  set(value);
  return (8 * near - far) / (12 * h);
}

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

struct Samples {
  double largestError = 0; // before it is put into relation
  uint64_t count = 0;
};

Samples sample(Model &model, const Checked &checked, const Options &options) {
  uint64_t count = checked.gradient.size();
  Permutation order(count, options.seed, 0);
  double most = 0;
  uint64_t samples = 0;
  for (uint64_t i = 0; i < count && samples < static_cast<uint64_t>(options.checkSamples); ++i) {
    uint64_t at = order(i);
    if (isPadding(*checked.parameter, at))
      continue;
    ++samples;
    uint64_t place = checked.parameter->offset + at * sizeof(double);
    double error = std::abs(difference(model, *options.trained, place) - checked.gradient[at]);
    most = std::isnan(error) ? INFINITY : std::max(most, error);
  }
  return {most, samples};
}

} // namespace

void weft::rt::requireDoubles(const Model &model) {
  for (int64_t i = 0; i < model.module.num_states; ++i) {
    const WeftState &state = model.module.states[i];
    bool used = state.role == WEFT_PARAMETER || state.role == WEFT_GRADIENT;
    if (used && state.dtype != WEFT_F64)
      fail("--check-gradients: expected a model in f64, '%s' is %s", state.name,
           dtypeName(state.dtype));
  }
}

void weft::rt::checkGradients(Model &model, const BatchSource *data, const Options &options) {
  model.step.step = 1;
  model.microStep(*options.trained, data, 0, false);
  std::vector<Checked> all = collect(model);
  double scaleOfAll = 0, worst = 0;
  for (const Checked &checked : all)
    scaleOfAll = std::max(scaleOfAll, largest(checked.gradient));
  for (const Checked &checked : all) {
    double scale = std::max(largest(checked.gradient), smallestScale * scaleOfAll);
    Samples samples = sample(model, checked, options);
    double relative = samples.largestError == 0 ? 0 : samples.largestError / scale;
    printf("%-40s %10zu elements, %6" PRIu64 " checked  relative error %.3g\n",
           checked.parameter->logical, checked.gradient.size(), samples.count, relative);
    worst = std::max(worst, relative);
  }
  flushOutput();
  if (!(worst <= options.checkTolerance))
    fail("gradients differ from finite differences: relative error %.3g, tolerance %.3g", worst,
         options.checkTolerance);
}
