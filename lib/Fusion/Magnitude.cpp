#include "Magnitude.h"

#include <cmath>

using namespace mlir;
using namespace weft;

SmallVector<Value> weft::magnitudeOperands(Value value) {
  Operation *op = value.getDefiningOp();
  if (auto where = dyn_cast_or_null<WhereOp>(op))
    return {where.getYes(), where.getNo()};
  return isa_and_nonnull<BroadcastOp, ReshapeOp, TransposeOp, CastOp, NegOp, AbsOp, ExpOp, AddOp,
                         SubOp, MulOp, MinOp, MaxOp>(op)
             ? SmallVector<Value>(op->getOperands())
             : SmallVector<Value>();
}

static std::optional<double> largestOf(ConstantOp constant) {
  auto elements = dyn_cast<DenseElementsAttr>(constant.getValue());
  if (!elements || !isa<FloatType>(elements.getElementType()))
    return std::nullopt;
  if (elements.isSplat())
    return std::abs(elements.getSplatValue<APFloat>().convertToDouble());
  double largest = 0;
  for (const APFloat &number : elements.getValues<APFloat>())
    largest = std::fmax(largest, number.isNaN() ? INFINITY : std::abs(number.convertToDouble()));
  return largest;
}

std::optional<double> weft::magnitudeOf(Value value,
                                        function_ref<std::optional<double>(Value)> ofOperand) {
  Operation *op = value.getDefiningOp();
  if (isa_and_nonnull<CompareOp, TanhOp>(op))
    return 1.0;
  if (isa_and_nonnull<IotaOp>(op))
    return getTensorType(value).getNumElements();
  if (auto constant = dyn_cast_or_null<ConstantOp>(op))
    return largestOf(constant);
  SmallVector<Value> operands = magnitudeOperands(value);
  std::optional<double> result;
  for (Value operand : operands) {
    std::optional<double> own = ofOperand(operand);
    if (!own)
      return std::nullopt;
    if (!result)
      result = own;
    else if (isa<AddOp, SubOp>(op))
      *result += *own;
    else if (isa<MulOp>(op))
      *result *= *own;
    else
      *result = std::fmax(*result, *own);
  }
  return result && isa<ExpOp>(op) ? std::optional(std::exp(*result)) : result;
}
