// How large the elements of a value can be, whatever the data.
#ifndef WEFT_LIB_FUSION_MAGNITUDE_H
#define WEFT_LIB_FUSION_MAGNITUDE_H

#include "dialects/Weft/Weft.h"

namespace weft {

/// The operands from whose magnitudes that of a value follows.
llvm::SmallVector<mlir::Value> magnitudeOperands(mlir::Value value);

/// What the absolute value of no element exceeds, but for rounding; none where that is not known.
std::optional<double> magnitudeOf(mlir::Value value,
                                  llvm::function_ref<std::optional<double>(mlir::Value)> ofOperand);

} // namespace weft

#endif // WEFT_LIB_FUSION_MAGNITUDE_H
