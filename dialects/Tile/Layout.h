// Layouts of tiles as C++ values.
#ifndef WEFT_TILE_LAYOUT_H
#define WEFT_TILE_LAYOUT_H

#include "dialects/Tile/Tile.h"

namespace weft::tile {

using Coordinates = llvm::SmallVector<int32_t, 2>;

/// The C++ form of `#tile.layout`: a basis for each bit of the register's, lane's and warp's number.
struct Layout {
  int64_t rank = 0;
  llvm::SmallVector<Coordinates> registers, lanes, warps;

  static Layout of(LayoutAttr attr);
  /// Of a tile's type, which must have one.
  static Layout of(mlir::Type type);
  LayoutAttr attr(mlir::MLIRContext *context) const;

  int64_t numRegisters() const { return int64_t(1) << registers.size(); }
  /// The coordinates of a register in lane 0 of warp 0.
  Coordinates ofRegister(int64_t number) const;
  /// The register of lane 0 of warp 0 that holds coordinates which one there does.
  int64_t registerAt(llvm::ArrayRef<int32_t> coordinates) const;
  /// How many neighbours along the last dimension lie in neighbouring registers, in order, in every thread: a power of two.
  int64_t run() const;
  bool hasSameThreads(const Layout &other) const {
    return lanes == other.lanes && warps == other.warps;
  }

  // ---- layouts made of layouts

  /// Of the tile without one axis.
  Layout sliced(int64_t axis) const;
  Layout transposed() const;
  /// Of the pieces of `extent` columns that a tile is put together from: alike for all of them.
  Layout piece(int64_t extent) const;
  /// Of a tile that is the same everywhere along a dimension.
  Layout without(int64_t dim) const;
  /// Of the operand of a product that has this layout: [rows, inner] of a, [inner, columns] of b.
  /// Each thread holds the rows, or columns, of its results.
  Layout operand(int64_t inner, bool isA) const;
  /// The same for a product of fragments, of elements of so many bits.
  Layout fragmentOperand(int64_t inner, int64_t bits, bool isA) const;

  // ---- layouts of their own

  /// Neighbouring lanes hold neighbouring runs of elements; warps take rows. Runs are shorter where lanes would hold
  /// nothing of their own.
  static Layout blocked(llvm::ArrayRef<int64_t> shape, int64_t warps, int64_t run = 1);
  /// The same within a warp; all warps hold everything.
  static Layout perWarp(llvm::ArrayRef<int64_t> shape, int64_t warps);
  /// Of results that threads sum up alone: 8 x 4 lanes, warps in rows, and blocks of both a thread, which are neighbours
  /// in runs of rows and columns as far as there are so many.
  static Layout ofProduct(llvm::ArrayRef<int64_t> shape, int64_t warps, int64_t rows = 1, int64_t columns = 1);
  /// Of results that tensor cores sum up, in fragments of 16 x 8: warps take rows, then columns.
  static Layout ofFragments(llvm::ArrayRef<int64_t> shape, int64_t warps);
};

/// The encoding of a tile's type, or null.
LayoutAttr getLayout(mlir::Type type);
mlir::RankedTensorType withLayout(mlir::Type type, LayoutAttr layout);

// ---- products

/// How many of what a product sums over are in one fragment of tensor cores; 0 where these cannot take it.
int64_t getFragmentInner(DotOp dot);
/// The layout in which a product is computed.
Layout getResultLayout(DotOp dot, int64_t warps);
/// And that of an operand of it, or of a slice with `inner` of what is summed over; transposed as the op says.
Layout getOperandLayout(DotOp dot, const Layout &result, int64_t inner, bool isA);

/// Where an element lies in shared memory, in bytes from the start: linear over GF(2).
int64_t getSharedOffset(mlir::MemRefType type, llvm::ArrayRef<int32_t> coordinates);
/// What a warpgroup's matrix descriptor calls that order, in rows of so many bytes (PTX: 1, 2, 3 for a swizzle of 128, 64, 32 bytes);
/// nothing for rows that it has no name for.
std::optional<uint64_t> getSwizzleMode(int64_t rowBytes);

} // namespace weft::tile

#endif // WEFT_TILE_LAYOUT_H
