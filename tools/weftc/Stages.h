// The compiler's stages as the flags want them.
#ifndef WEFT_TOOLS_WEFTC_STAGES_H
#define WEFT_TOOLS_WEFTC_STAGES_H

#include "weft/Target/Backend.h"

#include "mlir/IR/BuiltinOps.h"

namespace weft {

/// Has the module say what it is compiled for, as the flags ask or as it says already. Null, with an error, where that cannot be.
const Backend *chooseTarget(mlir::ModuleOp module);

/// From the level that the text is at to the one that was asked for; of kernels and programs in machine code, to the kernels' code.
mlir::LogicalResult runStages(mlir::ModuleOp module, const Backend &backend);

/// Then programs to the LLVM dialect.
mlir::LogicalResult lowerPrograms(mlir::ModuleOp module, const Backend &backend);

} // namespace weft

#endif // WEFT_TOOLS_WEFTC_STAGES_H
