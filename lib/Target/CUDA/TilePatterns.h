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

/// Buffers in global memory: loads and stores of tiles and scalars; shared memory.
void populateMemoryPatterns(mlir::TypeConverter &converter, mlir::RewritePatternSet &patterns);

} // namespace weft

#endif // WEFT_LIB_TARGET_CUDA_TILEPATTERNS_H
