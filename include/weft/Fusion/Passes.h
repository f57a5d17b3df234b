// The Fusion stage: ops that are one computation become one op, before autodiff.
#ifndef WEFT_FUSION_PASSES_H
#define WEFT_FUSION_PASSES_H

#include "dialects/Weft/Weft.h"

#include "mlir/Pass/Pass.h"

namespace weft {

#define GEN_PASS_DECL
#include "weft/Fusion/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "weft/Fusion/Passes.h.inc"

} // namespace weft

#endif // WEFT_FUSION_PASSES_H
