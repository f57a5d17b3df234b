#include "weft/Conversion/WeftToTile/Passes.h"

#include "dialects/Weft/Weft.h"

#include "llvm/ADT/MapVector.h"

namespace weft {
#define GEN_PASS_DEF_BOUNDINPUTS
#include "weft/Conversion/WeftToTile/Passes.h.inc"
} // namespace weft

using namespace mlir;
using namespace weft;

namespace {

/// Where ids come from, through ops that only move elements.
Value findSource(Value value) {
  while (Operation *op = value.getDefiningOp()) {
    if (!isa<ReshapeOp, CopyOp, SliceOp>(op))
      break;
    value = op->getOperand(0);
  }
  return value;
}

/// The ids that one op can take: those from 0 on and below `limit`, and `ignored`.
struct Bound {
  int64_t limit;
  std::optional<int64_t> ignored;
  bool takes(int64_t id) const { return (id >= 0 && id < limit) || id == ignored; }
};

/// Notes what all of `bounds` take: below the lowest limit, and a further value.
void noteBounds(GraphOp graph, unsigned input, ArrayRef<Bound> bounds) {
  Builder builder(graph.getContext());
  auto lowest = llvm::min_element(bounds, [](auto &a, auto &b) { return a.limit < b.limit; });
  graph.setArgAttr(input, kLimitAttr, builder.getI64IntegerAttr(lowest->limit));
  for (const Bound &candidate : bounds)
    if (candidate.ignored &&
        llvm::all_of(bounds, [&](const Bound &b) { return b.takes(*candidate.ignored); }))
      return graph.setArgAttr(input, kIgnoredAttr, builder.getI64IntegerAttr(*candidate.ignored));
}

/// The first and last of the ids that an op which makes ids gives.
std::optional<std::pair<int64_t, int64_t>> getKnownIds(Value source) {
  if (auto iota = source.getDefiningOp<IotaOp>())
    return {{0, iota.getType().getNumElements() - 1}};
  if (auto constant = source.getDefiningOp<ConstantOp>()) {
    int64_t id = cast<DenseElementsAttr>(constant.getValue()).getSplatValue<int32_t>();
    return {{id, id}};
  }
  if (auto top = source.getDefiningOp<TopKOp>())
    return {{0, getTensorType(top.getInput()).getShape().back() - 1}};
  if (auto route = source.getDefiningOp<RouteOp>()) {
    int64_t slots = getTensorType(route.getIds()).getNumElements();
    return {{0, source == route.getOffsets() ? slots : slots - 1}};
  }
  return std::nullopt;
}

/// Proves that ids which the text itself gives are among those that `user` takes.
LogicalResult verifyKnown(Operation *user, Value source, const Bound &bound) {
  auto known = getKnownIds(source);
  if (!known)
    return user->emitOpError("expects ids of the data, or of an op whose ids are known");
  auto [first, last] = *known;
  for (int64_t id : {first, last, std::max(first, last - 1)}) // the last may be ignored
    if (!bound.takes(id))
      return user->emitOpError("expects ids of at least 0 and below ")
             << bound.limit << ", got " << id;
  return success();
}

int64_t numClasses(Value logits) {
  return cast<RankedTensorType>(logits.getType()).getShape().back();
}

struct BoundInputs : weft::impl::BoundInputsBase<BoundInputs> {
  void runOnOperation() override {
    for (GraphOp graph : getOperation().getOps<GraphOp>())
      if (failed(boundInputs(graph)))
        return signalPassFailure();
  }

  LogicalResult boundInputs(GraphOp graph) {
    llvm::MapVector<unsigned, SmallVector<Bound>> bounds; // of each input
    auto add = [&](Operation *user, Value ids, Bound bound) -> LogicalResult {
      Value source = findSource(ids);
      auto input = dyn_cast<BlockArgument>(source);
      if (!input)
        return verifyKnown(user, source, bound);
      bounds[input.getArgNumber()].push_back(bound);
      return success();
    };
    for (Operation &op : graph.getBody().front()) {
      LogicalResult result = success();
      if (auto embedding = dyn_cast<EmbeddingOp>(op))
        result = add(&op, embedding.getIds(),
                     {getTensorType(embedding.getTable()).getDimSize(0), std::nullopt});
      else if (auto loss = dyn_cast<CrossEntropyOp>(op))
        result = add(&op, loss.getTargets(), {numClasses(loss.getLogits()), loss.getIgnoreIndex()});
      else if (auto rows = dyn_cast<CrossEntropyRowsOp>(op))
        result = add(&op, rows.getTargets(), {numClasses(rows.getLogits()), rows.getIgnoreIndex()});
      else if (auto route = dyn_cast<RouteOp>(op))
        result = add(&op, route.getIds(), {int64_t(route.getExperts()), std::nullopt});
      if (failed(result))
        return failure();
    }
    for (auto &[input, list] : bounds)
      noteBounds(graph, input, list);
    return success();
  }
};

} // namespace
