// The values of a group, tile by tile: what the kernel builder's loops are filled with.
#ifndef WEFT_LIB_CONVERSION_WEFTTOTILE_KERNELVALUES_H
#define WEFT_LIB_CONVERSION_WEFTTOTILE_KERNELVALUES_H

#include "KernelBuilder.h"

namespace weft {

/// Emits values of a group inside its kernel. A value that differs from column to column is a tile,
/// any other a scalar.
class KernelValues {
public:
  KernelValues(mlir::OpBuilder &builder, GroupOp group, const IterationSpace &space,
               int64_t tileBytes);

protected:
  using Tiles = llvm::DenseMap<mlir::Value, mlir::Value>; // looked up only

  mlir::Value argumentBuffer(mlir::Value argument);
  mlir::Value resultBuffer(size_t i);
  mlir::Value result(size_t i) { return body.getTerminator()->getOperand(i); }

  mlir::Value index(int64_t value);
  mlir::RankedTensorType tileOf(mlir::Type element) const {
    return mlir::RankedTensorType::get({extent}, element);
  }
  mlir::Value asTile(mlir::Value value);

  bool spansColumns(const Access &access) const;
  /// Whether a value of the group differs from column to column.
  bool spansColumns(mlir::Value value);
  /// How many loops over the columns must have run before the value can be computed.
  int64_t phaseOf(mlir::Value value);

  /// Sets the coordinates of row `row`, the last dimension running fastest.
  void setRow(mlir::Value row);
  /// The index of each dimension of an access, with `column` for the last one.
  llvm::SmallVector<mlir::Value> indicesOf(const Access &access, mlir::Value column);

  /// A value that is the same in all columns.
  mlir::Value emitScalar(mlir::Value value);
  /// A value at the tile that starts at `column`; scalars stay scalars. `tiles` holds what is there
  /// already for this tile.
  mlir::Value emit(mlir::Value value, mlir::Value column, bool inBounds, Tiles &tiles);
  /// What the op computes from tiles or scalars of its operands.
  mlir::Value emitBody(mlir::Operation *op, mlir::ValueRange operands, mlir::Value column);

  mlir::OpBuilder &builder;
  mlir::Block &body;
  const IterationSpace &space;
  mlir::Location loc;
  int64_t extent; // of a tile
  mlir::RankedTensorType tileType;
  tile::KernelOp kernel;
  Tiles scalars;                          // emitted already
  mlir::Operation *hoistBefore = nullptr; // a column loop: scalars are emitted in front of it

private:
  const Access &accessOf(mlir::Value argument) const;
  /// The row of the table that the op takes for an id.
  mlir::Value tableRow(GatherRowsOp op, mlir::Value id);
  /// What the op computes from scalars, as a scalar; a gather from its id alone.
  mlir::Value emitScalarBody(mlir::Operation *op, mlir::ValueRange operands);
  mlir::Value load(mlir::Value buffer, mlir::ValueRange indices, bool inBounds);

  llvm::SmallVector<mlir::Value> rowCoordinates;
  llvm::DenseMap<mlir::Value, bool> spans;     // looked up only
  llvm::DenseMap<mlir::Value, int64_t> phases; // looked up only
};

} // namespace weft

#endif // WEFT_LIB_CONVERSION_WEFTTOTILE_KERNELVALUES_H
