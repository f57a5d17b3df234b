#include "weft/Import/Presets.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace weft;

/// The published models share a vocabulary of byte pairs and a table of 1024 positions.
static Gpt2Config published(int64_t layers, int64_t heads, int64_t width) {
  return {.layers = layers,
          .heads = heads,
          .width = width,
          .vocabulary = 50257,
          .positions = 1024,
          .batch = 4,
          .sequence = 64};
}

/// Reads bytes, and is small enough to learn the words of two novels in a minute or two.
static const Gpt2Config kTiny = {.layers = 4,
                                 .heads = 4,
                                 .width = 128,
                                 .vocabulary = 256,
                                 .positions = 1024,
                                 .batch = 16,
                                 .sequence = 64};

llvm::ArrayRef<Preset> weft::getPresets() {
  static const Preset presets[] = {
      {"gpt2-tiny", "over bytes, for a first run", kTiny},
      {"gpt2-124m", "OpenAI's gpt2", published(12, 12, 768)},
      {"gpt2-355m", "OpenAI's gpt2-medium", published(24, 16, 1024)},
      {"gpt2-774m", "OpenAI's gpt2-large", published(36, 20, 1280)},
      {"gpt2-1558m", "OpenAI's gpt2-xl", published(48, 25, 1600)},
  };
  return presets;
}

const Preset *weft::findPreset(llvm::StringRef name) {
  const auto *found = llvm::find_if(getPresets(), [&](const Preset &p) { return p.name == name; });
  return found == getPresets().end() ? nullptr : found;
}

std::string weft::listPresets() {
  return llvm::join(llvm::map_range(getPresets(), [](const Preset &p) { return p.name; }), ", ");
}
