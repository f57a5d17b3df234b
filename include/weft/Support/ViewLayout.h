// Where the elements of a tensor lie in the buffer of the tensor that it is a view of.
//
// Reshape, transpose, slice and split move no data if their consumers can read strided memory. This
// analysis says, for each value, which value's buffer holds it and with what offset and strides.
#ifndef WEFT_SUPPORT_VIEWLAYOUT_H
#define WEFT_SUPPORT_VIEWLAYOUT_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Value.h"

namespace weft {

/// A strided view; offset and strides count elements.
struct ViewLayout {
  int64_t offset = 0;
  llvm::SmallVector<int64_t> shape;
  llvm::SmallVector<int64_t> strides;

  static ViewLayout rowMajor(llvm::ArrayRef<int64_t> shape);

  bool isRowMajor() const;

  /// The same elements under another shape, where strides can express it.
  std::optional<ViewLayout> reshaped(llvm::ArrayRef<int64_t> newShape) const;
  ViewLayout transposed(llvm::ArrayRef<int64_t> permutation) const;
  ViewLayout sliced(llvm::ArrayRef<int64_t> offsets, llvm::ArrayRef<int64_t> sizes) const;

  /// The view as a memref type; the offset is left out.
  mlir::MemRefType memrefType(mlir::Type elementType) const;
};

/// A value's buffer and its place in it.
struct ViewOf {
  mlir::Value root; // the value whose buffer it is; itself where it is no view
  ViewLayout layout;
};

/// True for the ops that make views where they can.
bool isViewOp(mlir::Operation *op);

/// The place of `value`. A view op that strides cannot express is a root of its own: before buffers
/// are made it gets a `weft.copy` in front (see `weft-insert-copies`).
ViewOf resolveView(mlir::Value value);

} // namespace weft

#endif // WEFT_SUPPORT_VIEWLAYOUT_H
