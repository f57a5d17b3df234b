#include "weft/Conversion/WeftToTile/Passes.h"

#include "AttentionKernel.h"
#include "dialects/Weft/Weft.h"

namespace weft {
#define GEN_PASS_DEF_COUNTFLOPS
#include "weft/Conversion/WeftToTile/Passes.h.inc"
} // namespace weft

using namespace mlir;
using namespace weft;

namespace {

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

/// The part of a causal mask's scores that counts: half, or less within a window.
double visibleShare(CausalMaskOp mask) {
  IntegerAttr window = mask.getWindowAttr();
  double keys = mask.getType().getShape().back();
  return window ? std::min(0.5, window.getInt() / keys) : 0.5;
}

/// Which values hold scores of causal attention, and the part of them that counts: everything that
/// ops other than products compute from a causal mask's result, or that a causal mask's operand is
/// computed from, at the scores' shape.
class CausalValues {
public:
  explicit CausalValues(GraphOp graph) {
    SmallVector<Operation *> ops;
    for (Operation &op : graph.getBody().front())
      ops.push_back(&op);
    for (Operation *op : ops)
      if (std::optional<double> share = shareOf(op, scores, op->getOperands()))
        markResults(op, *share);
    for (Operation *op : llvm::reverse(ops))
      if (std::optional<double> share = shareOf(op, masked, op->getResults()))
        for (Value operand : op->getOperands())
          if (op->getNumResults() == 1 && operand.getType() == op->getResult(0).getType())
            masked[operand] = *share;
  }

  /// The part of a product that counts.
  double shareOfProduct(Operation *op) const {
    return std::min(find(scores, op->getOperands()).value_or(1.0),
                    find(masked, op->getResults()).value_or(1.0));
  }

private:
  using Shares = DenseMap<Value, double>; // looked up only

  static std::optional<double> find(const Shares &shares, ValueRange values) {
    for (Value value : values)
      if (auto known = shares.find(value); known != shares.end())
        return known->second;
    return std::nullopt;
  }

  static std::optional<double> shareOf(Operation *op, const Shares &shares, ValueRange values) {
    if (auto mask = dyn_cast<CausalMaskOp>(op))
      return visibleShare(mask);
    return op->hasTrait<facts::MatrixProduct>() ? std::nullopt : find(shares, values);
  }

  void markResults(Operation *op, double share) {
    for (Value result : op->getResults())
      if (isa<CausalMaskOp>(op) || llvm::any_of(op->getOperands(), [&](Value v) {
            return scores.contains(v) && v.getType() == result.getType();
          }))
        scores[result] = share;
  }

  Shares scores, masked;
};

struct CountFlops : weft::impl::CountFlopsBase<CountFlops> {
  void runOnOperation() override {
    Builder builder(&getContext());
    KernelOptions options{.target = spec::getTarget(getOperation())};
    for (auto graph : getOperation().getOps<GraphOp>()) {
      CausalValues causal(graph);
      double flops = 0;
      graph.walk([&](Operation *op) {
        flops += groupedFlops(op);
        // Scores that the backward computes again do not count.
        if (auto attention = dyn_cast<AttentionOp>(op))
          flops += AttentionShape(attention, options).flops(1, 1);
        else if (auto attention = dyn_cast<AttentionBackwardOp>(op))
          flops += AttentionShape(attention, options).flops(2, 2);
        if (op->hasTrait<facts::MatrixProduct>())
          flops += productFlops(op) * causal.shareOfProduct(op);
      });
      graph->setAttr("flops", builder.getF64FloatAttr(flops));
    }
  }
};

} // namespace
