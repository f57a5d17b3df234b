// weft-exp-to-exp2: exponentials beside products on tensor cores become the GPU's powers of two.
#include "FindOps.h"
#include "Specialization.h"
#include "dialects/Tile/Layout.h"
#include "weft/Target/CUDA/Passes.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_EXPTOEXP2
#include "weft/Target/CUDA/Passes.h.inc"

using namespace tile;

namespace {

constexpr double kLog2E = 1.4426950408889634;

/// The number that an f32 tile holds everywhere.
std::optional<double> splatOf(Value tile) {
  DenseElementsAttr elements;
  if (!matchPattern(tile, m_Constant(&elements)) || !elements.isSplat() || !elements.getElementType().isF32())
    return std::nullopt;
  return elements.getSplatValue<APFloat>().convertToFloat();
}

Value makeSplat(OpBuilder &b, Location loc, Type type, double value) {
  return arith::ConstantOp::create(
      b, loc, DenseElementsAttr::get(cast<ShapedType>(type), b.getFloatAttr(b.getF32Type(), value)));
}

/// The factors of a product with a constant above 0, which keeps the order of numbers.
struct Scaled {
  Value number;
  double factor;

  static std::optional<Scaled> of(Value value) {
    auto product = value.getDefiningOp<arith::MulFOp>();
    if (!product)
      return std::nullopt;
    std::optional<double> factor = splatOf(product.getRhs());
    if (!factor || !(*factor > 0) || std::isinf(*factor))
      return std::nullopt;
    return Scaled{product.getLhs(), *factor};
  }
};

/// Scores that are hidden stay at -infinity: select(c, x * s, -inf) = select(c, x, -inf) * s.
struct ScaleAfterSelect : OpRewritePattern<arith::SelectOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(arith::SelectOp op, PatternRewriter &rewriter) const override {
    std::optional<Scaled> scaled = Scaled::of(op.getTrueValue());
    std::optional<double> hidden = splatOf(op.getFalseValue());
    if (!scaled || !hidden || *hidden != -std::numeric_limits<double>::infinity())
      return rewriter.notifyMatchFailure(op, "hides no scaled scores");
    Value seen = arith::SelectOp::create(rewriter, op.getLoc(), op.getCondition(), scaled->number, op.getFalseValue());
    rewriter.replaceOpWithNewOp<arith::MulFOp>(op, seen, makeSplat(rewriter, op.getLoc(), op.getType(), scaled->factor));
    return success();
  }
};

/// Rounding keeps the order as well: max(x * s) = max(x) * s, to the bit.
struct ScaleAfterMax : OpRewritePattern<ReduceOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(ReduceOp op, PatternRewriter &rewriter) const override {
    std::optional<Scaled> scaled = Scaled::of(op.getValue());
    if (op.getKind() != ReductionKind::Max || !isa<RankedTensorType>(op.getType()) || !scaled)
      return rewriter.notifyMatchFailure(op, "no maximum of scaled rows");
    Value largest = ReduceOp::create(rewriter, op.getLoc(), op.getType(), op.getKind(), scaled->number, op.getAxis());
    rewriter.replaceOpWithNewOp<arith::MulFOp>(op, largest, makeSplat(rewriter, op.getLoc(), op.getType(), scaled->factor));
    return success();
  }
};

/// A factor goes to where it costs least: into another one, or to the rows that are broadcast.
Value times(OpBuilder &b, Location loc, Value x, double factor) {
  if (std::optional<Scaled> scaled = Scaled::of(x))
    return times(b, loc, scaled->number, scaled->factor * factor);
  if (auto broadcast = x.getDefiningOp<BroadcastOp>())
    return BroadcastOp::create(b, loc, x.getType(), times(b, loc, broadcast.getValue(), factor), broadcast.getAxis());
  return arith::MulFOp::create(b, loc, x, makeSplat(b, loc, x.getType(), factor));
}

/// Whether scores have something added to them, which may be so large that a rounding of r log2(e) counts.
bool isSum(Value scores) {
  if (auto hidden = scores.getDefiningOp<arith::SelectOp>())
    scores = hidden.getTrueValue();
  Operation *op = scores.getDefiningOp();
  while (isa_and_nonnull<arith::ExtFOp, arith::TruncFOp>(op)) // of fewer bits
    op = op->getOperand(0).getDefiningOp();
  return isa_and_nonnull<arith::AddFOp>(op);
}

/// exp(x - r) = 2^(x log2(e) - r log2(e)), one fused multiply-add for each x where r is a row's.
struct ToPowersOfTwo : OpRewritePattern<math::ExpOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(math::ExpOp op, PatternRewriter &rewriter) const override {
    if (!getElementTypeOrSelf(op.getType()).isF32())
      return rewriter.notifyMatchFailure(op, "powers of two are of f32");
    Location loc = op.getLoc();
    auto difference = op.getOperand().getDefiningOp<arith::SubFOp>();
    Value exponent;
    if (difference && difference.getRhs().getDefiningOp<BroadcastOp>() && !isSum(difference.getLhs()))
      exponent = arith::SubFOp::create(rewriter, loc, times(rewriter, loc, difference.getLhs(), kLog2E),
                                       times(rewriter, loc, difference.getRhs(), kLog2E));
    else if (isa<RankedTensorType>(op.getType()))
      exponent = times(rewriter, loc, op.getOperand(), kLog2E);
    else
      return rewriter.notifyMatchFailure(op, "no tile");
    rewriter.replaceOpWithNewOp<math::Exp2Op>(op, exponent, arith::FastMathFlags::afn);
    return success();
  }
};

struct ExpToExp2Pass : impl::ExpToExp2Base<ExpToExp2Pass> {
  void runOnOperation() override {
    // A backward has no maxima, and holds so much that with shorter code ptxas keeps more of it than there are registers
    // for; not where products of warpgroups read their factors themselves.
    bool roundsFactors = anyOp<DotOp>(getOperation(), getFragmentInner);
    bool hasMaxima = anyOp<ReduceOp>(getOperation(), [](ReduceOp op) { return op.getKind() == ReductionKind::Max; });
    if (!roundsFactors || !(hasMaxima || getOperation()->hasAttr(kArchAttr)))
      return;
    // All factors are behind what they can be behind before one is looked for.
    rewrite<ScaleAfterSelect, ScaleAfterMax>();
    rewrite<ToPowersOfTwo>();
  }

  template <typename... Patterns> void rewrite() {
    RewritePatternSet patterns(&getContext());
    patterns.add<Patterns...>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
} // namespace weft
