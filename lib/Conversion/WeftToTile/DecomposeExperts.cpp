// Random ops and the movement of rows to experts and back, as gathers and elementwise ops.
#include "Decompose.h"

using namespace mlir;
using namespace weft;

namespace {

/// What the draw depends on becomes operands, so that one kernel serves all layers.
struct DecomposeDropout : DecomposePattern<DropoutOp> {
  using DecomposePattern::DecomposePattern;
  FailureOr<SmallVector<Value>> decompose(DropoutOp op, Primitives &p) const override {
    if (!op.getKey())
      return failure();
    Primitives shared(p.builder, op, Primitives::Shared);
    auto word = [&](uint64_t value) {
      return shared.make<WordOp>(p.builder.getI32IntegerAttr(static_cast<int32_t>(value)));
    };
    auto step = [&](StepField field) { return shared.make<StepValueOp>(field); };
    return SmallVector<Value>{p.make<DropOp>(
        op.getInput(), word(*op.getKey()), word(*op.getKey() >> 32), step(StepField::SeedLow),
        step(StepField::SeedHigh), step(StepField::SampleLow), step(StepField::SampleHigh),
        step(StepField::Step), op.getRateAttr())};
  }
};

int64_t elements(Value value) { return getTensorType(value).getNumElements(); }

/// All dimensions but the last in one.
Value flattenRows(Primitives &p, Value value) {
  int64_t width = getTensorType(value).getShape().back();
  return p.reshape(value, {elements(value) / width, width});
}

/// rows[p] = x[order[p] / k]: slots of one token are neighbours.
struct DecomposeDispatch : DecomposePattern<DispatchOp> {
  using DecomposePattern::DecomposePattern;
  FailureOr<SmallVector<Value>> decompose(DispatchOp op, Primitives &p) const override {
    int64_t k = op.getSlots().getType().getShape().back();
    Value order = p.reshape(op.getOrder(), {elements(op.getOrder()), 1});
    IntegerAttr divisor = k > 1 ? p.builder.getI32IntegerAttr(k) : IntegerAttr();
    return SmallVector<Value>{
        p.make<GatherRowsOp>(op.getType(), order, flattenRows(p, op.getInput()), divisor)};
  }
};

/// y = w[0] rows[slots[0]] + w[1] rows[slots[1]] + ..., in this order.
struct DecomposeCombine : DecomposePattern<CombineOp> {
  using DecomposePattern::DecomposePattern;
  FailureOr<SmallVector<Value>> decompose(CombineOp op, Primitives &p) const override {
    Value slots = flattenRows(p, op.getSlots()), weights = flattenRows(p, op.getWeights());
    int64_t tokens = getTensorType(slots).getDimSize(0), k = getTensorType(slots).getDimSize(1);
    auto rowType = op.getRows().getType().clone({tokens, op.getRows().getType().getDimSize(1)});
    Value sum;
    for (int64_t j = 0; j < k; ++j) {
      SmallVector<int64_t> offsets{0, j}, sizes{tokens, 1};
      Value row = p.make<GatherRowsOp>(Type(rowType), p.make<SliceOp>(slots, offsets, sizes),
                                       op.getRows(), IntegerAttr());
      Value term = p.make<MulOp>(row, p.make<SliceOp>(weights, offsets, sizes));
      sum = sum ? p.make<AddOp>(sum, term) : term;
    }
    return SmallVector<Value>{p.reshape(sum, op.getType().getShape())};
  }
};

} // namespace

void weft::populateExpertPatterns(RewritePatternSet &patterns) {
  patterns.add<DecomposeDropout, DecomposeDispatch, DecomposeCombine>(patterns.getContext());
}
