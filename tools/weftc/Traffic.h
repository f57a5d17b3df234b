// What each op of a program computes and moves.
#ifndef WEFT_TOOLS_WEFTC_TRAFFIC_H
#define WEFT_TOOLS_WEFTC_TRAFFIC_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/raw_ostream.h"

namespace weft {

/// Writes, for each program of the module's exec.module, a table of its kernels and products by the
/// bytes that they move, most first: calls, bytes, FLOPs of products, name. Every call counts each
/// buffer that it is given once, by the elements of its view: what is read and written at least, if
/// nothing of it is in a cache before and all of it stays there meanwhile. FLOPs are those of
/// matrix products, 2mnk, and of the products in kernels that say so (attention, where each score
/// of the backward is computed again).
void writeTraffic(mlir::ModuleOp module, llvm::raw_ostream &os);

} // namespace weft

#endif // WEFT_TOOLS_WEFTC_TRAFFIC_H
