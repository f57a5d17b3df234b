#include "PositionForm.h"

using namespace mlir;
using namespace weft;

/// The number of a constant that holds one everywhere.
static std::optional<double> numberOf(ConstantOp constant) {
  auto elements = dyn_cast<DenseElementsAttr>(constant.getValue());
  if (!elements || !elements.isSplat())
    return std::nullopt;
  if (isa<FloatType>(elements.getElementType()))
    return elements.getSplatValue<APFloat>().convertToDouble();
  return elements.getSplatValue<APInt>().getSExtValue();
}

std::optional<double> weft::getNumber(Value value) {
  while (isa_and_nonnull<BroadcastOp, ReshapeOp, CastOp>(value.getDefiningOp()))
    value = value.getDefiningOp()->getOperand(0);
  auto constant = value.getDefiningOp<ConstantOp>();
  return constant ? numberOf(constant) : std::nullopt;
}

/// Whether a reshape leaves the last two dimensions, and puts ones in front or takes them away.
static bool onlyPads(ReshapeOp reshape) {
  ArrayRef<int64_t> from = reshape.getInput().getType().getShape(),
                    to = reshape.getType().getShape();
  auto isOne = [](int64_t size) { return size == 1; };
  from = from.drop_while(isOne), to = to.drop_while(isOne);
  return from == to;
}

/// The operands of some ops; nothing is read through others.
template <typename... Ops> static SmallVector<Value> operandsOf(Value value) {
  Operation *op = value.getDefiningOp();
  return isa_and_nonnull<Ops...>(op) ? SmallVector<Value>(op->getOperands()) : SmallVector<Value>();
}

PositionForms::PositionForms(int64_t queries, int64_t keys)
    : queries(queries), keys(keys),
      iotas(operandsOf<ReshapeOp, CastOp>,
            [this](Value value) {
              Operation *op = value.getDefiningOp();
              return isa_and_nonnull<IotaOp>(op) ||
                     (isa_and_nonnull<ReshapeOp, CastOp>(op) && iotas.of(op->getOperand(0)));
            }),
      forms(operandsOf<BroadcastOp, ReshapeOp, CastOp, NegOp, AddOp, SubOp, MulOp>,
            [this](Value value) { return read(value); }) {}

/// Whether a value is 0, 1, 2, ... along the dimension `fromEnd`, counted from the last, and
/// nothing else.
bool PositionForms::isPositions(Value value, int64_t fromEnd, int64_t count) {
  auto type = getTensorType(value);
  return type.getNumElements() == count && type.getRank() > fromEnd &&
         type.getShape()[type.getRank() - 1 - fromEnd] == count && iotas.of(value);
}

std::optional<PositionForm> PositionForms::read(Value value) {
  if (isPositions(value, 0, keys))
    return PositionForm{0, 1, 0};
  if (isPositions(value, 1, queries))
    return PositionForm{1, 0, 0};
  Operation *op = value.getDefiningOp();
  if (auto constant = dyn_cast_or_null<ConstantOp>(op)) {
    std::optional<double> number = numberOf(constant);
    return number ? std::optional(PositionForm{0, 0, *number}) : std::nullopt;
  }
  if (isa_and_nonnull<BroadcastOp, CastOp>(op))
    return forms.of(op->getOperand(0));
  if (auto reshape = dyn_cast_or_null<ReshapeOp>(op)) {
    std::optional<PositionForm> form = forms.of(reshape.getInput());
    return form && (form->isNumber() || onlyPads(reshape)) ? form : std::nullopt;
  }
  return op ? readArithmetic(op) : std::nullopt;
}

std::optional<PositionForm> PositionForms::readArithmetic(Operation *op) {
  if (!isa<NegOp, AddOp, SubOp, MulOp>(op))
    return std::nullopt;
  std::optional<PositionForm> lhs = forms.of(op->getOperand(0)),
                              rhs = forms.of(op->getOperands().back());
  if (!lhs || !rhs)
    return std::nullopt;
  if (isa<NegOp>(op))
    return *lhs * -1;
  if (isa<AddOp>(op))
    return *lhs + *rhs;
  if (isa<SubOp>(op))
    return *lhs + *rhs * -1;
  if (rhs->isNumber())
    return *lhs * rhs->constant;
  return lhs->isNumber() ? std::optional(*rhs * lhs->constant) : std::nullopt;
}
