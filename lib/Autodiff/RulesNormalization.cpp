// Derivatives of ops over whole rows.
#include "Rules.h"

using namespace mlir;
using namespace weft;

// y = xhat w + b, xhat = (x - mean) rstd. With g = dy w:
//   dx = rstd (g - mean(g) - xhat mean(g xhat)),  dw = sum(dy xhat),  db = sum(dy).
// Of the forward only x is kept; mean and rstd are computed again. xhat is written out once for dx,
// which goes along rows, and once for dw, which goes along columns: the two are different kernels,
// and xhat between them would be a tensor in memory.
static void layerNormRule(LayerNormOp op, Derivative &d) {
  Expr x = d(op.getInput()), w = d(op.getWeight()), dy = d.grad();
  SmallVector<int64_t> last = {x.rank() - 1};
  if (d.needs(0) || d.needs(1)) {
    Expr average = mean(x, last, /*keepDims=*/true);
    Expr centered = x - average;
    Expr variance = mean(centered * centered, last, /*keepDims=*/true);
    Expr rstd = rsqrt(variance + op.getEps().convertToDouble());
    if (d.needs(0)) {
      Expr xhat = (x - average) * rstd, g = dy * w;
      Expr gMean = mean(g, last, /*keepDims=*/true);
      Expr gxMean = mean(g * xhat, last, /*keepDims=*/true);
      d.set(0, (g - gMean - xhat * gxMean) * rstd);
    }
    if (d.needs(1)) {
      Expr xhat = (x - average) * rstd;
      d.set(1, sumTo(dy * xhat, w.type().getShape()));
    }
  }
  if (d.needs(2))
    d.set(2, sumTo(dy, w.type().getShape()));
}

// y = xhat w, xhat = x rstd. With g = dy w: dx = rstd (g - xhat mean(g xhat)), dw = sum(dy xhat).
// As for layer_norm, only x is kept and xhat is written out for each of the two.
static void rmsNormRule(RmsNormOp op, Derivative &d) {
  Expr x = d(op.getInput()), w = d(op.getWeight()), dy = d.grad();
  SmallVector<int64_t> last = {x.rank() - 1};
  Expr square = mean(x * x, last, /*keepDims=*/true);
  Expr rstd = rsqrt(square + op.getEps().convertToDouble());
  if (d.needs(0)) {
    if (std::optional<APFloat> offset = op.getWeightOffset())
      w = w + offset->convertToDouble();
    Expr xhat = x * rstd, g = dy * w;
    d.set(0, (g - xhat * mean(g * xhat, last, /*keepDims=*/true)) * rstd);
  }
  if (d.needs(1))
    d.set(1, sumTo(dy * (x * rstd), w.type().getShape()));
}

// The inverse of a rotation is its transpose.
static void ropeRule(RopeOp op, Derivative &d) {
  UnitAttr inverse = op.getInverse() ? UnitAttr() : d.getBuilder().getUnitAttr();
  d.set(0, RopeOp::create(d.getBuilder(), op.getPairingAttr(), d.grad(), op.getThetaAttr(),
                          op.getScalingAttr(), inverse));
}

// dx = dy - softmax(x) sum(dy), softmax(x) = e^y.
static void logSoftmaxRule(LogSoftmaxOp op, Derivative &d) {
  Expr y = d(op.getResult()), dy = d.grad();
  d.set(0, dy - exp(y) * sum(dy, {y.rank() - 1}, /*keepDims=*/true));
}

// To the element that was picked.
static void pickRule(PickOp op, Derivative &d) {
  Expr isPicked = d(OneHotOp::create(d.getBuilder(), op.getInput().getType(), op.getIds()));
  d.set(0, isPicked * d.grad());
}

// dx = y (dy - sum(dy y)).
static void softmaxRule(SoftmaxOp op, Derivative &d) {
  Expr y = d(op.getResult()), dy = d.grad();
  d.set(0, y * (dy - sum(dy * y, {y.rank() - 1}, /*keepDims=*/true)));
}

// The one number that `value` repeats, or null.
static Value getRepeatedScalar(Value value) {
  auto broadcast = value.getDefiningOp<BroadcastOp>();
  if (!broadcast || broadcast.getInput().getType().getNumElements() != 1)
    return {};
  return broadcast.getInput();
}

// Towards the losses: dlogits = dloss (softmax - one_hot) with its options, or 0 in ignored rows,
// from the kept log-sum-exp. In the usual case (a loss that is the sum of the rows) all rows have
// one dloss, which the op takes; else it is multiplied in. Towards the log-sum-exp: dlse softmax.
// The weights do not depend on the logits.
static void crossEntropyRowsRule(CrossEntropyRowsOp op, Derivative &d) {
  std::optional<Expr> gradient;
  if (d.hasGrad(0)) {
    Value repeated = getRepeatedScalar(d.grad(0));
    Expr factor = repeated ? reshape(d(repeated), {}) : d.grad(0).scalar(1.0);
    gradient = d(CrossEntropyBackwardOp::create(
        d.getBuilder(), factor, op.getLogits(), op.getTargets(), op.getLse(),
        op.getIgnoreIndexAttr(), op.getLabelSmoothingAttr(), op.getZLossAttr()));
    if (!repeated)
      gradient = *gradient * d.grad(0);
  }
  if (d.hasGrad(2)) {
    Expr term = exp(d(op.getLogits()) - d(op.getLse())) * d.grad(2);
    gradient = gradient ? *gradient + term : term;
  }
  if (gradient)
    d.set(0, *gradient);
}

void weft::attachNormalizationRules(MLIRContext &context) {
  attachRule<LayerNormOp, layerNormRule>(context);
  attachRule<RmsNormOp, rmsNormRule>(context);
  attachRule<RopeOp, ropeRule>(context);
  attachRule<SoftmaxOp, softmaxRule>(context);
  attachRule<LogSoftmaxOp, logSoftmaxRule>(context);
  attachRule<PickOp, pickRule>(context);
  attachRule<CrossEntropyRowsOp, crossEntropyRowsRule>(context);
}
