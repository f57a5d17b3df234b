// Reads the keys of a JSON object, each with its type and range, and refuses keys that nobody asked
// for. Every error is kept, and what is read instead are harmless values, so that the reading of a
// model is a plain list of its keys.
#ifndef WEFT_LIB_IMPORT_CONFIGREADER_H
#define WEFT_LIB_IMPORT_CONFIGREADER_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/JSON.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace weft {

class ConfigReader {
public:
  /// A key that is missing has its value in `defaults`, if that has one. Keys that match
  /// `passedOver` are not refused. `path` comes in front of the keys in messages and patterns:
  /// "rope_scaling." for the keys of that object.
  ConfigReader(const llvm::json::Object &object, llvm::json::Object defaults,
               llvm::ArrayRef<llvm::GlobPattern> passedOver, llvm::StringRef path = "")
      : object(object), defaults(std::move(defaults)), passedOver(passedOver), path(path) {}

  /// A whole number in that range, which `what` describes.
  int64_t whole(llvm::StringRef key, int64_t least, int64_t most, llvm::StringRef what);
  /// A whole number from 1 to kMaxSize.
  int64_t size(llvm::StringRef key);
  /// A whole number of positions, from 1 (or `least`) to kMaxPositions.
  int64_t positions(llvm::StringRef key, int64_t least = 1);
  /// The same, or nothing for null and for a key that is missing and has no default.
  std::optional<int64_t> optionalSize(llvm::StringRef key);
  std::optional<int64_t> optionalPositions(llvm::StringRef key);

  /// A number above 0.
  double positive(llvm::StringRef key);
  std::optional<double> optionalPositive(llvm::StringRef key);
  /// A number of at least 0.
  double notNegative(llvm::StringRef key);
  /// A number from 0 to below 1.
  double rate(llvm::StringRef key);

  bool flag(llvm::StringRef key);
  std::string word(llvm::StringRef key);

  /// Whether there is nothing to read: the key is null, or missing and without a default.
  bool isNull(llvm::StringRef key) const;

  /// Null for a key that is missing or null.
  const llvm::json::Object *optionalObject(llvm::StringRef key);
  const llvm::json::Array *optionalArray(llvm::StringRef key);

  /// A key of which one value is supported; null and a missing key stand for it.
  void only(llvm::StringRef key, const llvm::json::Value &value);

  /// Keys that do not change what is computed.
  void ignore(llvm::ArrayRef<llvm::StringRef> keys);
  void ignoreAll();

  void fail(const llvm::Twine &message) { errors.push_back(message.str()); }
  /// Something is wrong with the value of a key: `must be a whole number`, say.
  void failAt(llvm::StringRef key, const llvm::Twine &message);
  /// No value of these keys has been found wrong, so that they may be held against each other.
  bool areRight(llvm::ArrayRef<llvm::StringRef> keys) const;

  /// `key` as messages write it.
  std::string name(llvm::StringRef key) const;
  /// The same, with its value where that is none of the file's: `"head_dim" (256 by default)`.
  std::string nameOfValue(llvm::StringRef key) const;

  /// Reads an object inside, whose errors count here.
  ConfigReader inside(const llvm::json::Object &inner, llvm::json::Object innerDefaults,
                      llvm::StringRef key) const;
  void finishInside(ConfigReader &inner, const llvm::Twine &reader);

  /// All errors as one, with those for keys that nobody read, in order of the alphabet.
  llvm::Error finish(const llvm::Twine &reader);

private:
  /// The value, of the object or by default, or null.
  const llvm::json::Value *get(llvm::StringRef key) const;
  /// The same, of a key that is read from now on.
  const llvm::json::Value *find(llvm::StringRef key);
  void expected(llvm::StringRef key, const llvm::Twine &what);
  /// The number of a key that is there; 0.5 if it is none.
  double number(llvm::StringRef key, llvm::StringRef what, bool (*isRight)(double));
  bool isPassedOver(llvm::StringRef key) const;
  void failAtUnread(const llvm::Twine &reader);

  const llvm::json::Object &object;
  const llvm::json::Object defaults;
  const llvm::ArrayRef<llvm::GlobPattern> passedOver;
  const std::string path;
  llvm::StringSet<> known, wrong;
  std::vector<std::string> errors, unread;
};

} // namespace weft

#endif // WEFT_LIB_IMPORT_CONFIGREADER_H
