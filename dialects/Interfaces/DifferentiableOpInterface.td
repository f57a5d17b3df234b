#ifndef WEFT_INTERFACES_DIFFERENTIABLEOPINTERFACE
#define WEFT_INTERFACES_DIFFERENTIABLEOPINTERFACE

include "mlir/IR/OpBase.td"

def DifferentiableOpInterface : OpInterface<"DifferentiableOpInterface"> {
  let cppNamespace = "::weft";
  let description = [{
    An op with a rule for reverse-mode differentiation. The rules are attached in lib/Autodiff.
  }];
  let methods = [InterfaceMethod<[{
      Builds the op's part of the backward graph. `resultGrads` holds, for each result, the gradient
      of the loss towards it, or null where the loss does not depend on it (at least one is there).
      For each i with `needed[i]`, the rule sets `operandGrads[i]` to the gradient towards operand i,
      of that operand's type; a value left null means zero. The operands and results of the op itself
      may be used; each one that is used stays in memory until the backward has run.
    }], "::llvm::LogicalResult", "buildDerivative",
    (ins "::mlir::OpBuilder &":$builder, "::mlir::ValueRange":$resultGrads,
         "::llvm::ArrayRef<bool>":$needed,
         "::llvm::MutableArrayRef<::mlir::Value>":$operandGrads)>];
}

#endif // WEFT_INTERFACES_DIFFERENTIABLEOPINTERFACE
