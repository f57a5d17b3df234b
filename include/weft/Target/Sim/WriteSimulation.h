// What an executable for a GPU runs where there is none.
#ifndef WEFT_TARGET_SIM_WRITESIMULATION_H
#define WEFT_TARGET_SIM_WRITESIMULATION_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/raw_ostream.h"

namespace weft {

/// Writes a relocatable object with the kernels of the module's `gpu.module`, as they go to PTX for `arch`, for this
/// processor. It notes the architecture and the hash of the text, which the executable compares with its own.
mlir::LogicalResult emitSimulatedKernels(mlir::ModuleOp module, llvm::StringRef arch,
                                         llvm::raw_pwrite_stream &stream);

} // namespace weft

#endif // WEFT_TARGET_SIM_WRITESIMULATION_H
