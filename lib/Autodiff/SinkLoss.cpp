// weft-sink-loss: each part of a loss is computed where its gradient is.
#include "weft/Autodiff/Passes.h"

#include "dialects/Weft/Weft.h"

namespace weft {
#define GEN_PASS_DEF_SINKLOSS
#include "weft/Autodiff/Passes.h.inc"
} // namespace weft

using namespace mlir;
using namespace weft;

namespace {

class LossSinker {
public:
  explicit LossSinker(GraphOp graph) : body(graph.getBody().front()) {}

  void run() {
    if (llvm::range_size(body.getOps<CrossEntropyRowsOp>()) < 2)
      return;
    // Sums of parts are wanted last of all, where they are kept.
    DenseSet<Operation *> sums;
    auto isPart = [&](Value value) {
      Operation *from = value.getDefiningOp();
      return from && (isa<CrossEntropyRowsOp>(from) || sums.contains(from));
    };
    SmallVector<SetOp> sets;
    for (Operation &op : body) {
      auto accumulate = dyn_cast<AccumulateOp>(op);
      if (accumulate ? isPart(accumulate.getValue())
                     : isa<SumOp, AddOp, ReshapeOp>(op) && llvm::all_of(op.getOperands(), isPart))
        sums.insert(&op);
      else if (auto set = dyn_cast<SetOp>(op); set && isPart(set.getValue()))
        sets.push_back(set);
    }
    for (SetOp set : sets)
      set->moveBefore(body.getTerminator());
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(body)))
      if (sums.contains(&op) || isa<CrossEntropyRowsOp>(op) || makesLogits(op))
        sink(op);
  }

private:
  /// Whether an op is for parts of the loss only: the logits of one.
  bool makesLogits(Operation &op) {
    bool makes = (isa<LinearOp>(op) || isOnLogits(&op)) && !op.use_empty() &&
                 llvm::all_of(op.getUsers(),
                              [&](Operation *user) {
                                return isa<CrossEntropyRowsOp, CrossEntropyBackwardOp>(user) ||
                                       logits.contains(user) || isBackward(user);
                              }) &&
                 llvm::any_of(op.getUsers(), [&](Operation *user) {
                   return isa<CrossEntropyRowsOp>(user) || logits.contains(user);
                 });
    if (makes)
      logits.insert(&op);
    return makes;
  }

  static bool isBackward(Operation *op) {
    auto phase = op->getAttrOfType<StringAttr>(kPhaseAttr);
    return phase && phase.getValue() == "backward";
  }

  void sink(Operation &op) {
    Operation *first = nullptr;
    for (Operation *user : op.getUsers())
      if (!first || user->isBeforeInBlock(first))
        first = user;
    if (first)
      op.moveBefore(first);
  }

  Block &body;
  DenseSet<Operation *> logits; // looked up only
};

struct SinkLossPass : weft::impl::SinkLossBase<SinkLossPass> {
  void runOnOperation() override {
    for (GraphOp graph : getOperation().getOps<GraphOp>())
      LossSinker(graph).run();
  }
};

} // namespace
