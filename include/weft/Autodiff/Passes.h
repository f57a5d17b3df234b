// Passes that turn a model and its train op into graphs over variables.
#ifndef WEFT_AUTODIFF_PASSES_H
#define WEFT_AUTODIFF_PASSES_H

#include "mlir/Pass/Pass.h"

namespace weft {

#define GEN_PASS_DECL
#include "weft/Autodiff/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "weft/Autodiff/Passes.h.inc"

} // namespace weft

#endif // WEFT_AUTODIFF_PASSES_H
