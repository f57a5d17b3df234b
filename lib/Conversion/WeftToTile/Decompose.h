// What the patterns of weft-decompose share.
#ifndef WEFT_LIB_CONVERSION_WEFTTOTILE_DECOMPOSE_H
#define WEFT_LIB_CONVERSION_WEFTTOTILE_DECOMPOSE_H

#include "dialects/Weft/Weft.h"

#include "mlir/IR/PatternMatch.h"

namespace weft {

/// Creates primitives in place of one op, and passes its scope, phase and origin on to them.
class Primitives {
public:
  /// Whose ops are: those of the source's place in the model, or of no place, so that CSE shares
  /// what several sources compute alike.
  enum Ownership { Own, Shared };

  Primitives(mlir::OpBuilder &builder, mlir::Operation *source, Ownership ownership = Own)
      : builder(builder), source(source), ownership(ownership) {}

  template <typename OpT, typename... Args> mlir::Value make(Args &&...args) {
    auto op = OpT::create(builder, source->getLoc(), std::forward<Args>(args)...);
    inherit(op);
    return op->getResult(0);
  }
  void inherit(mlir::Operation *op);

  mlir::Value reshape(mlir::Value value, llvm::ArrayRef<int64_t> shape);
  /// A scalar of the element type of `like`.
  mlir::Value scalar(double value, mlir::Value like);
  mlir::Value rowSum(mlir::Value value);
  mlir::Value rowMax(mlir::Value value);
  mlir::Value rowMean(mlir::Value value);

  mlir::OpBuilder &builder;

private:
  mlir::Operation *source;
  Ownership ownership;
};

/// A pattern whose new ops get the scope and phase of the op that they replace, and its name as
/// `origin`, from which kernels are named.
template <typename OpT> struct DecomposePattern : mlir::OpRewritePattern<OpT> {
  using mlir::OpRewritePattern<OpT>::OpRewritePattern;

  virtual llvm::FailureOr<llvm::SmallVector<mlir::Value>> decompose(OpT op,
                                                                    Primitives &p) const = 0;

  llvm::LogicalResult matchAndRewrite(OpT op, mlir::PatternRewriter &rewriter) const override {
    Primitives p(rewriter, op);
    llvm::FailureOr<llvm::SmallVector<mlir::Value>> results = decompose(op, p);
    if (failed(results))
      return llvm::failure();
    rewriter.replaceOp(op, *results);
    return llvm::success();
  }
};

/// sum, mean and reduce_max over any axes become reductions over rows or columns.
void populateReductionPatterns(mlir::RewritePatternSet &patterns);
/// rope becomes tables of cosines and sines, which CSE shares, and products with them.
void populateRopePatterns(mlir::RewritePatternSet &patterns);
/// dropout, dispatch and combine become draws, gathers and elementwise ops.
void populateExpertPatterns(mlir::RewritePatternSet &patterns);

} // namespace weft

#endif // WEFT_LIB_CONVERSION_WEFTTOTILE_DECOMPOSE_H
