// Compares what a training executable computed with the expectations in data/, by these rules:
//
//  f64  losses within 1e-12, gradients, gradient norms and updated weights within 1e-9 of
//  PyTorch's; f32  within twice the largest of the errors of plain f32 programs, plus 1e-6.
//
// A tensor's error is norm-wise, relative to the f64 result. The key third of `attn.c_attn.bias`
// has a gradient of zero in exact arithmetic (softmax does not see what all its inputs share): its
// gradient is compared absolutely, and, because AdamW makes full steps of any noise, its weights
// are only bounded by 1.1 x steps x learning rate around where they began.
//
// `--perturb` is for the comparison's own test: it must fail when one number is a little off.
#include "Checkpoint/SafetensorsFile.h"
#include "Support/Error.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

using nlohmann::json;
using weft::rt::fail;
using weft::rt::SafetensorsFile;

namespace {

struct Options {
  std::string what, expected, actual, precision;
  std::string perturbed; // "" for nothing
  size_t perturbedIndex = 0;
  double perturbation = 0;

  bool isF64() const { return precision == "f64"; }
};

using Values = std::vector<double>;

struct Range {
  size_t begin, end;
  bool contains(size_t i) const { return begin <= i && i < end; }
};

/// The keys' part of a tensor; empty for every tensor that has none.
Range keyRange(const std::string &name, size_t size) {
  const std::string suffix = "attn.c_attn.bias";
  bool isBias = name.size() >= suffix.size() &&
                name.compare(name.size() - suffix.size(), suffix.size(), suffix) == 0;
  return isBias ? Range{size / 3, 2 * (size / 3)} : Range{0, 0};
}

template <typename T> Values readAs(const SafetensorsFile::Tensor &tensor) {
  Values values(tensor.bytes / sizeof(T));
  for (size_t i = 0; i < values.size(); ++i) {
    T value;
    std::memcpy(&value, tensor.data + i * sizeof(T), sizeof(T));
    values[i] = value;
  }
  return values;
}

Values read(const SafetensorsFile &file, const SafetensorsFile::Tensor &tensor) {
  if (tensor.dtype == "F32")
    return readAs<float>(tensor);
  if (tensor.dtype == "F64")
    return readAs<double>(tensor);
  fail("'%s': tensor '%s' has dtype %s, expected F32 or F64", file.path().c_str(),
       tensor.name.c_str(), tensor.dtype.c_str());
}

json readJson(const std::string &path) {
  std::ifstream file(path);
  json value = json::parse(file, nullptr, /*allow_exceptions=*/false);
  if (value.is_discarded())
    fail("cannot read '%s': expected a JSON file", path.c_str());
  return value;
}

std::vector<json> readLines(const std::string &path) {
  std::ifstream file(path);
  std::vector<json> lines;
  for (std::string line; std::getline(file, line);) {
    lines.push_back(json::parse(line, nullptr, /*allow_exceptions=*/false));
    if (!lines.back().is_object())
      fail("'%s': line %zu is not a JSON object", path.c_str(), lines.size());
  }
  if (lines.empty())
    fail("cannot read '%s': expected a file of JSON lines", path.c_str());
  return lines;
}

class Comparison {
public:
  explicit Comparison(const Options &options)
      : options(options), summary(readJson(options.expected + ".json")),
        steps(readLines(options.expected + ".steps.jsonl")) {}

  void compareTensors(bool isGradients);
  void compareLosses();

  /// Prints the verdict; true if nothing was off.
  bool report() const;

private:
  void compareTensor(const std::string &name, bool isGradients, const Values &want,
                     const Values &got, const Values &initial);
  void compareLossOfGradients(const SafetensorsFile &actual);
  void compareNumber(const std::string &key, size_t step, double want, double got);

  double tolerance(double f64, const char *section, const std::string &name = "") const;
  Values readActual(const SafetensorsFile &file, const SafetensorsFile::Tensor &expected) const;
  void check(const std::string &name, double error, double limit);

  const Options &options;
  const json summary;
  const std::vector<json> steps; // what each update is expected to log
  size_t checks = 0, mismatches = 0;
  std::string worstName;
  double worstError = 0, worstLimit = 1;
};

} // namespace

double Comparison::tolerance(double f64, const char *section, const std::string &name) const {
  if (options.isF64())
    return f64;
  double largest = 0;
  for (const json &program : summary.at("f32_errors")) {
    const json &errors = program.at(section);
    largest = std::max(largest, (name.empty() ? errors : errors.at(name)).get<double>());
  }
  return 2 * largest + 1e-6;
}

void Comparison::check(const std::string &name, double error, double limit) {
  ++checks;
  bool isRight = error <= limit; // false for NaN
  if (!isRight) {
    ++mismatches;
    std::printf("mismatch: %s: error %.3g, expected at most %.3g\n", name.c_str(), error, limit);
  }
  if (worstName.empty() || error / limit > worstError / worstLimit) {
    worstName = name;
    worstError = error;
    worstLimit = limit;
  }
}

Values Comparison::readActual(const SafetensorsFile &file,
                              const SafetensorsFile::Tensor &expected) const {
  const char *path = file.path().c_str(), *name = expected.name.c_str();
  const SafetensorsFile::Tensor *tensor = file.find(expected.name);
  if (!tensor)
    fail("'%s': expected a tensor '%s', found none", path, name);
  if (tensor->shape != expected.shape)
    fail("'%s': tensor '%s' has shape %s, expected %s", path, name,
         weft::rt::shapeText(tensor->shape).c_str(), weft::rt::shapeText(expected.shape).c_str());
  if (tensor->dtype != (options.isF64() ? "F64" : "F32"))
    fail("'%s': tensor '%s' has dtype %s, expected %s", path, name, tensor->dtype.c_str(),
         options.isF64() ? "F64" : "F32");
  Values values = read(file, *tensor);
  if (expected.name == options.perturbed)
    values.at(options.perturbedIndex) += options.perturbation;
  return values;
}

void Comparison::compareTensor(const std::string &name, bool isGradients, const Values &want,
                               const Values &got, const Values &initial) {
  Range keys = keyRange(name, want.size());
  double difference = 0, norm = 0, keyDifference = 0, keyDrift = 0;
  for (size_t i = 0; i < want.size(); ++i) {
    double off = got[i] - want[i];
    if (!keys.contains(i)) {
      difference += off * off;
      norm += want[i] * want[i];
      continue;
    }
    keyDifference += off * off;
    // The larger of both, but a NaN stays.
    double drift = std::abs(got[i] - initial[i]);
    keyDrift = drift <= keyDrift ? keyDrift : drift;
  }
  check(name, std::sqrt(difference / norm),
        tolerance(1e-9, isGradients ? "gradients" : "weights", name));
  if (keys.begin == keys.end)
    return;
  std::string keyName = name + ".keys";
  if (isGradients)
    check(keyName, std::sqrt(keyDifference), tolerance(1e-9, "gradients", keyName));
  else
    check(keyName, keyDrift,
          1.1 * double(steps.size()) * summary.at("learning_rate").get<double>());
}

void Comparison::compareLossOfGradients(const SafetensorsFile &actual) {
  for (const char *key : {"loss_sum", "loss_weight"}) {
    auto found = actual.metadata().find(key);
    if (found == actual.metadata().end())
      fail("'%s': expected '%s' in the metadata, found none", actual.path().c_str(), key);
    double want = steps.at(0).at(key);
    compareNumber(key, 0, want, std::strtod(found->second.c_str(), nullptr));
  }
}

void Comparison::compareTensors(bool isGradients) {
  SafetensorsFile expected(options.expected +
                           (isGradients ? ".gradients.safetensors" : ".updated.safetensors"));
  SafetensorsFile initial(options.expected + ".weights.safetensors");
  SafetensorsFile actual(options.actual);
  for (const SafetensorsFile::Tensor &tensor : actual.tensors())
    if (!expected.find(tensor.name))
      fail("'%s': tensor '%s' is not expected", options.actual.c_str(), tensor.name.c_str());
  for (const SafetensorsFile::Tensor &tensor : expected.tensors())
    compareTensor(tensor.name, isGradients, read(expected, tensor), readActual(actual, tensor),
                  read(initial, *initial.find(tensor.name)));
  if (isGradients)
    compareLossOfGradients(actual);
}

void Comparison::compareNumber(const std::string &key, size_t step, double want, double got) {
  if (key == options.perturbed && step == options.perturbedIndex)
    got += options.perturbation;
  std::string name = key + " of step " + std::to_string(step + 1);
  double error = std::abs(got - want) / std::abs(want);
  if (key == "loss_weight")
    check(name, error, 0);
  else if (key == "grad_norm")
    check(name, error, tolerance(1e-9, "grad_norm"));
  else
    check(name, error, tolerance(1e-12, "loss"));
}

void Comparison::compareLosses() {
  std::vector<json> lines = readLines(options.actual);
  if (lines.size() != steps.size())
    fail("'%s' has %zu steps, expected %zu", options.actual.c_str(), lines.size(), steps.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].value("step", size_t(0)) != i + 1)
      fail("'%s': expected line %zu to be step %zu", options.actual.c_str(), i + 1, i + 1);
    for (const char *key : {"loss", "grad_norm"})
      compareNumber(key, i, steps[i].at(key), lines[i].value(key, std::nan("")));
  }
}

bool Comparison::report() const {
  std::printf("%s of %s in %s: %zu checks, %zu mismatches; closest to its limit: %s, error %.3g, "
              "limit %.3g\n",
              options.what.c_str(), options.actual.c_str(), options.precision.c_str(), checks,
              mismatches, worstName.c_str(), worstError, worstLimit);
  return mismatches == 0;
}

static void addOptions(CLI::App &app, Options &options) {
  app.add_option("what", options.what, "gradients, weights or losses")
      ->required()
      ->check(CLI::IsMember({"gradients", "weights", "losses"}));
  app.add_option("expected", options.expected, "the expectations' path without its endings")
      ->required();
  app.add_option("actual", options.actual, "a safetensors file, or a log of JSON lines")
      ->required();
  app.add_option("--precision", options.precision, "f64 or f32: what the program computed in")
      ->required()
      ->check(CLI::IsMember({"f64", "f32"}));
  app.add_option_function<std::tuple<std::string, size_t, double>>(
         "--perturb",
         [&](const std::tuple<std::string, size_t, double> &change) {
           std::tie(options.perturbed, options.perturbedIndex, options.perturbation) = change;
         },
         "NAME INDEX DELTA: adds DELTA to one number before it is compared")
      ->type_size(3);
}

int main(int argc, char **argv) {
  Options options;
  CLI::App app("Compares a training run with PyTorch's");
  addOptions(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError &error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  try {
    Comparison comparison(options);
    if (options.what == "losses")
      comparison.compareLosses();
    else
      comparison.compareTensors(options.what == "gradients");
    return comparison.report() ? 0 : 1;
  } catch (const std::exception &error) {
    std::fprintf(stderr, "weft-oracle-compare: error: %s\n", error.what());
    return 2;
  }
}
