// The Precision stage: which types are computed in, and which are stored.
#ifndef WEFT_PRECISION_PASSES_H
#define WEFT_PRECISION_PASSES_H

#include "dialects/Weft/Weft.h"

#include "mlir/Pass/Pass.h"

namespace weft {

#define GEN_PASS_DECL
#include "weft/Precision/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "weft/Precision/Passes.h.inc"

} // namespace weft

#endif // WEFT_PRECISION_PASSES_H
