#ifndef WEFT_INTERFACES_TILEBODYOPINTERFACE
#define WEFT_INTERFACES_TILEBODYOPINTERFACE

include "mlir/IR/OpBase.td"

def TileBodyOpInterface : OpInterface<"TileBodyOpInterface"> {
  let cppNamespace = "::weft";
  let description = [{
    An op that can sit inside a fused kernel. It says how one tile of its result is computed from the
    tiles of its operands; which ops share a kernel, the loops over rows and tiles, the loads and the
    stores are the business of the kernel builder. Implementations are attached in
    lib/Conversion/WeftToTile.
  }];
  let methods = [
    InterfaceMethod<[{
      Emits the op on one tile. Each operand is a tile (a 1-D tensor along the last dimension of the
      iteration space) or a scalar where the operand is the same along that dimension; the result
      must be a tile if one operand is, else a scalar. `coordinates` holds the index in each dimension
      of the iteration space; the last is the index of the tile's first lane. A reduction emits what
      it adds up (or maximises) instead of the reduced value.
    }], "::mlir::Value", "emitTile",
    (ins "::mlir::OpBuilder &":$builder, "::mlir::ValueRange":$operands, "::mlir::ValueRange":$coordinates,
         "::mlir::RankedTensorType":$tileType)>
  ];
}

#endif // WEFT_INTERFACES_TILEBODYOPINTERFACE
