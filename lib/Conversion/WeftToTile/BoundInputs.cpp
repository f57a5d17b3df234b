#include "weft/Conversion/WeftToTile/Passes.h"

#include "dialects/Weft/Weft.h"

namespace weft {
#define GEN_PASS_DEF_BOUNDINPUTS
#include "weft/Conversion/WeftToTile/Passes.h.inc"
} // namespace weft

using namespace mlir;
using namespace weft;

namespace {

/// The graph argument that an operand comes from, through ops that only move elements.
BlockArgument findInput(Value value) {
  while (auto reshape = value.getDefiningOp<ReshapeOp>())
    value = reshape.getInput();
  return dyn_cast<BlockArgument>(value);
}

/// Notes that values of `ids` are below `limit`; where several ops say so, the lowest counts, and a
/// further value is valid only if all of them ignore it.
void bound(GraphOp graph, Value ids, int64_t limit, std::optional<int64_t> ignored) {
  BlockArgument input = findInput(ids);
  if (!input)
    return;
  Builder builder(graph.getContext());
  unsigned number = input.getArgNumber();
  auto known = graph.getArgAttrOfType<IntegerAttr>(number, kLimitAttr);
  if (!known || known.getInt() > limit)
    graph.setArgAttr(number, kLimitAttr, builder.getI64IntegerAttr(limit));
  auto knownIgnored = graph.getArgAttrOfType<IntegerAttr>(number, kIgnoredAttr);
  if (!known && ignored)
    graph.setArgAttr(number, kIgnoredAttr, builder.getI64IntegerAttr(*ignored));
  else if (knownIgnored && knownIgnored.getInt() != ignored)
    graph.removeArgAttr(number, kIgnoredAttr);
}

int64_t numClasses(Value logits) {
  return cast<RankedTensorType>(logits.getType()).getShape().back();
}

struct BoundInputs : weft::impl::BoundInputsBase<BoundInputs> {
  void runOnOperation() override {
    getOperation().walk([](GraphOp graph) {
      graph.walk([&](Operation *op) {
        if (auto embedding = dyn_cast<EmbeddingOp>(op))
          bound(graph, embedding.getIds(),
                cast<RankedTensorType>(embedding.getTable().getType()).getDimSize(0), std::nullopt);
        else if (auto loss = dyn_cast<CrossEntropyOp>(op))
          bound(graph, loss.getTargets(), numClasses(loss.getLogits()), loss.getIgnoreIndex());
        else if (auto rows = dyn_cast<CrossEntropyRowsOp>(op))
          bound(graph, rows.getTargets(), numClasses(rows.getLogits()), rows.getIgnoreIndex());
        else if (auto route = dyn_cast<RouteOp>(op))
          bound(graph, route.getIds(), route.getExperts(), std::nullopt);
      });
    });
  }
};

} // namespace
