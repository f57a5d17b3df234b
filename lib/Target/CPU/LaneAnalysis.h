// Which dimension of each tile of rank 2 lies along the lanes of vectors.
#ifndef WEFT_LIB_TARGET_CPU_LANEANALYSIS_H
#define WEFT_LIB_TARGET_CPU_LANEANALYSIS_H

#include "dialects/Tile/Tile.h"

#include "llvm/ADT/DenseMap.h"

namespace weft {

/// Whether a value is a tile of rank 2.
bool isMatrix(mlir::Value value);

/// Whether a matrix is made anew wherever a row of it is wanted: constants, splats, broadcasts.
bool isRowFree(mlir::Value value);

/// A matrix is held row by row, where a row is one vector: its lanes run along one dimension. A dot
/// has one operand of vectors, whose lanes are those of the result, and one of scalars. Which is
/// which decides everything else:
///   acc[i, lanes] += a[i, k] * b[k, lanes]   or   acc[lanes, j] += a[lanes, k] * b[k, j].
/// Preferred as vectors are tiles that an earlier dot has laid out so, then what is loaded outside
/// the loop of the dot: it can be packed once in any order, and what streams through the loop is
/// read in place, one scalar at a time.
class LaneAnalysis {
public:
  explicit LaneAnalysis(tile::KernelOp kernel);

  /// The dimension (0 or 1) of a computed matrix that lies along the lanes.
  unsigned lanesOf(mlir::Value value) const;

  /// In which orders a load must be packed: bit d for lanes along dimension d; 0 if it is read in
  /// place.
  unsigned packingsOf(tile::LoadOp load) const { return packings.lookup(load); }

  /// Whether a is the operand of vectors.
  bool takesVectorsFromA(tile::DotOp dot) const { return lanesOf(dot.getResult()) == 0; }

  /// The first dot whose operands allow neither choice.
  tile::DotOp getConflict() const { return conflict; }

private:
  unsigned find(mlir::Value value) const;
  void unite(mlir::Value a, mlir::Value b);
  void uniteLoop(mlir::Operation *op);
  void chooseAll(tile::KernelOp kernel);
  bool choose(tile::DotOp dot, bool evenIfEqual);
  int rate(tile::DotOp dot, mlir::Value operand, unsigned lanes) const;
  void demand(mlir::Value value, unsigned lanes);

  llvm::DenseMap<mlir::Value, unsigned> numbers; // looked up only
  mutable llvm::SmallVector<unsigned> parents;   // of sets of tiles with the same lanes
  llvm::SmallVector<int> lanes;                  // of a set's root; -1 while open
  llvm::DenseMap<mlir::Operation *, unsigned> packings;
  tile::DotOp conflict;
};

} // namespace weft

#endif // WEFT_LIB_TARGET_CPU_LANEANALYSIS_H
