// weft-decompose-loss: cross_entropy becomes a loss and a weight for each row, and their sums.
#include "weft/Autodiff/Passes.h"

#include "dialects/Weft/Weft.h"

#include "mlir/Transforms/WalkPatternRewriteDriver.h"

namespace weft {
#define GEN_PASS_DEF_DECOMPOSELOSS
#include "weft/Autodiff/Passes.h.inc"
} // namespace weft

using namespace mlir;
using namespace weft;

namespace {

// sum, weight = cross_entropy(x, t)  ->  l, w, lse = cross_entropy_rows(x, t); sum(l), sum(w)
struct DecomposeCrossEntropy : OpRewritePattern<CrossEntropyOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(CrossEntropyOp op, PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder builder(op.getLoc(), rewriter);
    auto rows = CrossEntropyRowsOp::create(builder, op.getLogits(), op.getTargets(),
                                           op.getIgnoreIndexAttr(), op.getLabelSmoothingAttr(),
                                           op.getZLossAttr());
    auto axes = llvm::to_vector(llvm::seq<int64_t>(0, rows.getLoss().getType().getRank()));
    auto sum = SumOp::create(builder, rows.getLoss(), axes);
    auto weight = SumOp::create(builder, rows.getWeight(), axes);
    for (Operation *part : {rows.getOperation(), sum.getOperation(), weight.getOperation()})
      copyScope(op, part);
    rewriter.replaceOp(op, {sum, weight});
    return success();
  }
};

struct DecomposeLossPass : weft::impl::DecomposeLossBase<DecomposeLossPass> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<DecomposeCrossEntropy>(&getContext());
    walkAndApplyPatterns(getOperation(), std::move(patterns));
  }
};

} // namespace
