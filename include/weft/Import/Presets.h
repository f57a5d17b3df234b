// The models that weft-import knows by name.
#ifndef WEFT_IMPORT_PRESETS_H
#define WEFT_IMPORT_PRESETS_H

#include "weft/Import/Gpt2.h"

#include "llvm/ADT/ArrayRef.h"

namespace weft {

struct Preset {
  llvm::StringRef name;
  llvm::StringRef summary;
  Gpt2Config config;
};

/// All presets, smallest model first.
llvm::ArrayRef<Preset> getPresets();

/// The preset of that name, or null.
const Preset *findPreset(llvm::StringRef name);

/// "gpt2-tiny, gpt2-124m, ...": for messages.
std::string listPresets();

} // namespace weft

#endif // WEFT_IMPORT_PRESETS_H
