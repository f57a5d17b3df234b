// Whose memory each value of a graph lies in.
#ifndef WEFT_LIB_CONVERSION_WEFTTOEXEC_BUFFERASSIGNMENT_H
#define WEFT_LIB_CONVERSION_WEFTTOEXEC_BUFFERASSIGNMENT_H

#include "dialects/Tile/Tile.h"
#include "dialects/Weft/Weft.h"
#include "weft/Support/ViewLayout.h"

namespace weft {

/// Decides, for each computed value of a graph, whether it takes over another value's buffer.
class BufferAssignment {
public:
  BufferAssignment(GraphOp graph, mlir::SymbolTable &symbols);

  /// The variable whose own buffer `value` is computed into, or an empty name.
  mlir::StringRef variableOf(mlir::Value value) const { return variables.lookup(value); }

  /// The value whose arena buffer `value` takes over, or null.
  mlir::Value takesOver(mlir::Value value) const { return taken.lookup(value); }

  /// Whether this is the last op that reads the buffer of `root` (a value that is no view).
  bool isLastUse(mlir::Value root, mlir::Operation *op) const;

private:
  void findLastUses();
  void assignVariables();
  void assignVariable(SetOp set);
  void takeOverOperands(mlir::Operation *op);
  llvm::SmallVector<mlir::Value> reusableOperands(mlir::OpResult result);
  bool isMadeInPlaceOf(mlir::Value value, llvm::ArrayRef<mlir::Value> olds);
  bool mayWriteOver(mlir::Operation *op, mlir::Value root) const;

  GraphOp graph;
  mlir::SymbolTable &symbols;
  llvm::DenseMap<mlir::Operation *, unsigned> position; // looked up only
  llvm::DenseMap<mlir::Value, unsigned> lastUse;        // of each root
  llvm::DenseMap<mlir::Value, mlir::StringRef> variables;
  llvm::DenseMap<mlir::Value, mlir::Value> taken;
};

} // namespace weft

#endif // WEFT_LIB_CONVERSION_WEFTTOEXEC_BUFFERASSIGNMENT_H
