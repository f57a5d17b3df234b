// Keys that no model type computes anything by.
#ifndef WEFT_LIB_IMPORT_HARMLESSKEYS_H
#define WEFT_LIB_IMPORT_HARMLESSKEYS_H

#include "ConfigReader.h"

namespace weft {

/// Passes over what does not change a training step: who wrote the file and how, storage, tokens,
/// what trainers note down, what generation and classification use.
void ignoreHarmlessKeys(ConfigReader &reader);

} // namespace weft

#endif // WEFT_LIB_IMPORT_HARMLESSKEYS_H
