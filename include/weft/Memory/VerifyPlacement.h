// The check behind --weft-verify-placement.
#ifndef WEFT_MEMORY_VERIFYPLACEMENT_H
#define WEFT_MEMORY_VERIFYPLACEMENT_H

#include "dialects/Exec/Exec.h"

namespace weft {

/// Proves that everything has a place inside its block, that nothing shares bytes with something
/// that is alive at the same time, and that `live` is the most bytes that are alive at once.
/// Reports the first violation.
mlir::LogicalResult verifyPlacement(exec::ModuleOp module);

} // namespace weft

#endif // WEFT_MEMORY_VERIFYPLACEMENT_H
