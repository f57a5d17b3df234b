// The tile bodies of the weft ops that kernels are made of.
#ifndef WEFT_CONVERSION_WEFTTOTILE_TILEBODIES_H
#define WEFT_CONVERSION_WEFTTOTILE_TILEBODIES_H

#include "mlir/IR/DialectRegistry.h"

namespace weft {

/// A part of registerTileBodies: the one of `drop`.
void attachDropoutBody(mlir::MLIRContext &context);

/// Attaches TileBodyOpInterface to weft's elementwise ops and row reductions.
void registerTileBodies(mlir::DialectRegistry &registry);

} // namespace weft

#endif // WEFT_CONVERSION_WEFTTOTILE_TILEBODIES_H
