// The models that weft-import knows by name.
#ifndef WEFT_IMPORT_PRESETS_H
#define WEFT_IMPORT_PRESETS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"

namespace weft {

struct Preset {
  llvm::StringRef name;
  llvm::StringRef summary;
  llvm::json::Object config; // as its config.json has it
  int64_t batch;
  int64_t sequence;
};

/// All presets; those of one model type stand together, the smallest first.
llvm::ArrayRef<Preset> getPresets();

/// The preset of that name, or null.
const Preset *findPreset(llvm::StringRef name);

/// "gpt2-tiny, gpt2-124m, ...": for messages.
std::string listPresets();

} // namespace weft

#endif // WEFT_IMPORT_PRESETS_H
