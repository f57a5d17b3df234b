// Derivatives of reductions and of ops that only move elements.
#include "Rules.h"

using namespace mlir;
using namespace weft;

// A value of a reduction's result, with the reduced dimensions as 1.
template <typename OpT> static Expr keepDims(OpT op, Expr reduced) {
  SmallVector<int64_t> shape(op.getInput().getType().getShape());
  for (int64_t axis : op.getAxes())
    shape[axis] = 1;
  // A scalar broadcasts to any shape as it is.
  return reduced.rank() == 0 ? reduced : reshape(reduced, shape);
}

static void sumRule(SumOp op, Derivative &d) {
  d.set(0, broadcast(keepDims(op, d.grad()), op.getInput().getType().getShape()));
}

static void meanRule(MeanOp op, Derivative &d) {
  double count = 1;
  for (int64_t axis : op.getAxes())
    count *= op.getInput().getType().getDimSize(axis);
  Expr share = keepDims(op, d.grad()) * (1.0 / count);
  d.set(0, broadcast(share, op.getInput().getType().getShape()));
}

// dx = dy / n where x is the maximum, n being how often it occurs.
static void reduceMaxRule(ReduceMaxOp op, Derivative &d) {
  Expr x = d(op.getInput());
  Expr isMax = 1.0 - isGreater(keepDims(op, d(op.getResult())), x);
  Expr count = sum(isMax, op.getAxes(), /*keepDims=*/true);
  d.set(0, isMax * (keepDims(op, d.grad()) / count));
}

static void broadcastRule(BroadcastOp op, Derivative &d) {
  d.set(0, sumTo(d.grad(), op.getInput().getType().getShape()));
}

static void reshapeRule(ReshapeOp op, Derivative &d) {
  d.set(0, reshape(d.grad(), op.getInput().getType().getShape()));
}

static void transposeRule(TransposeOp op, Derivative &d) {
  SmallVector<int64_t> inverse(op.getPermutation().size());
  for (auto [to, from] : llvm::enumerate(op.getPermutation()))
    inverse[from] = to;
  d.set(0, TransposeOp::create(d.getBuilder(), d.grad(), inverse));
}

static void sliceRule(SliceOp op, Derivative &d) {
  d.set(0, PadOp::create(d.getBuilder(), op.getInput().getType(), d.grad(), op.getOffsets()));
}

static void padRule(PadOp op, Derivative &d) {
  d.set(0, slice(d.grad(), op.getOffsets(), op.getInput().getType().getShape()));
}

// The parts' gradients side by side; zeros for a part that the loss does not depend on.
static void splitRule(SplitOp op, Derivative &d) {
  SmallVector<Value> parts;
  for (auto [i, part] : llvm::enumerate(op.getResults()))
    parts.push_back(d.hasGrad(i)
                        ? d.grad(i)
                        : constant(d.getBuilder(), cast<RankedTensorType>(part.getType()), 0.0));
  d.set(0, ConcatOp::create(d.getBuilder(), parts, op.getAxis()));
}

static void concatRule(ConcatOp op, Derivative &d) {
  SmallVector<int64_t> offsets(d.grad().rank(), 0);
  for (auto [i, input] : llvm::enumerate(op.getInputs())) {
    auto type = cast<RankedTensorType>(input.getType());
    if (d.needs(i))
      d.set(i, slice(d.grad(), offsets, type.getShape()));
    offsets[op.getAxis()] += type.getDimSize(op.getAxis());
  }
}

void weft::attachTensorRules(MLIRContext &context) {
  attachRule<SumOp, sumRule>(context);
  attachRule<MeanOp, meanRule>(context);
  attachRule<ReduceMaxOp, reduceMaxRule>(context);
  attachRule<BroadcastOp, broadcastRule>(context);
  attachRule<ReshapeOp, reshapeRule>(context);
  attachRule<TransposeOp, transposeRule>(context);
  attachRule<SliceOp, sliceRule>(context);
  attachRule<PadOp, padRule>(context);
  attachRule<SplitOp, splitRule>(context);
  attachRule<ConcatOp, concatRule>(context);
}
