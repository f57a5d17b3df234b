// weft-fuse-accumulation: products are added straight into gradients.
#include "weft/Autodiff/Passes.h"

#include "dialects/Weft/Weft.h"

namespace weft {
#define GEN_PASS_DEF_FUSEACCUMULATION
#include "weft/Autodiff/Passes.h.inc"
} // namespace weft

using namespace mlir;
using namespace weft;

/// The product that makes `value`, if nothing else uses it.
static MatmulOp getOnlyUsedProduct(Value value) {
  auto product = value.getDefiningOp<MatmulOp>();
  return product && product->hasOneUse() ? product : nullptr;
}

/// Whether `value` is a gradient to which contributions are being added: the accumulation of the
/// first one, or the sum of such a value and a further one.
static bool isGradientChain(Value value) {
  while (auto add = value.getDefiningOp<AddOp>())
    value = add.getLhs();
  Operation *op = value.getDefiningOp();
  return op && op->hasTrait<facts::AddsToOld>();
}

static void replaceByAccumulation(PatternRewriter &rewriter, Operation *op, MatmulOp product,
                                  Value old, Value flag) {
  auto fused =
      MatmulAccumulateOp::create(rewriter, op->getLoc(), old, product.getLhs(), product.getRhs(),
                                 flag, product.getTransposeA(), product.getTransposeB());
  copyScope(op, fused);
  rewriter.replaceOp(op, fused);
}

namespace {

// accumulate(old, matmul(a, b), flag)  ->  matmul_accumulate(old, a, b) if flag
struct FuseFirst : OpRewritePattern<AccumulateOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(AccumulateOp op, PatternRewriter &rewriter) const override {
    MatmulOp product = getOnlyUsedProduct(op.getValue());
    if (!product)
      return rewriter.notifyMatchFailure(op, "value is not a product used only here");
    replaceByAccumulation(rewriter, op, product, op.getOld(), op.getFlag());
    return success();
  }
};

// add(chain, matmul(a, b))  ->  matmul_accumulate(chain, a, b)
struct FuseFurther : OpRewritePattern<AddOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(AddOp op, PatternRewriter &rewriter) const override {
    Value old = op.getLhs();
    MatmulOp product = getOnlyUsedProduct(op.getRhs());
    if (!product || old.getType() != product.getType())
      return rewriter.notifyMatchFailure(op, "rhs is not a product of that type used only here");
    if (!old.hasOneUse() || !isGradientChain(old))
      return rewriter.notifyMatchFailure(op, "lhs is not a gradient used only here");
    replaceByAccumulation(rewriter, op, product, old, /*flag=*/Value());
    return success();
  }
};

/// Products by expert, in the same way.
template <typename OpT> struct FuseGrouped : OpRewritePattern<OpT> {
  using OpRewritePattern<OpT>::OpRewritePattern;

  LogicalResult matchAndRewrite(OpT op, PatternRewriter &rewriter) const override {
    Value old = op->getOperand(0), flag;
    if constexpr (std::is_same_v<OpT, AccumulateOp>)
      flag = op.getFlag();
    else if (!old.hasOneUse() || !isGradientChain(old) || old.getType() != op.getType())
      return rewriter.notifyMatchFailure(op, "lhs is not a gradient used only here");
    auto product = op->getOperand(1).template getDefiningOp<GroupedLinearBackwardOp>();
    if (!product || !product->hasOneUse() || product.getOld())
      return rewriter.notifyMatchFailure(op, "no product by expert used only here");
    auto fused =
        GroupedLinearBackwardOp::create(rewriter, op->getLoc(), product.getLhs(), product.getRhs(),
                                        product.getOffsets(), old, flag);
    copyScope(op, fused);
    rewriter.replaceOp(op, fused);
    return success();
  }
};

struct FuseAccumulationPass : weft::impl::FuseAccumulationBase<FuseAccumulationPass> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<FuseFirst, FuseFurther, FuseGrouped<AccumulateOp>, FuseGrouped<AddOp>>(&getContext());
    // Folding stays off, so that nothing but accumulations changes.
    GreedyRewriteConfig config;
    config.enableFolding(false).enableConstantCSE(false).setUseTopDownTraversal(true);
    config.setRegionSimplificationLevel(GreedySimplifyRegionLevel::Disabled);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns), config)))
      signalPassFailure();
  }
};

} // namespace
