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

// Proves: there are queries and keys.
LogicalResult CausalMaskOp::verify() {
  if (getInput().getType().getRank() < 2)
    return emitOpError("expects scores of rank at least 2 (queries, keys), got rank ")
           << getInput().getType().getRank();
  return success();
}

// Proves: every element is the same.
LogicalResult ConstantOp::verify() {
  auto elements = dyn_cast<DenseElementsAttr>(getValue());
  if (!elements || !elements.isSplat())
    return emitOpError("expects a value whose elements are all the same, as in dense<0.125>");
  return success();
}
