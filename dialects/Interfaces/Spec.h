// Attributes that all levels share: initial values, roles.
#ifndef WEFT_INTERFACES_SPEC_H
#define WEFT_INTERFACES_SPEC_H

#include "dialects/Interfaces/ExactDouble.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Attributes.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Dialect.h"
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

/// A role by its keyword.
mlir::ParseResult parseRole(mlir::OpAsmParser &parser, RoleAttr &role);
void printRole(mlir::OpAsmPrinter &printer, mlir::Operation *op, RoleAttr role);

/// The kind of an entry by its keyword.
mlir::ParseResult parseEntryKind(mlir::OpAsmParser &parser, EntryKindAttr &kind);
void printEntryKind(mlir::OpAsmPrinter &printer, mlir::Operation *op, EntryKindAttr kind);

/// Whether the epilogue adds a row to its product's result.
inline bool addsBias(Epilogue epilogue) { return epilogue == Epilogue::Bias || epilogue == Epilogue::Gelu; }
/// Whether the epilogue leaves the result as it is and adds up one of the factors.
inline bool sumsFactor(Epilogue epilogue) { return epilogue == Epilogue::SumA || epilogue == Epilogue::SumB; }
/// The rows of a result, along which cuBLASLt keeps what gelu is taken of, are multiples of this many elements.
inline constexpr int64_t kAuxMultiple = 8;

/// An epilogue by its keyword.
mlir::ParseResult parseEpilogue(mlir::OpAsmParser &parser, EpilogueAttr &epilogue);
void printEpilogue(mlir::OpAsmPrinter &printer, mlir::Operation *op, EpilogueAttr epilogue);

/// Parses the keyword of an enumerator for an EnumAttr of type `AttrT`; the error lists `choices`.
template <typename AttrT, typename EnumT>
mlir::ParseResult parseEnumKeyword(mlir::OpAsmParser &parser, AttrT &attr,
                                   std::optional<EnumT> (*symbolize)(llvm::StringRef),
                                   llvm::StringRef choices) {
  llvm::StringRef keyword;
  auto loc = parser.getCurrentLocation();
  if (failed(parser.parseKeyword(&keyword)))
    return mlir::failure();
  std::optional<EnumT> value = symbolize(keyword);
  if (!value)
    return parser.emitError(loc) << "expected " << choices << ", got '" << keyword << "'";
  attr = AttrT::get(parser.getContext(), *value);
  return mlir::success();
}

} // namespace weft::spec

#endif // WEFT_INTERFACES_SPEC_H
