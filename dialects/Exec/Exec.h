// The exec dialect: when and where a training step runs.
#ifndef WEFT_EXEC_EXEC_H
#define WEFT_EXEC_EXEC_H

#include "dialects/Interfaces/CommandOpInterface.h"
#include "dialects/Interfaces/Spec.h"
#include "dialects/Interfaces/Target.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace weft::exec {
using spec::Library;
} // namespace weft::exec

#include "dialects/Exec/ExecDialect.h.inc"
#include "dialects/Exec/ExecEnums.h.inc"
#define GET_ATTRDEF_CLASSES
#include "dialects/Exec/ExecAttrs.h.inc"
#define GET_OP_CLASSES
#include "dialects/Exec/ExecOps.h.inc"

namespace weft::exec {

/// The number of elements from the first to the last one of `type`, gaps of its strides included; 0
/// where it has none. Nothing where strides are unknown or negative, or where the number in bytes
/// does not fit 63 bits.
std::optional<int64_t> getSpan(mlir::MemRefType type);

/// The whole bytes that `count` elements take up, one behind the other. Nothing where that does not fit 63 bits.
std::optional<int64_t> countBytes(mlir::Type element, int64_t count);

/// The bytes that a buffer takes up; for types that verified ops hold.
int64_t getByteSize(mlir::MemRefType type);

/// The different values of all words of the programs, in the order of their first use. They stand behind the numbers of the
/// step block.
llvm::SmallVector<int32_t> collectWords(ModuleOp module);

} // namespace weft::exec

#endif // WEFT_EXEC_EXEC_H
