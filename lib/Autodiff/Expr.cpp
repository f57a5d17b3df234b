#include "Expr.h"

#include "dialects/Weft/Weft.h"

using namespace mlir;
using namespace weft;

namespace {

template <typename OpT, typename... Args> Expr emit(Expr like, Args &&...args) {
  ImplicitLocOpBuilder &builder = like.getBuilder();
  return Expr(builder, OpT::create(builder, std::forward<Args>(args)...).getResult());
}

bool isOneAlong(Expr a, ArrayRef<int64_t> axes) {
  return llvm::all_of(axes, [&](int64_t axis) { return a.type().getDimSize(axis) == 1; });
}

SmallVector<int64_t> reducedShape(Expr a, ArrayRef<int64_t> axes, bool keepDims) {
  SmallVector<int64_t> shape;
  for (int64_t i = 0; i < a.rank(); ++i)
    if (!llvm::is_contained(axes, i))
      shape.push_back(a.type().getDimSize(i));
    else if (keepDims)
      shape.push_back(1);
  return shape;
}

} // namespace

Expr weft::constant(ImplicitLocOpBuilder &builder, RankedTensorType type, double number) {
  Attribute element = FloatAttr::get(type.getElementType(), number);
  return Expr(builder, ConstantOp::create(builder, type, DenseElementsAttr::get(type, element)));
}

Expr Expr::scalar(double number) const {
  return constant(*builder, RankedTensorType::get({}, type().getElementType()), number);
}

Expr weft::operator+(Expr a, Expr b) { return emit<AddOp>(a, a, b); }
Expr weft::operator-(Expr a, Expr b) { return emit<SubOp>(a, a, b); }
Expr weft::operator*(Expr a, Expr b) { return emit<MulOp>(a, a, b); }
Expr weft::operator/(Expr a, Expr b) { return emit<DivOp>(a, a, b); }
Expr weft::operator-(Expr a) { return emit<NegOp>(a, a); }
Expr weft::max(Expr a, Expr b) { return emit<MaxOp>(a, a, b); }
Expr weft::min(Expr a, Expr b) { return emit<MinOp>(a, a, b); }
Expr weft::pow(Expr a, Expr b) { return emit<PowOp>(a, a, b); }
Expr weft::exp(Expr a) { return emit<ExpOp>(a, a); }
Expr weft::log(Expr a) { return emit<LogOp>(a, a); }
Expr weft::sqrt(Expr a) { return emit<SqrtOp>(a, a); }
Expr weft::rsqrt(Expr a) { return emit<RsqrtOp>(a, a); }
Expr weft::sin(Expr a) { return emit<SinOp>(a, a); }
Expr weft::cos(Expr a) { return emit<CosOp>(a, a); }
Expr weft::sigmoid(Expr a) { return emit<SigmoidOp>(a, a); }

Expr weft::castTo(Expr a, Type elementType) {
  if (a.type().getElementType() == elementType)
    return a;
  return emit<CastOp>(a, a.type().clone(elementType), a);
}

Expr weft::sum(Expr a, ArrayRef<int64_t> axes, bool keepDims) {
  if (isOneAlong(a, axes))
    return reshape(a, reducedShape(a, axes, keepDims));
  return emit<SumOp>(a, a, axes, keepDims);
}

Expr weft::mean(Expr a, ArrayRef<int64_t> axes, bool keepDims) {
  if (isOneAlong(a, axes))
    return reshape(a, reducedShape(a, axes, keepDims));
  return emit<MeanOp>(a, a, axes, keepDims);
}

Expr weft::reshape(Expr a, ArrayRef<int64_t> shape) {
  if (a.type().getShape() == shape)
    return a;
  return emit<ReshapeOp>(a, a.type().clone(shape), a);
}

Expr weft::slice(Expr a, ArrayRef<int64_t> offsets, ArrayRef<int64_t> sizes) {
  if (a.type().getShape() == sizes)
    return a;
  return emit<SliceOp>(a, a, offsets, sizes);
}

Expr weft::broadcast(Expr a, ArrayRef<int64_t> shape) {
  if (a.type().getShape() == shape)
    return a;
  return emit<BroadcastOp>(a, a.type().clone(shape), a);
}

Expr weft::sumTo(Expr a, ArrayRef<int64_t> shape) {
  int64_t leading = a.rank() - static_cast<int64_t>(shape.size());
  SmallVector<int64_t> axes;
  for (int64_t i = 0; i < a.rank(); ++i)
    if (a.type().getDimSize(i) != 1 && (i < leading || shape[i - leading] == 1))
      axes.push_back(i);
  // Without leading dimensions to drop, the sum already has the wanted shape.
  return reshape(axes.empty() ? a : sum(a, axes, /*keepDims=*/leading == 0), shape);
}

static Expr compare(Comparison comparison, Expr a, Expr b) {
  SmallVector<int64_t> shape = *broadcastShapes(a.type().getShape(), b.type().getShape());
  return emit<CompareOp>(a, a.type().clone(shape), comparison, a, b);
}

Expr weft::isGreater(Expr a, Expr b) { return compare(Comparison::Gt, a, b); }
Expr weft::isAtLeast(Expr a, Expr b) { return compare(Comparison::Ge, a, b); }

Expr weft::where(Expr condition, Expr yes, Expr no) {
  return emit<WhereOp>(condition, condition, yes, no);
}
