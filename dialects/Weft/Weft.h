// The weft dialect: a training step as a graph of immutable tensors.
#ifndef WEFT_WEFT_WEFT_H
#define WEFT_WEFT_WEFT_H

#include "dialects/Interfaces/OpFacts.h"
#include "dialects/Interfaces/Scope.h"
#include "dialects/Interfaces/Spec.h"
#include "dialects/Weft/FunctionSyntax.h"
#include "dialects/Weft/Shapes.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialects/Weft/WeftDialect.h.inc"
#include "dialects/Weft/WeftEnums.h.inc"
#define GET_ATTRDEF_CLASSES
#include "dialects/Weft/WeftAttrs.h.inc"

namespace weft {

// Directives of the assembly formats; those of the spec dialect are used as they are.
using spec::parseInit;
using spec::parseKeyword;
using spec::printInit;
using spec::printKeyword;

} // namespace weft

#define GET_OP_CLASSES
#include "dialects/Weft/WeftOps.h.inc"

namespace weft {

/// Whether an op may stand between a product and its loss: each element is computed from one of each operand.
bool isOnLogits(mlir::Operation *op);

} // namespace weft

#endif // WEFT_WEFT_WEFT_H
