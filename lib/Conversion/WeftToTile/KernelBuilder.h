// Builds the tile kernel of a group.
#ifndef WEFT_LIB_CONVERSION_WEFTTOTILE_KERNELBUILDER_H
#define WEFT_LIB_CONVERSION_WEFTTOTILE_KERNELBUILDER_H

#include "IterationSpace.h"

#include "dialects/Interfaces/Target.h"
#include "dialects/Tile/Tile.h"

namespace weft {

struct KernelOptions {
  int64_t tileBytes = 256; // of a full tile
  int64_t chunk = 4096;    // elements of one program of a flat kernel
  spec::TargetAttr target; // what decides on the rest
  /// Of a full tile of a row that the lanes of a warp load together; 0 where there are no warps, and rows have tiles as others.
  int64_t rowBytes() const { return target.getLaneBytes() * spec::kWarpSize; }
};

/// Creates a kernel at the builder's insertion point, with a body that computes the group's
/// results.
tile::KernelOp buildKernel(mlir::OpBuilder &builder, mlir::StringRef name, GroupOp group,
                           const IterationSpace &space, const KernelOptions &options);

/// Creates the kernel of `embedding_backward`: adds row r of the gradient to row ids[r] of the
/// output, which is the buffer of `old` (marked `in_place_required`). Programs own tiles of
/// columns, so that rows are added in order and without atomics; for a target that wants many programs rows of the output, too, where the first program
/// that has an id adds the rows of all. Rows whose id is the op's `padding_index` are passed over.
tile::KernelOp buildScatterKernel(mlir::OpBuilder &builder, mlir::StringRef name,
                                  EmbeddingBackwardOp op, const KernelOptions &options);

/// Creates the kernels of `top_k`, a program a row, and of `route`, one program.
tile::KernelOp buildTopKKernel(mlir::OpBuilder &builder, TopKOp op);
tile::KernelOp buildRouteKernel(mlir::OpBuilder &builder, RouteOp op);

/// Creates the kernels of `grouped_linear` and its backward.
tile::KernelOp buildGroupedLinearKernel(mlir::OpBuilder &builder, GroupedLinearOp op, const KernelOptions &options);
tile::KernelOp buildGroupedLinearBackwardKernel(mlir::OpBuilder &builder, GroupedLinearBackwardOp op,
                                                const KernelOptions &options);

/// The kernel attribute that says which argument lists where groups of rows begin: it ascends from 0 to the rows of
/// argument 0.
inline constexpr llvm::StringLiteral kGroupOffsets = "group_offsets";

/// The kernel attribute that says that output 0 must be given the buffer of argument 0.
inline constexpr llvm::StringLiteral kInPlaceRequired = "in_place_required";

} // namespace weft

#endif // WEFT_LIB_CONVERSION_WEFTTOTILE_KERNELBUILDER_H
