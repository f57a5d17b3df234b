#include "ConfigReader.h"

#include "weft/Import/ConfigFile.h"
#include "weft/Import/ModelConfig.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <cmath>

using namespace weft;
namespace json = llvm::json;

/// A value as messages show it: on one line, and not for pages.
static std::string show(const json::Value &value) {
  constexpr size_t columns = 60;
  std::string text = formatValue(value);
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

void ConfigReader::failAt(llvm::StringRef key, const llvm::Twine &message) {
  wrong.insert(key);
  fail(name(key) + " " + message);
}

bool ConfigReader::areRight(llvm::ArrayRef<llvm::StringRef> keys) const {
  return llvm::none_of(keys, [&](llvm::StringRef key) { return wrong.contains(key); });
}

void ConfigReader::expected(llvm::StringRef key, const llvm::Twine &what) {
  const json::Value *value = get(key);
  failAt(key, value ? "must be " + what + ", got " + show(*value) : "is missing; expected " + what);
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
  return least;
}

static std::string describeRange(int64_t least, int64_t most) {
  return "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
}

int64_t ConfigReader::size(llvm::StringRef key) {
  return whole(key, 1, kMaxSize, describeRange(1, kMaxSize));
}

int64_t ConfigReader::positions(llvm::StringRef key, int64_t least) {
  return whole(key, least, kMaxPositions, describeRange(least, kMaxPositions));
}

std::optional<int64_t> ConfigReader::optionalSize(llvm::StringRef key) {
  find(key);
  return isNull(key) ? std::nullopt : std::optional(size(key));
}

std::optional<int64_t> ConfigReader::optionalPositions(llvm::StringRef key) {
  find(key);
  return isNull(key) ? std::nullopt : std::optional(positions(key));
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

double ConfigReader::notNegative(llvm::StringRef key) {
  return number(key, "a number of at least 0", [](double x) { return x >= 0; });
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
  if (!isNull(key) && *found != value && !isPassedOver(key))
    failAt(key, "must be " + show(value) + ", got " + show(*found) + ", which is not supported");
}

void ConfigReader::ignore(llvm::ArrayRef<llvm::StringRef> keys) { known.insert_range(keys); }

void ConfigReader::ignoreAll() {
  for (const auto &[key, value] : object)
    known.insert(key);
}

bool ConfigReader::isPassedOver(llvm::StringRef key) const {
  return llvm::any_of(passedOver,
                      [&](const llvm::GlobPattern &p) { return p.match((path + key).str()); });
}

ConfigReader ConfigReader::inside(const json::Object &inner, json::Object innerDefaults,
                                  llvm::StringRef key) const {
  return ConfigReader(inner, std::move(innerDefaults), passedOver, path + key.str() + ".");
}

/// A key that is null says nothing: transformers reads of it what it reads of one that is missing.
void ConfigReader::failAtUnread(const llvm::Twine &reader) {
  auto keys = llvm::to_vector(llvm::make_first_range(object));
  llvm::sort(keys);
  for (llvm::StringRef key : keys) {
    if (known.contains(key) || isNull(key) || isPassedOver(key))
      continue;
    failAt(key, "with value " + show(*object.get(key)) + " is not supported for " + reader);
    unread.push_back(path + key.str());
  }
}

void ConfigReader::finishInside(ConfigReader &inner, const llvm::Twine &reader) {
  inner.failAtUnread(reader);
  llvm::append_range(errors, inner.errors);
  llvm::append_range(unread, inner.unread);
}

llvm::Error ConfigReader::finish(const llvm::Twine &reader) {
  failAtUnread(reader);
  if (errors.empty())
    return llvm::Error::success();
  std::string advice;
  if (!unread.empty())
    advice = "if the model computes the same without " +
             std::string(unread.size() == 1 ? "it" : "them") + ", take " +
             std::string(unread.size() == 1 ? "it" : "them") +
             " out or pass --ignore-keys=" + llvm::join(unread, ",");
  if (errors.size() == 1)
    return llvm::createStringError(errors.front() + (advice.empty() ? "" : "; " + advice));
  std::string all = "found " + std::to_string(errors.size()) + " faults";
  for (const std::string &error : errors)
    all += "\n  " + error;
  return llvm::createStringError(advice.empty() ? all : all + "\n" + advice);
}
