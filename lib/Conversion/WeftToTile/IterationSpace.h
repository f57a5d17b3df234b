// The rows and columns that a group runs over, and how each of its tensors lies in them.
#ifndef WEFT_LIB_CONVERSION_WEFTTOTILE_ITERATIONSPACE_H
#define WEFT_LIB_CONVERSION_WEFTTOTILE_ITERATIONSPACE_H

#include "dialects/Weft/Weft.h"
#include "weft/Support/ViewLayout.h"

namespace weft {

/// True for a reduction of the last dimension (its result has a last size of 1).
bool isRowReduction(mlir::Operation *op);
/// True for a sum over all dimensions but the last, in parts or whole.
bool isColumnReduction(mlir::Operation *op);
/// True for the reductions that end a kernel of their own: column reductions and `chunk_sums`.
bool isSinkReduction(mlir::Operation *op);
/// Whether the op gathers rows of `value`.
bool isTableOf(mlir::Operation *op, mlir::Value value);
/// The shape that an op inside a group runs over: what a reduction reads, else the result's.
llvm::ArrayRef<int64_t> iterationShape(mlir::Operation *op);

/// How one argument or result of a group lies in the space: the dimensions that it spans.
struct Access {
  llvm::SmallVector<int64_t> dims;    // of the space, increasing
  llvm::SmallVector<int64_t> strides; // of the buffer, for each of `dims`
  mlir::MemRefType type;              // of the kernel's argument
};

/// The space of a group after simplification: dimensions of size 1 are gone and neighbours that
/// every tensor walks as one are merged. The last dimension is the columns.
struct IterationSpace {
  enum class Kind {
    Flat,    // elementwise on contiguous tensors: columns only
    Rows,    // a program a row
    Columns, // a sum over the rows: a program a tile of columns, and a part of the rows
    Chunks   // sums of runs of a contiguous tensor: columns only, a program a run
  };
  Kind kind;
  llvm::SmallVector<int64_t> shape;
  llvm::SmallVector<Access> arguments; // a gathered table has no dims
  llvm::SmallVector<Access> results;

  int64_t columns() const { return shape.back(); }
  int64_t rows() const;

  /// `resultLayouts` says where results go when they are not whole row-major buffers (else empty).
  static IterationSpace of(GroupOp group, llvm::ArrayRef<ViewLayout> operandLayouts,
                           llvm::ArrayRef<ViewLayout> resultLayouts);
};

} // namespace weft

#endif // WEFT_LIB_CONVERSION_WEFTTOTILE_ITERATIONSPACE_H
