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

std::string ConfigReader::nameOfValue(llvm::StringRef key) const {
  const json::Value *value = defaults.get(key);
  bool isDefault = value && !object.get(key);
  return isDefault ? name(key) + " (" + show(*value) + " by default)" : name(key);
}

void ConfigReader::fail(const llvm::Twine &message) {
  if (error.empty())
    error = message.str();
}

void ConfigReader::expected(llvm::StringRef key, llvm::StringRef what) {
  const json::Value *value = get(key);
  fail(value ? name(key) + " must be " + what + ", got " + show(*value)
             : name(key) + " is missing; expected " + what);
}

const json::Value *ConfigReader::get(llvm::StringRef key) const {
  const json::Value *value = object.get(key);
  return value ? value : defaults.get(key);
}

const json::Value *ConfigReader::find(llvm::StringRef key) {
  known.insert(key);
  return get(key);
}

bool ConfigReader::isNull(llvm::StringRef key) const {
  const json::Value *value = get(key);
  return !value || value->kind() == json::Value::Null;
}

int64_t ConfigReader::whole(llvm::StringRef key, int64_t least, int64_t most,
                            llvm::StringRef what) {
  const json::Value *value = find(key);
  std::optional<int64_t> number = value ? value->getAsInteger() : std::nullopt;
  if (number && *number >= least && *number <= most)
    return *number;
  expected(key, what);
  return most;
}

int64_t ConfigReader::size(llvm::StringRef key) {
  return whole(key, 1, kMaxSize, "a whole number from 1 to " + std::to_string(kMaxSize));
}

std::optional<int64_t> ConfigReader::optionalSize(llvm::StringRef key) {
  find(key);
  return isNull(key) ? std::nullopt : std::optional(size(key));
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

std::optional<double> ConfigReader::optionalPositive(llvm::StringRef key) {
  find(key);
  return isNull(key) ? std::nullopt : std::optional(positive(key));
}

double ConfigReader::rate(llvm::StringRef key) {
  return number(key, "a number from 0 to below 1", [](double x) { return x >= 0 && x < 1; });
}

bool ConfigReader::flag(llvm::StringRef key) {
  const json::Value *value = find(key);
  if (std::optional<bool> flag = value ? value->getAsBoolean() : std::nullopt)
    return *flag;
  expected(key, "true or false");
  return false;
}

std::string ConfigReader::word(llvm::StringRef key) {
  const json::Value *value = find(key);
  if (std::optional<llvm::StringRef> word = value ? value->getAsString() : std::nullopt)
    return word->str();
  expected(key, "a string");
  return "";
}

const json::Object *ConfigReader::optionalObject(llvm::StringRef key) {
  const json::Value *value = find(key);
  if (!isNull(key) && !value->getAsObject())
    expected(key, "an object or null");
  return value ? value->getAsObject() : nullptr;
}

const json::Array *ConfigReader::optionalArray(llvm::StringRef key) {
  const json::Value *value = find(key);
  if (!isNull(key) && !value->getAsArray())
    expected(key, "an array or null");
  return value ? value->getAsArray() : nullptr;
}

void ConfigReader::only(llvm::StringRef key, const json::Value &value) {
  const json::Value *found = find(key);
  if (!isNull(key) && *found != value)
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
