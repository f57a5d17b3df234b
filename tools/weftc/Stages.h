// The compiler's stages as the flags want them.
#ifndef WEFT_TOOLS_WEFTC_STAGES_H
#define WEFT_TOOLS_WEFTC_STAGES_H

#include "mlir/IR/BuiltinOps.h"

namespace weft {

/// From the level that the text is at to the one that was asked for.
mlir::LogicalResult runStages(mlir::ModuleOp module);

} // namespace weft

#endif // WEFT_TOOLS_WEFTC_STAGES_H
