// Type inference and verifiers of ops over whole rows.
#include "dialects/Weft/Weft.h"

using namespace mlir;
using namespace weft;

// Proves: one element type; weight and bias are [last size].
LogicalResult LayerNormOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                            Adaptor adaptor, SmallVectorImpl<Type> &types) {
  RankedTensorType input = getTensorType(adaptor.getInput());
  RankedTensorType weight = getTensorType(adaptor.getWeight()),
                   bias = getTensorType(adaptor.getBias());
  StringRef name = getOperationName();
  if (failed(verifySameElementType(location, name, {input, weight, bias})))
    return failure();
  if (input.getRank() < 1)
    return inferenceError(location, name, "expects an input of rank at least 1, got a scalar");
  ArrayRef<int64_t> row = input.getShape().take_back();
  if (weight.getShape() != row)
    return inferenceError(location, name, "expects a weight of shape ", shapeToString(row),
                          " (the input's last size), got ", shapeToString(weight.getShape()));
  if (bias.getShape() != row)
    return inferenceError(location, name, "expects a bias of shape ", shapeToString(row),
                          " (the input's last size), got ", shapeToString(bias.getShape()));
  types.push_back(input);
  return success();
}

// Proves: eps > 0.
LogicalResult LayerNormOp::verify() {
  APFloat eps = getEps();
  if (!eps.isFiniteNonZero() || eps.isNegative())
    return emitOpError("expects eps above 0, got ") << eps.convertToDouble();
  return success();
}

// Proves: there is a row.
LogicalResult SoftmaxOp::verify() {
  if (getInput().getType().getRank() < 1)
    return emitOpError("expects an input of rank at least 1, got a scalar");
  return success();
}

// Proves: targets have the logits' shape without its last dimension.
static LogicalResult verifyTargets(std::optional<Location> location, StringRef name,
                                   RankedTensorType logits, Value targets) {
  auto targetType = getTensorType(targets);
  if (logits.getRank() < 1)
    return inferenceError(location, name, "expects logits of rank at least 1, got a scalar");
  if (targetType.getShape() != logits.getShape().drop_back())
    return inferenceError(
        location, name, "expects targets of shape ", shapeToString(logits.getShape().drop_back()),
        " (the logits' without their last size), got ", shapeToString(targetType.getShape()));
  return success();
}

// One number for each row: the logits' type with a last size of 1.
static RankedTensorType getRowType(RankedTensorType logits) {
  SmallVector<int64_t> shape(logits.getShape());
  shape.back() = 1;
  return RankedTensorType::get(shape, logits.getElementType());
}

LogicalResult CrossEntropyOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                               Adaptor adaptor, SmallVectorImpl<Type> &types) {
  RankedTensorType logits = getTensorType(adaptor.getLogits());
  if (failed(verifyTargets(location, getOperationName(), logits, adaptor.getTargets())))
    return failure();
  types.assign(2, RankedTensorType::get({}, logits.getElementType()));
  return success();
}

// Proves: no class is ignored.
static LogicalResult verifyIgnoreIndex(Operation *op, std::optional<uint64_t> ignoreIndex,
                                       RankedTensorType logits) {
  if (!ignoreIndex)
    return success();
  auto index = static_cast<int64_t>(*ignoreIndex);
  int64_t classes = logits.getShape().back();
  if (index >= 0 && index < classes)
    return op->emitOpError("expects an ignore_index that is not a class, got ")
           << index << " with " << classes << " classes";
  if (!llvm::isInt<32>(index))
    return op->emitOpError("expects an ignore_index that a target (i32) can hold, got ") << index;
  return success();
}

LogicalResult CrossEntropyOp::verify() {
  return verifyIgnoreIndex(*this, getIgnoreIndex(), getLogits().getType());
}

LogicalResult CrossEntropyRowsOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                                   Adaptor adaptor, SmallVectorImpl<Type> &types) {
  RankedTensorType logits = getTensorType(adaptor.getLogits());
  if (failed(verifyTargets(location, getOperationName(), logits, adaptor.getTargets())))
    return failure();
  types.assign(3, getRowType(logits));
  return success();
}

LogicalResult CrossEntropyRowsOp::verify() {
  return verifyIgnoreIndex(*this, getIgnoreIndex(), getLogits().getType());
}

// Proves: what cross_entropy_rows proves; grad is a scalar; lse is one number for each row.
LogicalResult CrossEntropyBackwardOp::inferReturnTypes(MLIRContext *,
                                                       std::optional<Location> location,
                                                       Adaptor adaptor,
                                                       SmallVectorImpl<Type> &types) {
  RankedTensorType logits = getTensorType(adaptor.getLogits());
  RankedTensorType grad = getTensorType(adaptor.getGrad()), lse = getTensorType(adaptor.getLse());
  StringRef name = getOperationName();
  if (failed(verifySameElementType(location, name, {grad, logits, lse})) ||
      failed(verifyTargets(location, name, logits, adaptor.getTargets())))
    return failure();
  if (grad.getRank() != 0)
    return inferenceError(location, name, "expects a scalar gradient, got shape ",
                          shapeToString(grad.getShape()));
  if (lse != getRowType(logits))
    return inferenceError(location, name, "expects lse of type ", getRowType(logits), ", got ",
                          lse);
  types.push_back(logits);
  return success();
}

LogicalResult CrossEntropyBackwardOp::verify() {
  return verifyIgnoreIndex(*this, getIgnoreIndex(), getLogits().getType());
}
