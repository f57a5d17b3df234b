#include "ConfigReader.h"

#include "weft/Import/ModelConfig.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace weft;
namespace json = llvm::json;

/// A value as messages show it: on one line, and not for pages.
static std::string show(const json::Value &value) {
  constexpr size_t columns = 60;
  std::string text;
  llvm::raw_string_ostream(text) << value;
  return text.size() <= columns ? text : text.substr(0, columns) + "...";
}

std::string ConfigReader::name(llvm::StringRef key) const {
  // Quoted as JSON quotes it, so that a key with a line end stays on one line.
  return show(json::Value(json::fixUTF8((path + key).str())));
}

void ConfigReader::fail(const llvm::Twine &message) {
  if (error.empty())
    error = message.str();
}

void ConfigReader::expected(llvm::StringRef key, llvm::StringRef what) {
  const json::Value *value = object.get(key);
  fail(value ? name(key) + " must be " + what + ", got " + show(*value)
             : name(key) + " is missing; expected " + what);
}

const json::Value *ConfigReader::find(llvm::StringRef key) {
  known.insert(key);
  return object.get(key);
}

bool ConfigReader::has(llvm::StringRef key) const {
  const json::Value *value = object.get(key);
  return value && value->kind() != json::Value::Null;
}

int64_t ConfigReader::size(llvm::StringRef key) {
  const json::Value *value = find(key);
  std::optional<int64_t> size = value ? value->getAsInteger() : std::nullopt;
  if (size && *size >= 1 && *size <= kMaxSize)
    return *size;
  expected(key, "a whole number from 1 to " + std::to_string(kMaxSize));
  return 1;
}

int64_t ConfigReader::size(llvm::StringRef key, int64_t whenMissing) {
  return find(key) ? size(key) : whenMissing;
}

std::optional<int64_t> ConfigReader::optionalSize(llvm::StringRef key,
                                                  std::optional<int64_t> whenMissing) {
  if (!find(key))
    return whenMissing;
  return has(key) ? std::optional(size(key)) : std::nullopt;
}

double ConfigReader::number(llvm::StringRef key, llvm::StringRef what, bool (*isRight)(double)) {
  const json::Value *value = find(key);
  std::optional<double> number = value ? value->getAsNumber() : std::nullopt;
  if (number && std::isfinite(*number) && isRight(*number))
    return *number;
  expected(key, what);
  return 0.5; // right for every range
}

double ConfigReader::positive(llvm::StringRef key) {
  return number(key, "a number above 0", [](double x) { return x > 0; });
}

double ConfigReader::positive(llvm::StringRef key, double whenMissing) {
  return find(key) ? positive(key) : whenMissing;
}

std::optional<double> ConfigReader::optionalPositive(llvm::StringRef key,
                                                     std::optional<double> whenMissing) {
  if (!find(key))
    return whenMissing;
  return has(key) ? std::optional(positive(key)) : std::nullopt;
}

double ConfigReader::rate(llvm::StringRef key, double whenMissing) {
  if (!find(key))
    return whenMissing;
  return number(key, "a number from 0 to below 1", [](double x) { return x >= 0 && x < 1; });
}

bool ConfigReader::flag(llvm::StringRef key, bool whenMissing) {
  const json::Value *value = find(key);
  if (!value)
    return whenMissing;
  if (std::optional<bool> flag = value->getAsBoolean())
    return *flag;
  expected(key, "true or false");
  return whenMissing;
}

std::string ConfigReader::word(llvm::StringRef key, llvm::StringRef whenMissing) {
  const json::Value *value = find(key);
  if (!value)
    return whenMissing.str();
  if (std::optional<llvm::StringRef> word = value->getAsString())
    return word->str();
  expected(key, "a string");
  return whenMissing.str();
}

const json::Object *ConfigReader::optionalObject(llvm::StringRef key) {
  const json::Value *value = find(key);
  if (value && has(key) && !value->getAsObject())
    expected(key, "an object or null");
  return value ? value->getAsObject() : nullptr;
}

const json::Array *ConfigReader::optionalArray(llvm::StringRef key) {
  const json::Value *value = find(key);
  if (value && has(key) && !value->getAsArray())
    expected(key, "an array or null");
  return value ? value->getAsArray() : nullptr;
}

void ConfigReader::only(llvm::StringRef key, const json::Value &value) {
  const json::Value *found = find(key);
  if (found && has(key) && *found != value)
    fail(name(key) + " must be " + show(value) + ", got " + show(*found) +
         ", which is not supported");
}

void ConfigReader::ignore(llvm::ArrayRef<llvm::StringRef> keys) { known.insert_range(keys); }

llvm::Error ConfigReader::finish(const llvm::Twine &reader) {
  auto keys = llvm::to_vector(llvm::make_first_range(object));
  llvm::sort(keys);
  for (const json::ObjectKey &key : keys)
    if (!known.contains(key))
      fail(name(key) + " with value " + show(*object.get(key)) + " is not supported for " + reader +
           "; if the model computes the same without it, take it out");
  return error.empty() ? llvm::Error::success() : llvm::createStringError(error);
}
