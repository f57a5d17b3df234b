// Reads the keys of a JSON object, each with its type and range, and refuses keys that nobody asked
// for. The first error is kept, and what is read after it are harmless values, so that the reading
// of a model is a plain list of its keys.
#ifndef WEFT_LIB_IMPORT_CONFIGREADER_H
#define WEFT_LIB_IMPORT_CONFIGREADER_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

#include <cstdint>
#include <optional>
#include <string>

namespace weft {

class ConfigReader {
public:
  /// `path` comes in front of the keys in messages: "rope_scaling." for the keys of that object.
  explicit ConfigReader(const llvm::json::Object &object, llvm::StringRef path = "")
      : object(object), path(path) {}

  /// A whole number from 1 to kMaxSize.
  int64_t size(llvm::StringRef key);
  int64_t size(llvm::StringRef key, int64_t whenMissing);
  /// The same, or nothing for null.
  std::optional<int64_t> optionalSize(llvm::StringRef key,
                                      std::optional<int64_t> whenMissing = std::nullopt);

  /// A number above 0.
  double positive(llvm::StringRef key);
  double positive(llvm::StringRef key, double whenMissing);
  std::optional<double> optionalPositive(llvm::StringRef key, std::optional<double> whenMissing);

  /// A number from 0 to below 1.
  double rate(llvm::StringRef key, double whenMissing);

  bool flag(llvm::StringRef key, bool whenMissing);
  std::string word(llvm::StringRef key, llvm::StringRef whenMissing);

  /// Null for a key that is missing or null.
  const llvm::json::Object *optionalObject(llvm::StringRef key);
  const llvm::json::Array *optionalArray(llvm::StringRef key);

  /// A key of which one value is supported; null and a missing key stand for it.
  void only(llvm::StringRef key, const llvm::json::Value &value);

  /// Keys that do not change what is computed.
  void ignore(llvm::ArrayRef<llvm::StringRef> keys);

  /// Is the key there, and not null?
  bool has(llvm::StringRef key) const;

  void fail(const llvm::Twine &message);
  /// `key` as messages write it.
  std::string name(llvm::StringRef key) const;

  /// The first error; one for the first key, in order of the alphabet, that nobody read.
  llvm::Error finish(const llvm::Twine &reader);

private:
  const llvm::json::Value *find(llvm::StringRef key);
  void expected(llvm::StringRef key, llvm::StringRef what);
  /// The number of a key that is there; 0 if it is none.
  double number(llvm::StringRef key, llvm::StringRef what, bool (*isRight)(double));

  const llvm::json::Object &object;
  const std::string path;
  llvm::StringSet<> known;
  std::string error;
};

} // namespace weft

#endif // WEFT_LIB_IMPORT_CONFIGREADER_H
