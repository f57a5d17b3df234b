// Reverse-mode differentiation of a straight-line block.
#ifndef WEFT_LIB_AUTODIFF_REVERSEMODE_H
#define WEFT_LIB_AUTODIFF_REVERSEMODE_H

#include "Graphs.h"

namespace weft {

/// Differentiates a scalar with respect to some values, the parameters. Every op built gets the
/// scope and location of the op that it differentiates.
class ReverseMode {
public:
  /// Receives the contributions to parameter `index`'s gradient, one a use, last use first.
  using Contribute = llvm::function_ref<void(unsigned index, mlir::Value gradient)>;

  ReverseMode(mlir::OpBuilder &builder, ScopeListener &listener,
              llvm::ArrayRef<mlir::Value> parameters, llvm::ArrayRef<llvm::StringRef> names,
              Contribute contribute)
      : builder(builder), listener(listener), names(names), contribute(contribute) {
    for (auto [index, parameter] : llvm::enumerate(parameters))
      parameterIndex[parameter] = index;
  }

  /// Builds the backward of everything in front of the builder, starting from d sum / d sum = 1.
  llvm::LogicalResult run(mlir::Value sum);

private:
  void findActiveValues(llvm::ArrayRef<mlir::Operation *> ops);
  void addGradient(mlir::Location loc, mlir::Value value, mlir::Value gradient);
  llvm::LogicalResult differentiate(mlir::Operation *op);

  mlir::OpBuilder &builder;
  ScopeListener &listener;
  llvm::ArrayRef<llvm::StringRef> names;
  Contribute contribute;
  // None of these maps is iterated over.
  llvm::DenseMap<mlir::Value, unsigned> parameterIndex;
  // The values that depend on a parameter, with the index of the first such parameter.
  llvm::DenseMap<mlir::Value, unsigned> active;
  llvm::DenseMap<mlir::Value, mlir::Value> gradients;
};

} // namespace weft

#endif // WEFT_LIB_AUTODIFF_REVERSEMODE_H
