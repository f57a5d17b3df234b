// Type inference and verifiers of ops that compute each element from one element of each operand.
#include "dialects/Weft/Weft.h"

using namespace mlir;
using namespace weft;

// Proves: one element type, shapes that broadcast.
template <typename OpT>
static LogicalResult inferBinary(std::optional<Location> location, typename OpT::Adaptor adaptor,
                                 SmallVectorImpl<Type> &types) {
  RankedTensorType lhs = getTensorType(adaptor.getLhs()), rhs = getTensorType(adaptor.getRhs());
  StringRef name = OpT::getOperationName();
  if (failed(verifySameElementType(location, name, {lhs, rhs})))
    return failure();
  auto shape = broadcastShapes(lhs.getShape(), rhs.getShape());
  if (failed(shape))
    return inferenceError(location, name, "expects shapes that broadcast, got ",
                          shapeToString(lhs.getShape()), " and ", shapeToString(rhs.getShape()));
  types.push_back(RankedTensorType::get(*shape, lhs.getElementType()));
  return success();
}

#define WEFT_INFER_BINARY(OpT)                                                                     \
  LogicalResult OpT::inferReturnTypes(MLIRContext *, std::optional<Location> location,             \
                                      Adaptor adaptor, SmallVectorImpl<Type> &types) {             \
    return inferBinary<OpT>(location, adaptor, types);                                             \
  }
WEFT_INFER_BINARY(AddOp)
WEFT_INFER_BINARY(SubOp)
WEFT_INFER_BINARY(MulOp)
WEFT_INFER_BINARY(DivOp)
WEFT_INFER_BINARY(MaxOp)
WEFT_INFER_BINARY(MinOp)
WEFT_INFER_BINARY(PowOp)
#undef WEFT_INFER_BINARY

// Proves: one element type for both choices, shapes that broadcast.
LogicalResult WhereOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                        Adaptor adaptor, SmallVectorImpl<Type> &types) {
  RankedTensorType yes = getTensorType(adaptor.getYes()), no = getTensorType(adaptor.getNo());
  ArrayRef<int64_t> condition = getTensorType(adaptor.getCondition()).getShape();
  if (failed(verifySameElementType(location, getOperationName(), {yes, no})))
    return failure();
  auto shape = broadcastShapes(yes.getShape(), no.getShape());
  if (succeeded(shape))
    shape = broadcastShapes(condition, *shape);
  if (failed(shape))
    return inferenceError(location, getOperationName(), "expects shapes that broadcast, got ",
                          shapeToString(condition), ", ", shapeToString(yes.getShape()), " and ",
                          shapeToString(no.getShape()));
  types.push_back(yes.clone(*shape));
  return success();
}

// Proves: one element type of both operands, shapes that broadcast to the result's.
LogicalResult CompareOp::verify() {
  RankedTensorType lhs = getLhs().getType(), rhs = getRhs().getType();
  if (failed(verifySameElementType(getLoc(), getOperationName(), {lhs, rhs})))
    return failure();
  auto shape = broadcastShapes(lhs.getShape(), rhs.getShape());
  if (failed(shape))
    return emitOpError("expects shapes that broadcast, got ")
           << shapeToString(lhs.getShape()) << " and " << shapeToString(rhs.getShape());
  if (getType().getShape() != ArrayRef(*shape))
    return emitOpError("expects a result of shape ")
           << shapeToString(*shape) << ", got " << shapeToString(getType().getShape());
  return success();
}

// Proves: at least one bound, and numbers between the two.
LogicalResult ClampOp::verify() {
  std::optional<APFloat> min = getMin(), max = getMax();
  if (!min && !max)
    return emitOpError("expects a bound, as in {min = 0.0} or {max = 1.0}");
  if ((min && min->isNaN()) || (max && max->isNaN()))
    return emitOpError("expects bounds that are numbers, got NaN");
  if (min && max && *min > *max)
    return emitOpError("expects min to be at most max, got ")
           << min->convertToDouble() << " and " << max->convertToDouble();
  return success();
}

// Proves: there are queries and keys; a window that holds at least the query's own key.
LogicalResult CausalMaskOp::verify() {
  if (getInput().getType().getRank() < 2)
    return emitOpError("expects scores of rank at least 2 (queries, keys), got rank ")
           << getInput().getType().getRank();
  if (IntegerAttr window = getWindowAttr(); window && window.getInt() < 1)
    return emitOpError("expects a window of at least 1, got ") << window.getInt();
  return success();
}

// Proves: every element is the same.
LogicalResult ConstantOp::verify() {
  auto elements = dyn_cast<DenseElementsAttr>(getValue());
  if (!elements || !elements.isSplat())
    return emitOpError("expects a value whose elements are all the same, as in dense<0.125>");
  return success();
}

bool weft::isOnLogits(Operation *op) {
  return isa<AddOp, SubOp, MulOp, DivOp, MaxOp, MinOp, NegOp, TanhOp, CastOp>(op);
}
