// Models as Weft text.
#ifndef WEFT_IMPORT_MODELTEXT_H
#define WEFT_IMPORT_MODELTEXT_H

#include "weft/Import/ModelConfig.h"

namespace weft {

/// The model, its loss and its training as one module. Parameters have the names and layouts of the
/// published files. `command` is quoted in the header, so that a reader can make the text again.
std::string writeModelText(const ModelConfig &config, llvm::StringRef moduleName,
                           llvm::StringRef command);

} // namespace weft

#endif // WEFT_IMPORT_MODELTEXT_H
