// Attributes that all levels share: initial values, roles.
#ifndef WEFT_INTERFACES_SPEC_H
#define WEFT_INTERFACES_SPEC_H

#include "dialects/Interfaces/ExactDouble.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Attributes.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/OpImplementation.h"

#include "dialects/Interfaces/SpecDialect.h.inc"
#include "dialects/Interfaces/SpecEnums.h.inc"
#define GET_ATTRDEF_CLASSES
#include "dialects/Interfaces/SpecAttrs.h.inc"

namespace weft::spec {

/// Prints a finite double in the fewest digits that parse back to the same bits: 0.95, 1.0e-08.
void printDouble(mlir::AsmPrinter &printer, double value);

/// `init(normal, 0.02)`: the form that an init takes inside ops.
mlir::ParseResult parseInit(mlir::OpAsmParser &parser, InitAttr &init);
void printInit(mlir::OpAsmPrinter &printer, mlir::Operation *op, InitAttr init);
/// Proves that a tensor of this shape has the row that starts as zeros, and the padding's rows.
llvm::LogicalResult verifyRows(mlir::Operation *op, InitAttr init,
                               llvm::ArrayRef<int64_t> paddingRows, llvm::ArrayRef<int64_t> shape);

/// Whether the epilogue adds a row to its product's result.
inline bool addsBias(Epilogue epilogue) { return epilogue == Epilogue::Bias || epilogue == Epilogue::Gelu; }
/// Whether the epilogue leaves the result as it is and adds up one of the factors.
inline bool sumsFactor(Epilogue epilogue) { return epilogue == Epilogue::SumA || epilogue == Epilogue::SumB; }
/// The rows of a result, along which cuBLASLt keeps what gelu is taken of, are multiples of this many elements.
inline constexpr int64_t kAuxMultiple = 8;

/// The keyword of an enumerator, for an EnumAttr inside an op's text: `custom<Keyword>`. What is read and the error for what is not
/// known are ODS's; an EnumAttr's own form would print a second space.
template <typename AttrT> mlir::ParseResult parseKeyword(mlir::OpAsmParser &parser, AttrT &attr) {
  using EnumT = decltype(attr.getValue());
  mlir::FailureOr<EnumT> value = mlir::FieldParser<EnumT>::parse(parser);
  if (failed(value))
    return mlir::failure();
  attr = AttrT::get(parser.getContext(), *value);
  return mlir::success();
}
template <typename AttrT> void printKeyword(mlir::OpAsmPrinter &printer, mlir::Operation *, AttrT attr) {
  printer << stringifyEnum(attr.getValue());
}

} // namespace weft::spec

#endif // WEFT_INTERFACES_SPEC_H
