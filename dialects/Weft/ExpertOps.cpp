// Type inference and verifiers of ops that share rows out among experts.
#include "dialects/Weft/Weft.h"

using namespace mlir;
using namespace weft;

static RankedTensorType idsOf(Type like, ArrayRef<int64_t> shape) {
  return RankedTensorType::get(shape, IntegerType::get(like.getContext(), 32));
}

// Proves: rank at least 1; 1 <= k <= last size.
LogicalResult TopKOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                       Adaptor adaptor, SmallVectorImpl<Type> &types) {
  RankedTensorType input = getTensorType(adaptor.getInput());
  int64_t k = adaptor.getK();
  if (input.getRank() < 1)
    return inferenceError(location, getOperationName(),
                          "expects an input of rank at least 1, got a scalar");
  if (k < 1 || k > input.getShape().back())
    return inferenceError(location, getOperationName(), "expects k from 1 to ",
                          input.getShape().back(), " (the input's last size), got ", k);
  SmallVector<int64_t> shape(input.getShape());
  shape.back() = k;
  types.push_back(input.clone(shape));
  types.push_back(idsOf(input, shape));
  return success();
}

// Proves: rank at least 1; at least one expert.
LogicalResult RouteOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                        Adaptor adaptor, SmallVectorImpl<Type> &types) {
  RankedTensorType ids = getTensorType(adaptor.getIds());
  int64_t experts = adaptor.getExperts();
  if (ids.getRank() < 1)
    return inferenceError(location, getOperationName(),
                          "expects ids of rank at least 1, got a scalar");
  if (experts < 1 || experts >= std::numeric_limits<int32_t>::max())
    return inferenceError(location, getOperationName(),
                          "expects at least one expert, and fewer than 2^31 - 1, got ", experts);
  types.push_back(idsOf(ids, ids.getNumElements()));
  types.push_back(ids);
  types.push_back(idsOf(ids, experts + 1));
  return success();
}

// Proves: slots have the shape of the tokens but for the last size.
LogicalResult DispatchOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                           Adaptor adaptor, SmallVectorImpl<Type> &types) {
  RankedTensorType input = getTensorType(adaptor.getInput()),
                   slots = getTensorType(adaptor.getSlots());
  if (input.getRank() < 1 || input.getRank() != slots.getRank() ||
      input.getShape().drop_back() != slots.getShape().drop_back())
    return inferenceError(location, getOperationName(), "expects slots of the input's shape, ",
                          shapeToString(input.getShape()), ", but for the last size, got ",
                          shapeToString(slots.getShape()));
  types.push_back(input.clone({slots.getNumElements(), input.getShape().back()}));
  return success();
}

// Proves: rows [slots, width]; weights and slots of one shape; one element type.
LogicalResult CombineOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                          Adaptor adaptor, SmallVectorImpl<Type> &types) {
  RankedTensorType rows = getTensorType(adaptor.getRows()),
                   weights = getTensorType(adaptor.getWeights()),
                   slots = getTensorType(adaptor.getSlots());
  StringRef name = getOperationName();
  if (failed(verifySameElementType(location, name, {rows, weights})))
    return failure();
  if (weights.getShape() != slots.getShape() || slots.getRank() < 1)
    return inferenceError(location, name, "expects weights of the slots' shape, ",
                          shapeToString(slots.getShape()), ", got ",
                          shapeToString(weights.getShape()));
  if (rows.getRank() != 2 || rows.getDimSize(0) != slots.getNumElements())
    return inferenceError(location, name, "expects a row for each of ", slots.getNumElements(),
                          " slots, got ", shapeToString(rows.getShape()));
  SmallVector<int64_t> shape(slots.getShape());
  shape.back() = rows.getDimSize(1);
  types.push_back(rows.clone(shape));
  return success();
}

// Proves: rows [slots, in]; a weight [experts, out, in] or [experts, in, out]; experts + 1 offsets;
// one element type.
LogicalResult GroupedLinearOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                                Adaptor adaptor, SmallVectorImpl<Type> &types) {
  RankedTensorType rows = getTensorType(adaptor.getRows()),
                   weight = getTensorType(adaptor.getWeight()),
                   offsets = getTensorType(adaptor.getOffsets());
  StringRef name = getOperationName();
  if (failed(verifySameElementType(location, name, {rows, weight})))
    return failure();
  if (rows.getRank() != 2)
    return inferenceError(location, name, "expects rows of rank 2, got shape ",
                          shapeToString(rows.getShape()));
  if (weight.getRank() != 3)
    return inferenceError(location, name, "expects a weight of rank 3 (experts first), got shape ",
                          shapeToString(weight.getShape()));
  bool outIn = adaptor.getWeightLayout() == WeightLayout::OutIn;
  int64_t out = weight.getDimSize(outIn ? 1 : 2), in = weight.getDimSize(outIn ? 2 : 1);
  if (in != rows.getDimSize(1))
    return inferenceError(location, name, "expects a weight with ", rows.getDimSize(1),
                          " inputs (the rows' size), got ", in, " in ",
                          stringifyWeightLayout(adaptor.getWeightLayout()), " layout");
  if (offsets.getShape() != ArrayRef(weight.getDimSize(0) + 1))
    return inferenceError(location, name, "expects ", weight.getDimSize(0) + 1,
                          " offsets, one more than experts, got ",
                          shapeToString(offsets.getShape()));
  types.push_back(rows.clone({rows.getDimSize(0), out}));
  return success();
}

// Proves: lhs and rhs have as many rows and one element type; `old` has the result's type.
LogicalResult GroupedLinearBackwardOp::inferReturnTypes(MLIRContext *,
                                                        std::optional<Location> location,
                                                        Adaptor adaptor,
                                                        SmallVectorImpl<Type> &types) {
  RankedTensorType lhs = getTensorType(adaptor.getLhs()), rhs = getTensorType(adaptor.getRhs()),
                   offsets = getTensorType(adaptor.getOffsets());
  StringRef name = getOperationName();
  if (failed(verifySameElementType(location, name, {lhs, rhs})))
    return failure();
  if (lhs.getRank() != 2 || rhs.getRank() != 2 || lhs.getDimSize(0) != rhs.getDimSize(0))
    return inferenceError(location, name, "expects two matrices of as many rows, got ",
                          shapeToString(lhs.getShape()), " and ", shapeToString(rhs.getShape()));
  if (offsets.getRank() != 1 || offsets.getDimSize(0) < 2)
    return inferenceError(location, name, "expects one more offset than experts, got ",
                          shapeToString(offsets.getShape()));
  auto type = lhs.clone({offsets.getDimSize(0) - 1, lhs.getDimSize(1), rhs.getDimSize(1)});
  if (Value old = adaptor.getOld(); old && getTensorType(old) != type)
    return inferenceError(location, name, "expects the product's type ", type,
                          " to add to, got ", getTensorType(old));
  types.push_back(type);
  return success();
}

// Indices are used without a look: they must be what `weft.route` made, or come from outside a
// layer. (Once route is a kernel, a launch has made them.)
static LogicalResult verifyRouted(Operation *op, Value value, unsigned result, StringRef what) {
  auto made = dyn_cast<OpResult>(value);
  if (made && isa<CallOp, LaunchOp>(made.getOwner()))
    return success();
  if (made ? isa<RouteOp>(made.getOwner()) && made.getResultNumber() == result
           : isa<LayerOp>(op->getParentOp()))
    return success();
  return op->emitOpError("expects as ") << what << " result " << result << " of weft.route";
}

// Proves: order and slots of one route.
LogicalResult DispatchOp::verify() {
  if (failed(verifyRouted(*this, getOrder(), 0, "order")) ||
      failed(verifyRouted(*this, getSlots(), 1, "slots")))
    return failure();
  if (getOrder().getDefiningOp() != getSlots().getDefiningOp())
    return emitOpError("expects order and slots of one weft.route");
  if (getOrder().getType().getShape() != ArrayRef(getSlots().getType().getNumElements()))
    return emitOpError("expects an order of ")
           << getSlots().getType().getNumElements() << " slots, got " << getOrder().getType();
  return success();
}

LogicalResult CombineOp::verify() { return verifyRouted(*this, getSlots(), 1, "slots"); }

LogicalResult GroupedLinearOp::verify() { return verifyRouted(*this, getOffsets(), 2, "offsets"); }

// Proves: offsets of a route; a flag with `old` only.
LogicalResult GroupedLinearBackwardOp::verify() {
  if (getFlag() && !getOld())
    return emitOpError("expects a flag together with what it adds to only");
  return verifyRouted(*this, getOffsets(), 2, "offsets");
}
