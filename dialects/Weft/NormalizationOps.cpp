// Type inference and verifiers of ops over whole rows.
#include "dialects/Weft/Weft.h"

using namespace mlir;
using namespace weft;

// Proves: an input with rows; a weight or bias (`what`) of one number for each column.
static LogicalResult verifyRowVector(std::optional<Location> location, StringRef name,
                                     RankedTensorType input, StringRef what,
                                     RankedTensorType vector) {
  if (input.getRank() < 1)
    return inferenceError(location, name, "expects an input of rank at least 1, got a scalar");
  ArrayRef<int64_t> row = input.getShape().take_back();
  if (vector.getShape() != row)
    return inferenceError(location, name, "expects a ", what, " of shape ", shapeToString(row),
                          " (the input's last size), got ", shapeToString(vector.getShape()));
  return success();
}

// Proves: one element type; weight and bias are [last size].
LogicalResult LayerNormOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                            Adaptor adaptor, SmallVectorImpl<Type> &types) {
  RankedTensorType input = getTensorType(adaptor.getInput());
  RankedTensorType weight = getTensorType(adaptor.getWeight()),
                   bias = getTensorType(adaptor.getBias());
  StringRef name = getOperationName();
  if (failed(verifySameElementType(location, name, {input, weight, bias})))
    return failure();
  if (failed(verifyRowVector(location, name, input, "weight", weight)) ||
      failed(verifyRowVector(location, name, input, "bias", bias)))
    return failure();
  types.push_back(input);
  return success();
}

// Proves: a finite number above 0.
static LogicalResult verifyPositive(Operation *op, StringRef name, APFloat value) {
  if (!value.isFiniteNonZero() || value.isNegative())
    return op->emitOpError("expects ") << name << " above 0, got " << value.convertToDouble();
  return success();
}

// Proves: eps > 0.
LogicalResult LayerNormOp::verify() { return verifyPositive(*this, "eps", getEps()); }

// Proves: one element type; the weight is [last size].
LogicalResult RmsNormOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                          Adaptor adaptor, SmallVectorImpl<Type> &types) {
  RankedTensorType input = getTensorType(adaptor.getInput()),
                   weight = getTensorType(adaptor.getWeight());
  StringRef name = getOperationName();
  if (failed(verifySameElementType(location, name, {input, weight})) ||
      failed(verifyRowVector(location, name, input, "weight", weight)))
    return failure();
  types.push_back(input);
  return success();
}

// Proves: eps > 0; a finite offset.
LogicalResult RmsNormOp::verify() {
  if (std::optional<APFloat> offset = getWeightOffset(); offset && !offset->isFinite())
    return emitOpError("expects a finite weight_offset, got ") << offset->convertToDouble();
  return verifyPositive(*this, "eps", getEps());
}

// Proves: positions and pairs of elements; theta > 0.
LogicalResult RopeOp::verify() {
  ArrayRef<int64_t> shape = getType().getShape();
  if (shape.size() < 2)
    return emitOpError(
               "expects an input of rank at least 2 (positions, elements of a head), got rank ")
           << shape.size();
  if (shape.back() % 2 != 0)
    return emitOpError("expects an even last size, got ") << shape.back();
  return verifyPositive(*this, "theta", getTheta());
}

// Proves: there is a row.
template <typename OpT> static LogicalResult verifyHasRow(OpT op) {
  if (op.getInput().getType().getRank() < 1)
    return op.emitOpError("expects an input of rank at least 1, got a scalar");
  return success();
}

LogicalResult SoftmaxOp::verify() { return verifyHasRow(*this); }
LogicalResult LogSoftmaxOp::verify() { return verifyHasRow(*this); }

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

// Proves: no class is ignored; smoothing is a share; z_loss does not reward.
template <typename OpT> static LogicalResult verifyLossOptions(OpT op) {
  if (failed(verifyIgnoreIndex(op, op.getIgnoreIndex(), op.getLogits().getType())))
    return failure();
  if (FloatAttr smoothing = op.getLabelSmoothingAttr();
      smoothing && !(smoothing.getValueAsDouble() >= 0 && smoothing.getValueAsDouble() <= 1))
    return op.emitOpError("expects label_smoothing between 0 and 1, got ")
           << smoothing.getValueAsDouble();
  if (FloatAttr z = op.getZLossAttr(); z && !(z.getValue().isFinite() && z.getValueAsDouble() >= 0))
    return op.emitOpError("expects a finite z_loss of at least 0, got ") << z.getValueAsDouble();
  return success();
}

LogicalResult CrossEntropyOp::verify() { return verifyLossOptions(*this); }

LogicalResult CrossEntropyRowsOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                                   Adaptor adaptor, SmallVectorImpl<Type> &types) {
  RankedTensorType logits = getTensorType(adaptor.getLogits());
  if (failed(verifyTargets(location, getOperationName(), logits, adaptor.getTargets())))
    return failure();
  types.assign(3, getRowType(logits));
  return success();
}

LogicalResult CrossEntropyRowsOp::verify() { return verifyLossOptions(*this); }

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

LogicalResult CrossEntropyBackwardOp::verify() { return verifyLossOptions(*this); }
