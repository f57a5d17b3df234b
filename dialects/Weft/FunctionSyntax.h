// What weft.layer, weft.model and weft.graph have in common: signature, argument names, syntax.
#ifndef WEFT_WEFT_FUNCTIONSYNTAX_H
#define WEFT_WEFT_FUNCTIONSYNTAX_H

#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

namespace weft {

/// The argument attribute that keeps the name a user gave to an argument. It is not printed: the
/// argument itself carries it, as in `%tokens: tensor<8x64xi32>`.
inline constexpr llvm::StringLiteral kNameAttr = "weft.name";

/// Argument attributes of graphs, from `weft-bound-inputs`: valid values are 0 <= value < limit,
/// and `ignored` besides.
inline constexpr llvm::StringLiteral kLimitAttr = "weft.limit";
inline constexpr llvm::StringLiteral kIgnoredAttr = "weft.ignored";

/// Argument attribute of models and graphs: the host writes the argument, 1 for what a batch has of
/// the data and 0 for what it was filled up with.
inline constexpr llvm::StringLiteral kFromDataAttr = "weft.from_data";

/// Marks the op of a model whose result is the logits, where no cross entropy reads these as a whole.
inline constexpr llvm::StringLiteral kLogitsAttr = "logits";

/// The name of an argument of a layer, model or graph: as the user wrote it, else "arg<index>".
std::string getArgumentName(mlir::FunctionOpInterface function, unsigned index);

/// Builds the attributes and the region with its entry block.
void buildFunction(mlir::OpBuilder &builder, mlir::OperationState &state,
                   mlir::StringAttr typeAttrName, mlir::StringAttr argAttrsName,
                   llvm::StringRef name, mlir::FunctionType type,
                   llvm::ArrayRef<llvm::StringRef> argumentNames);

/// `@name(%x: type {attributes}, ...) -> results attributes {...} { body }`.
mlir::ParseResult parseFunction(mlir::OpAsmParser &parser, mlir::OperationState &result,
                                mlir::StringAttr typeAttrName, mlir::StringAttr argAttrsName);
void printFunction(mlir::OpAsmPrinter &printer, mlir::Operation *op);

/// Gives the arguments their names back when the body is printed.
void nameArguments(mlir::Operation *op, mlir::Region &region, mlir::OpAsmSetValueNameFn setName);

/// Proves that arguments and results are tensors that ops of the dialect can take.
llvm::LogicalResult verifyFunctionType(mlir::Operation *op);

/// Proves that a `weft.name` is a string that can be an SSA name and that no argument before has
/// it.
llvm::LogicalResult verifyArgumentName(mlir::FunctionOpInterface function, unsigned index,
                                       mlir::Attribute name);

/// Proves that `weft.from_data` is a unit attribute of a model's or graph's argument whose type
/// holds a number for each sequence or for each of its positions.
llvm::LogicalResult verifyFromData(mlir::Operation *op, unsigned index, mlir::Attribute value);

} // namespace weft

#endif // WEFT_WEFT_FUNCTIONSYNTAX_H
