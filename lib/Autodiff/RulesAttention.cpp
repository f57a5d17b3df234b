// The derivative of attention: the scores again, from the log-sum-exp of the forward.
#include "Rules.h"

using namespace mlir;
using namespace weft;

// Programs of the backward own key heads; where these are few, each is shared out among several.
static int64_t chooseKeyChunks(AttentionOp op) {
  constexpr int64_t programs = 8, keysOfChunk = 256;
  RankedTensorType k = op.getK().getType();
  int64_t heads = k.getDimSize(0) * k.getDimSize(1);
  int64_t most = std::max<int64_t>(1, k.getDimSize(2) / keysOfChunk);
  return std::min<int64_t>(most, llvm::divideCeil(programs, heads));
}

namespace {

// p = softmax(s), o = p v: ds = p * (do v^T - delta), where delta is the sum of do * o over each
// row; what comes towards the log-sum-exp goes to each score with its p.
void attentionRule(AttentionOp op, Derivative &d) {
  ImplicitLocOpBuilder &builder = d.getBuilder();
  Expr grad = d.hasGrad(0) ? d.grad(0) : constant(builder, op.getResult().getType(), 0.0);
  Type element = op.getQ().getType().getElementType(), sums = op.getLse().getType().getElementType();
  Expr delta = sum(castTo(grad, sums) * castTo(d(op.getResult()), sums), {3});
  if (d.hasGrad(1))
    delta = delta - d.grad(1);
  int64_t chunks = chooseKeyChunks(op);
  auto backward = AttentionBackwardOp::create(
      builder, op.getQ(), op.getK(), op.getV(), op.getLse(), delta, grad, op.getRest(), op.getBias(),
      op.getKept(), op.getAlibi(), op.getQueryDocuments(), op.getKeyDocuments(), op.getDraw(), op.getStep(),
      op.getScaleAttr(), op.getCausalAttr(), op.getWindowAttr(), op.getAheadAttr(),
      op.getSoftcapAttr(), op.getDropoutAttr(), op.getKeyAttr(), builder.getI64IntegerAttr(chunks));
  Expr dq(builder, backward.getDq());
  if (d.needs(0))
    d.set(0, castTo(chunks > 1 ? sum(dq, {0}) : dq, element));
  if (d.needs(1))
    d.set(1, backward.getDk());
  if (d.needs(2))
    d.set(2, backward.getDv());
}

/// A gradient towards the bias would need all scores at once: better no program than a wrong one.
struct AttentionModel : DifferentiableOpInterface::ExternalModel<AttentionModel, AttentionOp> {
  LogicalResult buildDerivative(Operation *op, OpBuilder &builder, ValueRange resultGrads,
                                ArrayRef<bool> needed, MutableArrayRef<Value> operandGrads) const {
    auto attention = cast<AttentionOp>(op);
    if (llvm::is_contained(needed.drop_front(3), true))
      return attention.emitError(
          "a bias or alibi slope that depends on a parameter has no gradient here; write the "
          "attention with weft.matmul, weft.add, weft.softmax and weft.matmul");
    Derivative derivative(op, builder, resultGrads, needed, operandGrads);
    attentionRule(attention, derivative);
    return success();
  }
};

} // namespace

void weft::attachAttentionRules(MLIRContext &context) {
  AttentionOp::attachInterface<AttentionModel>(context);
}
