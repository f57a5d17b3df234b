// The tile dialect: how one kernel computes its result, tile by tile.
#ifndef WEFT_TILE_TILE_H
#define WEFT_TILE_TILE_H

#include "dialects/Interfaces/Spec.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/IR/TensorEncoding.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialects/Tile/TileDialect.h.inc"
#include "dialects/Tile/TileEnums.h.inc"
#define GET_ATTRDEF_CLASSES
#include "dialects/Tile/TileAttrs.h.inc"

namespace weft::tile {
using spec::parseKeyword;
using spec::printKeyword;
} // namespace weft::tile

#define GET_OP_CLASSES
#include "dialects/Tile/TileOps.h.inc"

#endif // WEFT_TILE_TILE_H
