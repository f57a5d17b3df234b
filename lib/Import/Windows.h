// How far back each layer of a config sees.
#ifndef WEFT_LIB_IMPORT_WINDOWS_H
#define WEFT_LIB_IMPORT_WINDOWS_H

#include "ConfigReader.h"

#include "weft/Import/ModelConfig.h"

namespace weft {

/// Mistral and Mixtral: every layer has the window, if there is one.
void readOneWindow(ConfigReader &reader, ModelConfig &config);

/// Qwen: layers have a window from `max_window_layers` on, if at all.
void readQwenWindows(ConfigReader &reader, ModelConfig &config);

/// Gemma 2: every other layer has the window.
void readGemmaWindows(ConfigReader &reader, ModelConfig &config);

/// For types whose layers are as `config` has them whatever `layer_types` says: it may say so.
void checkLayerTypes(ConfigReader &reader, const ModelConfig &config);

} // namespace weft

#endif // WEFT_LIB_IMPORT_WINDOWS_H
