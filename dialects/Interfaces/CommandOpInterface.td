#ifndef WEFT_INTERFACES_COMMANDOPINTERFACE
#define WEFT_INTERFACES_COMMANDOPINTERFACE

include "mlir/IR/OpBase.td"

def CommandOpInterface : OpInterface<"CommandOpInterface"> {
  let cppNamespace = "::weft";
  let description = [{
    An op of a program that runs: a launch, a call of a library, an initialization. It says what it does to the memory of its operands
    and how much work that is; lifetimes, checks and reports ask it. `kernels` is the symbol table of the module around, for ops
    whose kernel knows more; what depends on a kernel that is not there (because it is lowered, say) is not known.
  }];
  let methods = [
    InterfaceMethod<"What happens to the memory of one of its operands; nothing where that is not known.",
      "::std::optional<::weft::MemoryAccess>", "getAccess", (ins "::mlir::OpOperand &":$operand, "::mlir::SymbolTable &":$kernels)>,
    InterfaceMethod<"Whether one buffer may be given for an operand that is written and another that is read.",
      "bool", "mayShareBuffer", (ins "::mlir::OpOperand &":$written, "::mlir::OpOperand &":$read, "::mlir::SymbolTable &":$kernels),
      "", "return false;">,
    InterfaceMethod<[{
      FLOPs of matrix products, 2mnk. Those of a kernel are what it says: of attention's backward, with scores that are computed again.
    }], "double", "getFlops", (ins "::mlir::SymbolTable &":$kernels), "", "return 0;">,
    InterfaceMethod<"What tables of work call it, without spaces at the ends; empty for what is in no such table.",
      "::std::string", "getWorkName", (ins), "", "return {};">
  ];
  let extraSharedClassDeclaration = [{
    /// Bytes of its operands' elements, each read or written once, and twice where it is updated. What is not known counts once.
    double getBytes(::mlir::SymbolTable &kernels) { return ::weft::countBytes($_op, kernels); }
  }];
}

#endif // WEFT_INTERFACES_COMMANDOPINTERFACE
