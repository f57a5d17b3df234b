// What a placed program will need, without building it.
#ifndef WEFT_TOOLS_WEFTC_REPORT_H
#define WEFT_TOOLS_WEFTC_REPORT_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/raw_ostream.h"

namespace weft {

/// Writes sizes and work of the module's exec.module, as a table or as one JSON object with the
/// keys parameters, parameter_bytes, gradient_bytes, optimizer_bytes, activation_bytes,
/// peak_arena_bytes, total_bytes and flops_per_step. `total_bytes` is what the executable
/// allocates: state, arena, input block and step block. `activation_bytes` is the most bytes of
/// arena buffers that are live at once.
void writeReport(mlir::ModuleOp module, bool json, llvm::raw_ostream &os);

} // namespace weft

#endif // WEFT_TOOLS_WEFTC_REPORT_H
