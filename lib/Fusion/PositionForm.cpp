#include "PositionForm.h"

using namespace mlir;
using namespace weft;

std::optional<double> weft::getNumber(Value value) {
  while (isa_and_nonnull<BroadcastOp, ReshapeOp, CastOp>(value.getDefiningOp()))
    value = value.getDefiningOp()->getOperand(0);
  auto constant = value.getDefiningOp<ConstantOp>();
  auto elements = constant ? dyn_cast<DenseElementsAttr>(constant.getValue()) : DenseElementsAttr();
  if (!elements || !elements.isSplat())
    return std::nullopt;
  if (isa<FloatType>(elements.getElementType()))
    return elements.getSplatValue<APFloat>().convertToDouble();
  return elements.getSplatValue<APInt>().getSExtValue();
}

/// Whether a value is 0, 1, 2, ... along the dimension `fromEnd`, counted from the last, and nothing
/// else.
static bool isPositions(Value value, int64_t fromEnd, int64_t count) {
  auto type = getTensorType(value);
  if (type.getNumElements() != count || type.getRank() <= fromEnd ||
      type.getShape()[type.getRank() - 1 - fromEnd] != count)
    return false;
  while (isa_and_nonnull<ReshapeOp, CastOp>(value.getDefiningOp()))
    value = value.getDefiningOp()->getOperand(0);
  return value.getDefiningOp<IotaOp>();
}

/// Whether a reshape leaves the last two dimensions, and puts ones in front or takes them away.
static bool onlyPads(ReshapeOp reshape) {
  ArrayRef<int64_t> from = reshape.getInput().getType().getShape(),
                    to = reshape.getType().getShape();
  auto isOne = [](int64_t size) { return size == 1; };
  from = from.drop_while(isOne), to = to.drop_while(isOne);
  return from == to;
}

std::optional<PositionForm> PositionForm::of(Value value, int64_t queries, int64_t keys) {
  if (std::optional<double> number = getNumber(value))
    return PositionForm{0, 0, *number};
  if (isPositions(value, 0, keys))
    return PositionForm{0, 1, 0};
  if (isPositions(value, 1, queries))
    return PositionForm{1, 0, 0};
  Operation *op = value.getDefiningOp();
  auto read = [&](unsigned i) { return of(op->getOperand(i), queries, keys); };
  auto reshape = dyn_cast_or_null<ReshapeOp>(op);
  if (isa_and_nonnull<BroadcastOp, CastOp>(op) || (reshape && onlyPads(reshape)))
    return read(0);
  if (auto neg = dyn_cast_or_null<NegOp>(op)) {
    std::optional<PositionForm> form = read(0);
    return form ? std::optional(*form * -1) : std::nullopt;
  }
  if (!isa_and_nonnull<AddOp, SubOp, MulOp>(op))
    return std::nullopt;
  std::optional<PositionForm> lhs = read(0), rhs = read(1);
  if (!lhs || !rhs)
    return std::nullopt;
  if (isa<AddOp>(op))
    return *lhs + *rhs;
  if (isa<SubOp>(op))
    return *lhs + *rhs * -1;
  if (std::optional<double> factor = getNumber(op->getOperand(1)))
    return *lhs * *factor;
  if (std::optional<double> factor = getNumber(op->getOperand(0)))
    return *rhs * *factor;
  return std::nullopt;
}
