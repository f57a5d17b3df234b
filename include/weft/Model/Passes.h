// The Model stage: from layers and calls to one flat graph.
#ifndef WEFT_MODEL_PASSES_H
#define WEFT_MODEL_PASSES_H

#include "dialects/Weft/Weft.h"

#include "mlir/Pass/Pass.h"

namespace weft {

#define GEN_PASS_DECL
#include "weft/Model/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "weft/Model/Passes.h.inc"

} // namespace weft

#endif // WEFT_MODEL_PASSES_H
