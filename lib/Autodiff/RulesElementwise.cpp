// Derivatives of elementwise ops: one entry an op.
#include "Rules.h"

#include <numbers>

using namespace mlir;
using namespace weft;

namespace {

/// Gives OpT the derivative `dx(dy, x, y)` for y = op(x).
template <typename OpT, Expr (*dx)(Expr, Expr, Expr)> void unary(MLIRContext &context) {
  constexpr auto rule = [](OpT op, Derivative &d) {
    d.set(0, dx(d.grad(), d(op.getInput()), d(op.getResult())));
  };
  attachRule<OpT, rule>(context);
}

using BinaryDerivative = Expr (*)(Expr dz, Expr x, Expr y, Expr z);

/// Gives OpT the derivatives towards x and y for z = op(x, y), before they are summed back to the
/// shapes from which x and y were broadcast.
template <typename OpT, BinaryDerivative dx, BinaryDerivative dy>
void binary(MLIRContext &context) {
  constexpr auto rule = [](OpT op, Derivative &d) {
    Expr x = d(op.getLhs()), y = d(op.getRhs()), z = d(op.getResult());
    if (d.needs(0))
      d.set(0, sumTo(dx(d.grad(), x, y, z), x.type().getShape()));
    if (d.needs(1))
      d.set(1, sumTo(dy(d.grad(), x, y, z), y.type().getShape()));
  };
  attachRule<OpT, rule>(context);
}

void attachBinaryRules(MLIRContext &context) {
  binary<AddOp, [](Expr dz, Expr, Expr, Expr) { return dz; },
         [](Expr dz, Expr, Expr, Expr) { return dz; }>(context);
  binary<SubOp, [](Expr dz, Expr, Expr, Expr) { return dz; },
         [](Expr dz, Expr, Expr, Expr) { return -dz; }>(context);
  binary<MulOp, [](Expr dz, Expr, Expr y, Expr) { return dz * y; },
         [](Expr dz, Expr x, Expr, Expr) { return dz * x; }>(context);
  binary<DivOp, [](Expr dz, Expr, Expr y, Expr) { return dz / y; },
         [](Expr dz, Expr, Expr y, Expr z) { return -(dz / y * z); }>(context);
  binary<PowOp, [](Expr dz, Expr x, Expr y, Expr) { return dz * y * pow(x, y - 1.0); },
         [](Expr dz, Expr x, Expr, Expr z) { return dz * z * log(x); }>(context);
  // Where both are equal, the gradient goes to x.
  binary<MaxOp, [](Expr dz, Expr x, Expr y, Expr) { return dz * (1.0 - isGreater(y, x)); },
         [](Expr dz, Expr x, Expr y, Expr) { return dz * isGreater(y, x); }>(context);
  binary<MinOp, [](Expr dz, Expr x, Expr y, Expr) { return dz * (1.0 - isGreater(x, y)); },
         [](Expr dz, Expr x, Expr y, Expr) { return dz * isGreater(x, y); }>(context);
}

void attachUnaryRules(MLIRContext &context) {
  unary<NegOp, [](Expr dy, Expr, Expr) { return -dy; }>(context);
  unary<ExpOp, [](Expr dy, Expr, Expr y) { return dy * y; }>(context);
  unary<LogOp, [](Expr dy, Expr x, Expr) { return dy / x; }>(context);
  unary<SqrtOp, [](Expr dy, Expr, Expr y) { return dy * 0.5 / y; }>(context);
  unary<RsqrtOp, [](Expr dy, Expr, Expr y) { return dy * -0.5 * (y * y * y); }>(context);
  unary<TanhOp, [](Expr dy, Expr, Expr y) { return dy * (1.0 - y * y); }>(context);
  unary<ErfOp, [](Expr dy, Expr x, Expr) {
    return dy * (exp(-(x * x)) * (2.0 * std::numbers::inv_sqrtpi));
  }>(context);
  unary<AbsOp, [](Expr dy, Expr x, Expr) {
    Expr zero = x.scalar(0.0);
    return dy * (isGreater(x, zero) - isGreater(zero, x));
  }>(context);
  unary<SinOp, [](Expr dy, Expr x, Expr) { return dy * cos(x); }>(context);
  unary<CosOp, [](Expr dy, Expr x, Expr) { return -(dy * sin(x)); }>(context);
  unary<SigmoidOp, [](Expr dy, Expr, Expr y) { return dy * (y * (1.0 - y)); }>(context);
  unary<SiluOp, [](Expr dy, Expr x, Expr) {
    Expr s = sigmoid(x);
    return dy * (s * (x * (1.0 - s) + 1.0));
  }>(context);
  unary<SoftplusOp, [](Expr dy, Expr x, Expr) { return dy * sigmoid(x); }>(context);
  unary<ReluOp, [](Expr dy, Expr x, Expr) {
    return where(isGreater(x, x.scalar(0.0)), dy, dy.scalar(0.0));
  }>(context);
  unary<CopyOp, [](Expr dy, Expr, Expr) { return dy; }>(context);
  unary<CastOp, [](Expr dy, Expr x, Expr) { return castTo(dy, x.type().getElementType()); }>(
      context);
}

// Only the input is kept: the op computes tanh or erf again.
void geluRule(GeluOp op, Derivative &d) {
  d.set(0, GeluBackwardOp::create(d.getBuilder(), op.getKind(), d.grad(), op.getInput()));
}

// Nothing flows to scores that the mask replaced.
void causalMaskRule(CausalMaskOp op, Derivative &d) {
  FloatAttr zero = d.getBuilder().getF64FloatAttr(0.0);
  d.set(0, CausalMaskOp::create(d.getBuilder(), d.grad(), zero, op.getWindowAttr()));
}

// Through where the input lies within the bounds, both included.
void clampRule(ClampOp op, Derivative &d) {
  Expr x = d(op.getInput()), dx = d.grad();
  if (std::optional<APFloat> min = op.getMin())
    dx = where(isAtLeast(x, x.scalar(min->convertToDouble())), dx, dx.scalar(0.0));
  if (std::optional<APFloat> max = op.getMax())
    dx = where(isAtLeast(x.scalar(max->convertToDouble()), x), dx, dx.scalar(0.0));
  d.set(0, dx);
}

// Constant but for jumps.
void compareRule(CompareOp, Derivative &) {}

// To each choice where it was chosen.
void whereRule(WhereOp op, Derivative &d) {
  Expr condition = d(op.getCondition()), dy = d.grad(), zero = dy.scalar(0.0);
  if (d.needs(1))
    d.set(1, sumTo(where(condition, dy, zero), op.getYes().getType().getShape()));
  if (d.needs(2))
    d.set(2, sumTo(where(condition, zero, dy), op.getNo().getType().getShape()));
}

} // namespace

void weft::attachElementwiseRules(MLIRContext &context) {
  attachBinaryRules(context);
  attachUnaryRules(context);
  attachRule<GeluOp, geluRule>(context);
  attachRule<CausalMaskOp, causalMaskRule>(context);
  attachRule<ClampOp, clampRule>(context);
  attachRule<CompareOp, compareRule>(context);
  attachRule<WhereOp, whereRule>(context);
}
