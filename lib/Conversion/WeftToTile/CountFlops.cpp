#include "weft/Conversion/WeftToTile/Passes.h"

#include "dialects/Weft/Weft.h"

namespace weft {
#define GEN_PASS_DEF_COUNTFLOPS
#include "weft/Conversion/WeftToTile/Passes.h.inc"
} // namespace weft

using namespace mlir;
using namespace weft;

namespace {

bool isProduct(Operation *op) { return isa<MatmulOp, MatmulAccumulateOp, LinearOp>(op); }

/// Multiplications and additions, counted as two operations a pair.
double productFlops(Operation *op) {
  bool accumulates = isa<MatmulAccumulateOp>(op);
  ArrayRef<int64_t> lhs = cast<RankedTensorType>(op->getOperand(accumulates).getType()).getShape();
  int64_t inner = lhs[lhs.size() - (op->hasAttr("transpose_a") ? 2 : 1)];
  return 2.0 * inner * cast<RankedTensorType>(op->getResult(0).getType()).getNumElements();
}

/// All rows of a grouped product are multiplied by one weight each.
double groupedFlops(Operation *op) {
  auto sizeOf = [&](Value value, unsigned d) { return getTensorType(value).getDimSize(d); };
  if (auto linear = dyn_cast<GroupedLinearOp>(op))
    return 2.0 * sizeOf(linear.getRows(), 0) * sizeOf(linear.getRows(), 1) *
           sizeOf(linear.getResult(), 1);
  if (auto backward = dyn_cast<GroupedLinearBackwardOp>(op))
    return 2.0 * sizeOf(backward.getLhs(), 0) * sizeOf(backward.getLhs(), 1) *
           sizeOf(backward.getRhs(), 1);
  return 0.0;
}

/// Which values hold scores of causal attention: everything that ops other than products compute
/// from a causal mask's result, or that a causal mask's operand is computed from, at the scores'
/// shape.
class CausalValues {
public:
  explicit CausalValues(GraphOp graph) {
    SmallVector<Operation *> ops;
    for (Operation &op : graph.getBody().front())
      ops.push_back(&op);
    for (Operation *op : ops)
      if (isa<CausalMaskOp>(op) || (!isProduct(op) && readsScores(op)))
        markResults(op);
    for (Operation *op : llvm::reverse(ops))
      if (isa<CausalMaskOp>(op) || (!isProduct(op) && writesMasked(op)))
        for (Value operand : op->getOperands())
          if (op->getNumResults() == 1 && operand.getType() == op->getResult(0).getType())
            masked.insert(operand);
  }

  bool readsScores(Operation *op) const {
    return llvm::any_of(op->getOperands(), [&](Value v) { return scores.contains(v); });
  }
  bool writesMasked(Operation *op) const {
    return llvm::any_of(op->getResults(), [&](Value v) { return masked.contains(v); });
  }

private:
  void markResults(Operation *op) {
    for (Value result : op->getResults())
      if (isa<CausalMaskOp>(op) || llvm::any_of(op->getOperands(), [&](Value v) {
            return scores.contains(v) && v.getType() == result.getType();
          }))
        scores.insert(result);
  }

  DenseSet<Value> scores; // looked up only
  DenseSet<Value> masked;
};

struct CountFlops : weft::impl::CountFlopsBase<CountFlops> {
  void runOnOperation() override {
    Builder builder(&getContext());
    for (auto graph : getOperation().getOps<GraphOp>()) {
      CausalValues causal(graph);
      double flops = 0;
      graph.walk([&](Operation *op) {
        flops += groupedFlops(op);
        if (isProduct(op))
          flops +=
              productFlops(op) * (causal.readsScores(op) || causal.writesMasked(op) ? 0.5 : 1.0);
      });
      graph->setAttr("flops", builder.getF64FloatAttr(flops));
    }
  }
};

} // namespace
