#ifndef WEFT_CONVERSION_WEFTTOTILE_PASSES_H
#define WEFT_CONVERSION_WEFTTOTILE_PASSES_H

#include "mlir/Pass/Pass.h"

namespace weft {
#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "weft/Conversion/WeftToTile/Passes.h.inc"
} // namespace weft

#endif // WEFT_CONVERSION_WEFTTOTILE_PASSES_H
