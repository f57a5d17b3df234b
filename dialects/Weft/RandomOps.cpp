// Verifiers and folders of ops that draw random numbers.
#include "dialects/Weft/Weft.h"

using namespace mlir;
using namespace weft;

// Proves: f64, or i32 where the field is a word.
LogicalResult StepValueOp::inferReturnTypes(MLIRContext *context, std::optional<Location>,
                                            Adaptor adaptor, SmallVectorImpl<Type> &types) {
  Builder builder(context);
  bool isWord = adaptor.getField() > StepField::Accumulate;
  types.push_back(RankedTensorType::get({}, isWord ? Type(builder.getI32Type())
                                                   : Type(builder.getF64Type())));
  return success();
}

// Sequences in front of what is drawn for each; a rate that leaves something.
static LogicalResult verifyDropout(Operation *op, RankedTensorType type, const APFloat &rate) {
  if (type.getRank() < 2)
    return op->emitOpError("expects an input of rank at least 2, whose first dimension counts "
                           "sequences, got rank ")
           << type.getRank();
  double value = rate.convertToDouble();
  if (!(value >= 0 && value < 1))
    return op->emitOpError("expects a rate of at least 0 and below 1, got ") << value;
  return success();
}

// Proves: rank at least 2; 0 <= rate < 1; in a graph, a key.
LogicalResult DropoutOp::verify() {
  if (isa<GraphOp>((*this)->getParentOp()) && !getKey())
    return emitOpError("expects a key in a graph, as weft-instantiate gives it");
  return verifyDropout(*this, getInput().getType(), getRate());
}

LogicalResult DropOp::verify() { return verifyDropout(*this, getInput().getType(), getRate()); }

// At a rate of 0 nothing is dropped.
OpFoldResult DropoutOp::fold(FoldAdaptor) {
  return getRate().isZero() ? OpFoldResult(getInput()) : OpFoldResult();
}
