// Derivative rules of the weft ops.
#ifndef WEFT_AUTODIFF_DERIVATIVES_H
#define WEFT_AUTODIFF_DERIVATIVES_H

#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"

#include <string>
#include <vector>

namespace weft {

/// Attaches DifferentiableOpInterface to every weft op that has a derivative rule.
void registerDerivatives(mlir::DialectRegistry &registry);

/// The names ("weft.add") of all ops with a rule, sorted. The weft dialect must be loaded, from a
/// registry that registerDerivatives has seen.
std::vector<std::string> differentiableOps(mlir::MLIRContext &context);

} // namespace weft

#endif // WEFT_AUTODIFF_DERIVATIVES_H
