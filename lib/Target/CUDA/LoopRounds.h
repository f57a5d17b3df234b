// How often a loop's body runs, as far as its bounds say.
#ifndef WEFT_LIB_TARGET_CUDA_LOOPROUNDS_H
#define WEFT_LIB_TARGET_CUDA_LOOPROUNDS_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

namespace weft {

inline bool hasRounds(mlir::scf::ForOp loop) {
  std::optional<int64_t> from = mlir::getConstantIntValue(loop.getLowerBound()),
                         to = mlir::getConstantIntValue(loop.getUpperBound());
  return from && to && *from < *to;
}

/// Skipping a block is such a loop, too.
inline bool hasOneRoundAtMost(mlir::scf::ForOp loop) {
  auto most = [](mlir::Value bound) -> std::optional<int64_t> {
    auto select = bound.getDefiningOp<mlir::arith::SelectOp>();
    if (!select)
      return mlir::getConstantIntValue(bound);
    std::optional<int64_t> a = mlir::getConstantIntValue(select.getTrueValue()),
                           b = mlir::getConstantIntValue(select.getFalseValue());
    return a && b ? std::optional(std::max(*a, *b)) : std::nullopt;
  };
  std::optional<int64_t> from = mlir::getConstantIntValue(loop.getLowerBound()),
                         step = mlir::getConstantIntValue(loop.getStep()), to = most(loop.getUpperBound());
  return from && step && to && *to <= *from + *step;
}

} // namespace weft

#endif // WEFT_LIB_TARGET_CUDA_LOOPROUNDS_H
