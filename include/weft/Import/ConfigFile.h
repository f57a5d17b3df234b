// Hugging Face's config.json as text.
#ifndef WEFT_IMPORT_CONFIGFILE_H
#define WEFT_IMPORT_CONFIGFILE_H

#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

#include <string>

namespace weft {

/// Reads the file's one JSON object; the error does not name the file.
llvm::Expected<llvm::json::Object> loadConfig(llvm::StringRef path);

/// `config` with the keys of `more`, which win.
llvm::json::Object overlay(llvm::json::Object config, const llvm::json::Object &more);

/// A value on one line, numbers as Python writes them.
std::string formatValue(const llvm::json::Value &value);

/// The object as Python writes it: keys sorted, numbers with the fewest digits that bring them
/// back.
std::string formatConfig(const llvm::json::Object &config);

} // namespace weft

#endif // WEFT_IMPORT_CONFIGFILE_H
