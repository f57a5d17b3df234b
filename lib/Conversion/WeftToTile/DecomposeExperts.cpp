// Random ops and the movement of rows to experts and back, as gathers and elementwise ops.
#include "Decompose.h"

using namespace mlir;
using namespace weft;

namespace {

/// What a draw depends on, as operands: one kernel serves all layers. Six words, and the step.
struct DrawSource {
  DrawSource(Operation *op, uint64_t key, Primitives &p) {
    Primitives shared(p.builder, op, Primitives::Shared);
    for (uint64_t half : {key, key >> 32})
      words.push_back(
          shared.make<WordOp>(p.builder.getI32IntegerAttr(static_cast<int32_t>(half))));
    for (StepField field : {StepField::SeedLow, StepField::SeedHigh, StepField::SampleLow,
                            StepField::SampleHigh})
      words.push_back(shared.make<StepValueOp>(field));
    step = shared.make<StepValueOp>(StepField::Step);
  }
  SmallVector<Value> words;
  Value step;
};

struct DecomposeDropout : DecomposePattern<DropoutOp> {
  using DecomposePattern::DecomposePattern;
  FailureOr<SmallVector<Value>> decompose(DropoutOp op, Primitives &p) const override {
    if (!op.getKey())
      return failure();
    DrawSource source(op, *op.getKey(), p);
    ArrayRef<Value> w(source.words);
    return SmallVector<Value>{p.make<DropOp>(op.getInput(), w[0], w[1], w[2], w[3], w[4], w[5],
                                             source.step, op.getRateAttr())};
  }
};

/// The op itself, with its draw as operands.
template <typename OpT> struct DecomposeDraw : DecomposePattern<OpT> {
  using DecomposePattern<OpT>::DecomposePattern;
  FailureOr<SmallVector<Value>> decompose(OpT op, Primitives &p) const override {
    if (!op.getKey())
      return failure();
    DrawSource source(op, *op.getKey(), p);
    auto drawing = cast<OpT>(p.builder.clone(*op));
    drawing.getDrawMutable().assign(source.words);
    drawing.getStepMutable().assign(source.step);
    drawing.removeKeyAttr();
    return SmallVector<Value>(drawing->getResults());
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
  patterns.add<DecomposeDropout, DecomposeDraw<AttentionOp>, DecomposeDraw<AttentionBackwardOp>, DecomposeDispatch, DecomposeCombine>(patterns.getContext());
}
