// How tiles get in and out of memory.
#ifndef WEFT_LIB_TARGET_CPU_TILEACCESS_H
#define WEFT_LIB_TARGET_CPU_TILEACCESS_H

#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/DialectConversion.h"

namespace weft {

/// Adds patterns for `tile.load`, `tile.store`, `memref.load` and `memref.store` on buffers that
/// `converter` turns into pointers.
void populateTileAccessPatterns(mlir::TypeConverter &converter, mlir::RewritePatternSet &patterns);

} // namespace weft

#endif // WEFT_LIB_TARGET_CPU_TILEACCESS_H
