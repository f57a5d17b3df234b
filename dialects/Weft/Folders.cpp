// Folders: ops that change nothing, and arithmetic on constants of one value.
#include "dialects/Weft/Weft.h"

#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace weft;

// The value of every element of a float constant, or nullopt.
static std::optional<APFloat> getSplat(Attribute attribute) {
  auto elements = dyn_cast_or_null<DenseFPElementsAttr>(attribute);
  if (!elements || !elements.isSplat())
    return std::nullopt;
  return elements.getSplatValue<APFloat>();
}

static bool isSplatOf(Attribute attribute, double value) {
  std::optional<APFloat> splat = getSplat(attribute);
  return splat && splat->convertToDouble() == value;
}

static Attribute makeSplat(Type type, const APFloat &value) {
  return DenseElementsAttr::get(cast<ShapedType>(type), value);
}

// `operand` where it already has the result's type: broadcasting may have to stretch it.
static OpFoldResult ifOfType(Value operand, Type type) {
  return operand.getType() == type ? OpFoldResult(operand) : OpFoldResult();
}

// Both operands are constants of one value. Rounds as the op itself does at run time.
static OpFoldResult foldBinary(Attribute lhs, Attribute rhs, Type type,
                               function_ref<void(APFloat &, const APFloat &)> compute) {
  std::optional<APFloat> a = getSplat(lhs), b = getSplat(rhs);
  if (!a || !b)
    return {};
  compute(*a, *b);
  return makeSplat(type, *a);
}

static constexpr auto kRound = APFloat::rmNearestTiesToEven;

// x + 0 = x, up to the sign of a zero.
OpFoldResult AddOp::fold(FoldAdaptor adaptor) {
  if (isSplatOf(adaptor.getRhs(), 0.0))
    if (OpFoldResult same = ifOfType(getLhs(), getType()))
      return same;
  if (isSplatOf(adaptor.getLhs(), 0.0))
    if (OpFoldResult same = ifOfType(getRhs(), getType()))
      return same;
  return foldBinary(adaptor.getLhs(), adaptor.getRhs(), getType(),
                    [](APFloat &a, const APFloat &b) { a.add(b, kRound); });
}

// x - 0 = x.
OpFoldResult SubOp::fold(FoldAdaptor adaptor) {
  if (isSplatOf(adaptor.getRhs(), 0.0))
    if (OpFoldResult same = ifOfType(getLhs(), getType()))
      return same;
  return foldBinary(adaptor.getLhs(), adaptor.getRhs(), getType(),
                    [](APFloat &a, const APFloat &b) { a.subtract(b, kRound); });
}

// x * 1 = x.
OpFoldResult MulOp::fold(FoldAdaptor adaptor) {
  if (isSplatOf(adaptor.getRhs(), 1.0))
    if (OpFoldResult same = ifOfType(getLhs(), getType()))
      return same;
  if (isSplatOf(adaptor.getLhs(), 1.0))
    if (OpFoldResult same = ifOfType(getRhs(), getType()))
      return same;
  return foldBinary(adaptor.getLhs(), adaptor.getRhs(), getType(),
                    [](APFloat &a, const APFloat &b) { a.multiply(b, kRound); });
}

// x / 1 = x.
OpFoldResult DivOp::fold(FoldAdaptor adaptor) {
  if (isSplatOf(adaptor.getRhs(), 1.0))
    if (OpFoldResult same = ifOfType(getLhs(), getType()))
      return same;
  return foldBinary(adaptor.getLhs(), adaptor.getRhs(), getType(),
                    [](APFloat &a, const APFloat &b) { a.divide(b, kRound); });
}

// -(-x) = x.
OpFoldResult NegOp::fold(FoldAdaptor adaptor) {
  if (auto inner = getInput().getDefiningOp<NegOp>())
    return inner.getInput();
  if (std::optional<APFloat> splat = getSplat(adaptor.getInput()))
    return makeSplat(getType(), -*splat);
  return {};
}

// To the same type; or wider and back, which loses nothing.
OpFoldResult CastOp::fold(FoldAdaptor adaptor) {
  if (getInput().getType() == getType())
    return getInput();
  if (auto inner = getInput().getDefiningOp<CastOp>())
    if (inner.getInput().getType() == getType() &&
        inner.getType().getElementTypeBitWidth() > getType().getElementTypeBitWidth())
      return inner.getInput();
  std::optional<APFloat> splat = getSplat(adaptor.getInput());
  if (!splat)
    return {};
  bool losesInfo = false;
  splat->convert(cast<FloatType>(getType().getElementType()).getFloatSemantics(), kRound,
                 &losesInfo);
  return makeSplat(getType(), *splat);
}

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValue(); }

// A sum over no axes.
OpFoldResult SumOp::fold(FoldAdaptor) {
  return getAxes().empty() ? OpFoldResult(getInput()) : OpFoldResult();
}

// An op that only moves elements: the input itself, or a constant of one value in another shape.
static OpFoldResult foldMove(Value input, Attribute constant, Type type) {
  if (auto elements = dyn_cast_or_null<SplatElementsAttr>(constant))
    return elements.resizeSplat(cast<ShapedType>(type));
  return ifOfType(input, type);
}

OpFoldResult BroadcastOp::fold(FoldAdaptor adaptor) {
  return foldMove(getInput(), adaptor.getInput(), getType());
}

OpFoldResult ReshapeOp::fold(FoldAdaptor adaptor) {
  return foldMove(getInput(), adaptor.getInput(), getType());
}

// A box of the input's shape is all of it.
OpFoldResult SliceOp::fold(FoldAdaptor adaptor) {
  return foldMove(getInput(), adaptor.getInput(), getType());
}

// Equal types are not enough: a square can be transposed.
OpFoldResult TransposeOp::fold(FoldAdaptor adaptor) {
  bool isIdentity = llvm::is_sorted(getPermutation());
  if (isIdentity)
    return getInput();
  auto constant = dyn_cast_or_null<SplatElementsAttr>(adaptor.getInput());
  return constant ? OpFoldResult(constant.resizeSplat(getType())) : OpFoldResult();
}

// One operand is the result.
OpFoldResult ConcatOp::fold(FoldAdaptor) {
  return getInputs().size() == 1 ? OpFoldResult(getInputs().front()) : OpFoldResult();
}
