// What an optimizer makes of a parameter and its gradient.
#ifndef WEFT_LIB_AUTODIFF_OPTIMIZER_H
#define WEFT_LIB_AUTODIFF_OPTIMIZER_H

#include "Expr.h"

#include <memory>

namespace weft {

/// What changes from update to update and is the same for all elements of a parameter, in the
/// parameter's type.
struct StepScalars {
  Expr rate;
  std::optional<Expr> decay, rootCorrection2; // where the optimizer has them
};

/// The optimizer that a train op names. What depends on the step alone is computed in f64, as
/// PyTorch does, and rounded once.
class Optimizer {
public:
  static std::unique_ptr<Optimizer> create(mlir::Attribute attribute);
  virtual ~Optimizer() = default;

  /// What ops of an update are made from: "adamw".
  virtual llvm::StringRef getName() const = 0;
  /// The names of the tensors that it keeps beside each parameter, as in "moment1".
  virtual llvm::SmallVector<llvm::StringRef> getStates() const = 0;

  /// Builds what all parameters share.
  virtual void buildStep(mlir::ImplicitLocOpBuilder &) {}
  /// The scalars of parameters of type `element` with this learning rate (in f64) and decay.
  virtual StepScalars buildScalars(Expr rate, double weightDecay, mlir::Type element) = 0;
  /// The new value of a parameter `p` with gradient `g`; replaces the values of `states`.
  virtual Expr update(Expr p, Expr g, llvm::MutableArrayRef<Expr> states,
                      const StepScalars &scalars, double weightDecay) = 0;
};

} // namespace weft

#endif // WEFT_LIB_AUTODIFF_OPTIMIZER_H
