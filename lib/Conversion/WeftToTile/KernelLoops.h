// The loops of a group's kernel over rows and columns, and what they carry: sums, in parts of a
// fixed shape.
#ifndef WEFT_LIB_CONVERSION_WEFTTOTILE_KERNELLOOPS_H
#define WEFT_LIB_CONVERSION_WEFTTOTILE_KERNELLOOPS_H

#include "KernelValues.h"
#include "ReduceInParts.h"

namespace weft {

/// Emits loops inside the kernel of a group.
class KernelLoops : protected KernelValues {
public:
  using KernelValues::KernelValues;

protected:
  /// The reductions of what the rounds add to what is carried, one for each of `reductions`, in
  /// parts.
  llvm::SmallVector<mlir::Value> reduce(llvm::ArrayRef<mlir::Operation *> reductions,
                                        const Rounds &rounds, Round emitRound);

  using ColumnRound = llvm::function_ref<llvm::SmallVector<mlir::Value>(
      mlir::Value column, bool inBounds, mlir::ValueRange carried)>;
  /// Runs `emitColumns` over all tiles of a row: full tiles first, the rest with bounds. Without
  /// reductions nothing is carried.
  llvm::SmallVector<mlir::Value> forColumns(llvm::ArrayRef<mlir::Operation *> reductions,
                                            ColumnRound emitColumns);

  mlir::Value combine(mlir::Operation *op, mlir::Value a, mlir::Value b);
  llvm::SmallVector<mlir::Value> combine(llvm::ArrayRef<mlir::Operation *> reductions,
                                         mlir::ValueRange a, mlir::ValueRange b);
  /// `value` where the column exists, the neutral element of `op` elsewhere.
  mlir::Value maskTail(mlir::Operation *op, mlir::Value value, mlir::Value column);
  /// The number that is left of a tile of partial results.
  mlir::Value reduceTile(mlir::Operation *op, mlir::Value tile);

private:
  llvm::SmallVector<mlir::Value> neutrals(llvm::ArrayRef<mlir::Operation *> reductions);
  mlir::Value neutral(mlir::Operation *op, mlir::Type tile);
};

} // namespace weft

#endif // WEFT_LIB_CONVERSION_WEFTTOTILE_KERNELLOOPS_H
