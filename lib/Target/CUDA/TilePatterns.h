// The patterns of weft-convert-tile-to-nvvm.
#ifndef WEFT_LIB_TARGET_CUDA_TILEPATTERNS_H
#define WEFT_LIB_TARGET_CUDA_TILEPATTERNS_H

#include "ThreadCode.h"

#include "mlir/Transforms/DialectConversion.h"

namespace weft {

/// A pattern whose operands are the registers of tiles.
template <typename OpT> struct TilePattern : mlir::OpConversionPattern<OpT> {
  using mlir::OpConversionPattern<OpT>::OpConversionPattern;
  using Adaptor = typename mlir::OpConversionPattern<OpT>::OneToNOpAdaptor;
  using Rewriter = mlir::ConversionPatternRewriter;
};

/// Replaces an op of one result by its registers.
inline void replaceByRegisters(mlir::ConversionPatternRewriter &rewriter, mlir::Operation *op,
                               llvm::ArrayRef<mlir::Value> registers) {
  llvm::SmallVector<llvm::SmallVector<mlir::Value>> results;
  results.emplace_back(registers);
  rewriter.replaceOpWithMultiple(op, std::move(results));
}

inline llvm::SmallVector<mlir::Value> firstOfEach(llvm::ArrayRef<mlir::ValueRange> values) {
  return llvm::map_to_vector(values, [](mlir::ValueRange range) { return range.front(); });
}

/// Emits into a branch that only runs where a condition holds; at once without one.
void emitWhere(ThreadCode &code, mlir::Value condition, llvm::function_ref<void()> emit);

/// Where the registers of a tile lie in a buffer, and which of them are inside.
class BufferTile {
public:
  /// The tile that `op` loads, stores or copies: at `indices` of `buffer`, and up to row `end` where there is one.
  template <typename OpT>
  BufferTile(ThreadCode &code, OpT op, mlir::MemRefType type, mlir::ValueRange buffer,
             llvm::ArrayRef<mlir::ValueRange> indices, mlir::ValueRange end, const tile::Layout &layout)
      : BufferTile(code, type, buffer.front(), firstOfEach(indices), end.empty() ? mlir::Value() : end.front(), layout,
                   op.getInBounds(), op.getAlignment()) {}

  /// How many registers one access may span, from a multiple of it on: they are inside or outside together.
  int64_t run() const { return runLength; }
  /// The pointer of a register; the buffer's first element where it lies outside.
  mlir::Value pointer(int64_t number);
  /// Whether a register lies inside; null if all do.
  mlir::Value isInside(int64_t number);

private:
  BufferTile(ThreadCode &code, mlir::MemRefType type, mlir::Value buffer,
             llvm::ArrayRef<mlir::Value> indices, mlir::Value end, const tile::Layout &layout, bool inBounds,
             std::optional<int64_t> alignment);
  int64_t elementBytes() const { return type.getElementTypeBitWidth() / 8; }
  mlir::Value constant(int64_t value) {
    return code.make<mlir::arith::ConstantIntOp>(code.b.getI64Type(), value);
  }

  ThreadCode &code;
  mlir::MemRefType type;
  mlir::Value buffer, first, end;
  tile::Layout layout;
  bool inBounds;
  int64_t leading, runLength;
  llvm::SmallVector<int64_t> strides;
  llvm::SmallVector<mlir::Value> starts; // of this thread, in the dimensions of the tile
};

/// What stays in the registers of one thread, or goes between lanes.
void populateRegisterPatterns(mlir::TypeConverter &converter, mlir::RewritePatternSet &patterns);
/// Products on tensor cores, and loads of their operands from shared memory.
void populateMatrixPatterns(mlir::TypeConverter &converter, mlir::RewritePatternSet &patterns);
/// Products of warpgroups.
void populateWarpgroupPatterns(mlir::TypeConverter &converter, mlir::RewritePatternSet &patterns);
/// Buffers in global memory: loads and stores of tiles and scalars.
void populateMemoryPatterns(mlir::TypeConverter &converter, mlir::RewritePatternSet &patterns);
/// Shared memory: its loads, stores and copies, and barriers.
void populateSharedPatterns(mlir::TypeConverter &converter, mlir::RewritePatternSet &patterns);

} // namespace weft

#endif // WEFT_LIB_TARGET_CUDA_TILEPATTERNS_H
