#include "Windows.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"

using namespace weft;
namespace json = llvm::json;

static constexpr llvm::StringLiteral kLayerTypes = "layer_types", kSliding = "sliding_attention",
                                     kFull = "full_attention";

/// Whether each layer slides as `layer_types` says; nothing where that is missing or wrong.
static std::optional<std::vector<bool>> readLayerTypes(ConfigReader &reader, int64_t layers) {
  const json::Array *types = reader.optionalArray(kLayerTypes);
  if (!types || !reader.areRight({"num_hidden_layers", "n_layer"}))
    return std::nullopt;
  if (types->size() != static_cast<size_t>(layers)) {
    reader.failAt(kLayerTypes, "must have an entry for each of " + llvm::Twine(layers) +
                                   " layers, got " + llvm::Twine(types->size()));
    return std::nullopt;
  }
  std::vector<bool> sliding;
  for (const json::Value &type : *types) {
    llvm::StringRef word = type.getAsString().value_or("");
    if (word != kSliding && word != kFull) {
      reader.failAt(kLayerTypes, "must hold \"full_attention\" and \"sliding_attention\" only");
      return std::nullopt;
    }
    sliding.push_back(word == kSliding);
  }
  return sliding;
}

/// `layer_types` says which layers have the window; without it, `isSliding` does.
static void readWindows(ConfigReader &reader, ModelConfig &config, std::optional<int64_t> window,
                        llvm::function_ref<bool(int64_t)> isSliding) {
  std::optional<std::vector<bool>> types = readLayerTypes(reader, config.layers);
  bool slides = false;
  for (int64_t layer = 0; layer < config.layers; ++layer)
    if (types ? (*types)[layer] : isSliding(layer)) {
      config.windows[layer] = window;
      slides = true;
    }
  if (slides && !window && reader.areRight({"sliding_window"}))
    reader.fail(reader.name(kLayerTypes) + " has \"sliding_attention\", but " +
                reader.name("sliding_window") + " gives no window");
}

void weft::readOneWindow(ConfigReader &reader, ModelConfig &config) {
  config.windows.assign(config.layers, reader.optionalPositions("sliding_window"));
  checkLayerTypes(reader, config);
}

void weft::readQwenWindows(ConfigReader &reader, ModelConfig &config) {
  reader.ignore({"sliding_window", "max_window_layers"}); // unless they are used
  std::optional<int64_t> window;
  int64_t first = 0;
  if (reader.flag("use_sliding_window")) {
    window = reader.optionalPositions("sliding_window");
    first = reader.positions("max_window_layers", /*least=*/0);
  }
  readWindows(reader, config, window, [&](int64_t layer) { return window && layer >= first; });
}

void weft::readGemmaWindows(ConfigReader &reader, ModelConfig &config) {
  std::optional<int64_t> window = reader.optionalPositions("sliding_window");
  reader.only("sliding_window_size", window); // an old name, which transformers no longer reads
  readWindows(reader, config, window, [](int64_t layer) { return layer % 2 == 0; });
}

void weft::checkLayerTypes(ConfigReader &reader, const ModelConfig &config) {
  std::optional<std::vector<bool>> types = readLayerTypes(reader, config.layers);
  for (int64_t layer = 0; types && layer < config.layers; ++layer) {
    bool slides = config.windows[layer].has_value();
    if ((*types)[layer] != slides)
      return reader.failAt(kLayerTypes, "must have " + (slides ? kSliding : kFull) + " for layer " +
                                            llvm::Twine(layer) +
                                            ", as this model type has it, got " +
                                            (slides ? kFull : kSliding));
  }
}
