#ifndef WEFT_TARGET_CUDA_PASSES_H
#define WEFT_TARGET_CUDA_PASSES_H

#include "mlir/Pass/Pass.h"

namespace weft {
#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "weft/Target/CUDA/Passes.h.inc"
} // namespace weft

#endif // WEFT_TARGET_CUDA_PASSES_H
