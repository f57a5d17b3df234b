// How a derivative rule is written: one function from an op and the gradients of its results to the
// gradients of its operands, attached to the op as an external model of DifferentiableOpInterface.
#ifndef WEFT_LIB_AUTODIFF_RULES_H
#define WEFT_LIB_AUTODIFF_RULES_H

#include "Expr.h"

#include "dialects/Interfaces/DifferentiableOpInterface.h"
#include "dialects/Weft/Weft.h"

namespace weft {

/// What a rule works with. Operands are counted as in the op.
class Derivative {
public:
  Derivative(mlir::Operation *op, mlir::OpBuilder &builder, mlir::ValueRange resultGrads,
             llvm::ArrayRef<bool> needed, llvm::MutableArrayRef<mlir::Value> operandGrads)
      : builder(op->getLoc(), builder), resultGrads(resultGrads), needed(needed),
        operandGrads(operandGrads) {}

  mlir::ImplicitLocOpBuilder &getBuilder() { return builder; }
  Expr operator()(mlir::Value value) { return Expr(builder, value); }

  bool hasGrad(unsigned result) const { return static_cast<bool>(resultGrads[result]); }
  /// The gradient towards a result that has one.
  Expr grad(unsigned result = 0) { return Expr(builder, resultGrads[result]); }

  bool needs(unsigned operand) const { return needed[operand]; }
  void set(unsigned operand, mlir::Value gradient) { operandGrads[operand] = gradient; }

private:
  mlir::ImplicitLocOpBuilder builder;
  mlir::ValueRange resultGrads;
  llvm::ArrayRef<bool> needed;
  llvm::MutableArrayRef<mlir::Value> operandGrads;
};

template <typename OpT, auto rule>
struct DerivativeModel : DifferentiableOpInterface::ExternalModel<DerivativeModel<OpT, rule>, OpT> {
  llvm::LogicalResult buildDerivative(mlir::Operation *op, mlir::OpBuilder &builder,
                                      mlir::ValueRange resultGrads, llvm::ArrayRef<bool> needed,
                                      llvm::MutableArrayRef<mlir::Value> operandGrads) const {
    Derivative derivative(op, builder, resultGrads, needed, operandGrads);
    rule(llvm::cast<OpT>(op), derivative);
    return llvm::success();
  }
};

/// Gives OpT the rule `void(OpT, Derivative &)`.
template <typename OpT, auto rule> void attachRule(mlir::MLIRContext &context) {
  OpT::template attachInterface<DerivativeModel<OpT, rule>>(context);
}

void attachElementwiseRules(mlir::MLIRContext &context);
void attachTensorRules(mlir::MLIRContext &context);
void attachProductRules(mlir::MLIRContext &context);
void attachNormalizationRules(mlir::MLIRContext &context);
void attachRandomRules(mlir::MLIRContext &context);
void attachExpertRules(mlir::MLIRContext &context);
void attachAttentionRules(mlir::MLIRContext &context);

} // namespace weft

#endif // WEFT_LIB_AUTODIFF_RULES_H
