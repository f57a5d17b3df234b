// Everything that a Weft tool registers, in one place.
#ifndef WEFT_PIPELINES_REGISTRATION_H
#define WEFT_PIPELINES_REGISTRATION_H

#include "mlir/IR/DialectRegistry.h"

namespace weft {

/// Weft's dialects, the upstream dialects that its levels use, and the interfaces (derivatives,
/// tile bodies, translations) that are attached to their ops from outside.
void registerDialects(mlir::DialectRegistry &registry);

/// The machines that this compiler generates code for (weft/Target/Backend.h).
void registerTargets();

/// Every pass and pipeline by its flag, upstream's canonicalize and friends included.
void registerPasses();

} // namespace weft

#endif // WEFT_PIPELINES_REGISTRATION_H
