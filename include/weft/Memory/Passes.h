#ifndef WEFT_MEMORY_PASSES_H
#define WEFT_MEMORY_PASSES_H

#include "mlir/Pass/Pass.h"

namespace weft {
#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "weft/Memory/Passes.h.inc"
} // namespace weft

#endif // WEFT_MEMORY_PASSES_H
