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

// Towards the losses: dlogits = dloss (softmax - one_hot), or 0 in ignored rows, from the kept
// log-sum-exp. In the usual case (a loss that is the sum of the rows) all rows have one dloss,
// which the op takes; else it is multiplied in. Towards the log-sum-exp: dlse softmax. The weights
// do not depend on the logits.
static void crossEntropyRowsRule(CrossEntropyRowsOp op, Derivative &d) {
  std::optional<Expr> gradient;
  if (d.hasGrad(0)) {
    Value repeated = getRepeatedScalar(d.grad(0));
    Expr factor = repeated ? reshape(d(repeated), {}) : d.grad(0).scalar(1.0);
    gradient =
        d(CrossEntropyBackwardOp::create(d.getBuilder(), factor, op.getLogits(), op.getTargets(),
                                         op.getLse(), op.getIgnoreIndexAttr()));
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
  attachRule<SoftmaxOp, softmaxRule>(context);
  attachRule<CrossEntropyRowsOp, crossEntropyRowsRule>(context);
}
