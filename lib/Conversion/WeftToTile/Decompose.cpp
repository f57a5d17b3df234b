// Rewrites ops over rows into the primitives that kernels are made of. The formulas are those of
// the ops' definitions; each pattern's comment shows its own.
#include "weft/Conversion/WeftToTile/Passes.h"

#include "Decompose.h"
#include "dialects/Interfaces/Scope.h"

namespace weft {
#define GEN_PASS_DEF_DECOMPOSE
#include "weft/Conversion/WeftToTile/Passes.h.inc"
} // namespace weft

using namespace mlir;
using namespace weft;

namespace {

int64_t elements(Value value) { return cast<RankedTensorType>(value.getType()).getNumElements(); }

/// y = x W (+ b), with the leading dimensions of x flattened so that the product is one matrix
/// product.
struct DecomposeLinear : DecomposePattern<LinearOp> {
  using DecomposePattern::DecomposePattern;
  FailureOr<SmallVector<Value>> decompose(LinearOp op, Primitives &p) const override {
    ArrayRef<int64_t> shape = op.getInput().getType().getShape();
    int64_t width = shape.back();
    Value rows = p.reshape(op.getInput(), {elements(op.getInput()) / width, width});
    bool outIn = op.getWeightLayout() == WeightLayout::OutIn;
    Value y = p.make<MatmulOp>(rows, op.getWeight(), false, outIn);
    y = p.reshape(y, op.getType().getShape());
    if (op.getBias())
      y = p.make<AddOp>(y, op.getBias());
    return SmallVector<Value>{y};
  }
};

/// mean = sum(x)/n; d = x - mean; y = d / sqrt(sum(d^2)/n + eps) * weight + bias
struct DecomposeLayerNorm : DecomposePattern<LayerNormOp> {
  using DecomposePattern::DecomposePattern;
  FailureOr<SmallVector<Value>> decompose(LayerNormOp op, Primitives &p) const override {
    Value x = op.getInput();
    Value centered = p.make<SubOp>(x, p.rowMean(x));
    Value variance = p.rowMean(p.make<MulOp>(centered, centered));
    Value eps = p.scalar(op.getEps().convertToDouble(), x);
    Value inverse = p.make<RsqrtOp>(p.make<AddOp>(variance, eps));
    Value normal = p.make<MulOp>(centered, inverse);
    Value y = p.make<AddOp>(p.make<MulOp>(normal, op.getWeight()), op.getBias());
    return SmallVector<Value>{y};
  }
};

/// y = x / sqrt(sum(x^2)/n + eps) * (weight + offset)
struct DecomposeRmsNorm : DecomposePattern<RmsNormOp> {
  using DecomposePattern::DecomposePattern;
  FailureOr<SmallVector<Value>> decompose(RmsNormOp op, Primitives &p) const override {
    Value x = op.getInput(), weight = op.getWeight();
    Value square = p.rowMean(p.make<MulOp>(x, x));
    Value eps = p.scalar(op.getEps().convertToDouble(), x);
    Value inverse = p.make<RsqrtOp>(p.make<AddOp>(square, eps));
    if (std::optional<APFloat> offset = op.getWeightOffset())
      weight = p.make<AddOp>(weight, p.scalar(offset->convertToDouble(), x));
    return SmallVector<Value>{p.make<MulOp>(p.make<MulOp>(x, inverse), weight)};
  }
};

/// e = exp(x - max(x)); y = e / sum(e)
struct DecomposeSoftmax : DecomposePattern<SoftmaxOp> {
  using DecomposePattern::DecomposePattern;
  FailureOr<SmallVector<Value>> decompose(SoftmaxOp op, Primitives &p) const override {
    Value x = op.getInput();
    Value e = p.make<ExpOp>(p.make<SubOp>(x, p.rowMax(x)));
    return SmallVector<Value>{p.make<DivOp>(e, p.rowSum(e))};
  }
};

/// d = x - max(x); y = d - log(sum(exp(d)))
struct DecomposeLogSoftmax : DecomposePattern<LogSoftmaxOp> {
  using DecomposePattern::DecomposePattern;
  FailureOr<SmallVector<Value>> decompose(LogSoftmaxOp op, Primitives &p) const override {
    Value x = op.getInput();
    Value d = p.make<SubOp>(x, p.rowMax(x));
    return SmallVector<Value>{p.make<SubOp>(d, p.make<LogOp>(p.rowSum(p.make<ExpOp>(d))))};
  }
};

/// Targets as one column beside the logits.
Value targetColumn(Primitives &p, Value targets) {
  SmallVector<int64_t> shape(cast<RankedTensorType>(targets.getType()).getShape());
  shape.push_back(1);
  return p.reshape(targets, shape);
}

Value targetWeight(Primitives &p, Value column, Type element, std::optional<int64_t> ignored) {
  auto type = cast<RankedTensorType>(column.getType()).clone(element);
  auto attr = ignored ? p.builder.getI64IntegerAttr(*ignored) : IntegerAttr();
  return p.make<TargetWeightOp>(Type(type), column, attr);
}

/// An option of a loss; 0, which changes nothing, where it is left out.
double optionOf(std::optional<APFloat> option) { return option ? option->convertToDouble() : 0; }

/// lse = max + log(sum(exp(x - max))); loss = (lse - x[target]) * weight, or smoothed by s and with
/// z: loss = ((lse - x[target]) * (1 - s) + (lse - mean(x)) * s + z * lse^2) * weight
struct DecomposeCrossEntropyRows : DecomposePattern<CrossEntropyRowsOp> {
  using DecomposePattern::DecomposePattern;
  FailureOr<SmallVector<Value>> decompose(CrossEntropyRowsOp op, Primitives &p) const override {
    Value x = op.getLogits();
    Value max = p.rowMax(x);
    Value sum = p.rowSum(p.make<ExpOp>(p.make<SubOp>(x, max)));
    Value lse = p.make<AddOp>(max, p.make<LogOp>(sum));
    Value column = targetColumn(p, op.getTargets());
    Value picked = p.make<PickOp>(max.getType(), x, column);
    Type element = cast<RankedTensorType>(x.getType()).getElementType();
    Value weight = targetWeight(p, column, element, op.getIgnoreIndex());
    Value loss = p.make<SubOp>(lse, picked);
    if (double s = optionOf(op.getLabelSmoothing())) {
      Value uniform = p.make<SubOp>(lse, p.rowMean(x));
      Value hard = p.make<MulOp>(loss, p.scalar(1 - s, x));
      Value soft = p.make<MulOp>(uniform, p.scalar(s, x));
      loss = p.make<AddOp>(hard, soft);
    }
    if (double z = optionOf(op.getZLoss()))
      loss = p.make<AddOp>(loss, p.make<MulOp>(p.make<MulOp>(lse, lse), p.scalar(z, x)));
    return SmallVector<Value>{p.make<MulOp>(loss, weight), weight, lse};
  }
};

/// d = (exp(x - lse) - one_hot(target)) * (weight * grad), or smoothed by s and with z, over n
/// classes, with exp(x - lse) * (1 + 2 z lse) and one_hot(target) * (1 - s) + s/n in their places
struct DecomposeCrossEntropyBackward : DecomposePattern<CrossEntropyBackwardOp> {
  using DecomposePattern::DecomposePattern;
  FailureOr<SmallVector<Value>> decompose(CrossEntropyBackwardOp op, Primitives &p) const override {
    Value x = op.getLogits();
    auto type = cast<RankedTensorType>(x.getType());
    Value column = targetColumn(p, op.getTargets());
    Value softmax = p.make<ExpOp>(p.make<SubOp>(x, op.getLse()));
    Value target = p.make<OneHotOp>(Type(type), column);
    if (double z = optionOf(op.getZLoss())) {
      Value factor = p.make<MulOp>(op.getLse(), p.scalar(2 * z, x));
      softmax = p.make<MulOp>(softmax, p.make<AddOp>(factor, p.scalar(1, x)));
    }
    if (double s = optionOf(op.getLabelSmoothing()))
      target = p.make<AddOp>(p.make<MulOp>(target, p.scalar(1 - s, x)),
                             p.scalar(s / type.getShape().back(), x));
    Value difference = p.make<SubOp>(softmax, target);
    Value weight = targetWeight(p, column, type.getElementType(), op.getIgnoreIndex());
    Value scale = p.make<MulOp>(weight, op.getGrad());
    return SmallVector<Value>{p.make<MulOp>(difference, scale)};
  }
};

/// The rows' losses and weights, added up.
struct DecomposeCrossEntropy : DecomposePattern<CrossEntropyOp> {
  using DecomposePattern::DecomposePattern;
  FailureOr<SmallVector<Value>> decompose(CrossEntropyOp op, Primitives &p) const override {
    auto rows = CrossEntropyRowsOp::create(p.builder, op.getLoc(), op.getLogits(), op.getTargets(),
                                           op.getIgnoreIndexAttr(), op.getLabelSmoothingAttr(),
                                           op.getZLossAttr());
    p.inherit(rows);
    SmallVector<int64_t> axes = llvm::to_vector(
        llvm::seq<int64_t>(0, cast<RankedTensorType>(rows.getLoss().getType()).getRank()));
    return SmallVector<Value>{p.make<SumOp>(rows.getLoss(), axes, false),
                              p.make<SumOp>(rows.getWeight(), axes, false)};
  }
};

/// Ids as a column: gather_rows. Ids 0, 1, 2, ... take the first rows as they lie.
struct DecomposeEmbedding : DecomposePattern<EmbeddingOp> {
  using DecomposePattern::DecomposePattern;
  FailureOr<SmallVector<Value>> decompose(EmbeddingOp op, Primitives &p) const override {
    if (op.getIds().getDefiningOp<IotaOp>())
      return SmallVector<Value>{
          p.make<SliceOp>(op.getTable(), SmallVector<int64_t>{0, 0}, op.getType().getShape())};
    return SmallVector<Value>{
        p.make<GatherRowsOp>(op.getType(), targetColumn(p, op.getIds()), op.getTable(),
                             IntegerAttr())};
  }
};

/// With a flag, `old` is first made zero where the flag says so.
struct DecomposeEmbeddingBackward : DecomposePattern<EmbeddingBackwardOp> {
  using DecomposePattern::DecomposePattern;
  FailureOr<SmallVector<Value>> decompose(EmbeddingBackwardOp op, Primitives &p) const override {
    if (!op.getFlag())
      return failure();
    Value old = op.getOld();
    Value zeros = p.make<BroadcastOp>(old.getType(), p.scalar(0.0, old));
    Value start = p.make<AccumulateOp>(old.getType(), old, zeros, op.getFlag());
    return SmallVector<Value>{
        p.make<EmbeddingBackwardOp>(start, op.getIds(), op.getGrad(), Value(), op.getPaddingIndexAttr())};
  }
};

/// Zeros before and behind, one axis after the other.
struct DecomposePad : DecomposePattern<PadOp> {
  using DecomposePattern::DecomposePattern;
  FailureOr<SmallVector<Value>> decompose(PadOp op, Primitives &p) const override {
    Value result = op.getInput();
    ArrayRef<int64_t> target = op.getType().getShape();
    for (int64_t axis = target.size() - 1; axis >= 0; --axis) {
      auto type = cast<RankedTensorType>(result.getType());
      int64_t before = op.getOffsets()[axis];
      int64_t behind = target[axis] - before - type.getDimSize(axis);
      SmallVector<Value> parts;
      auto addZeros = [&](int64_t size) {
        if (size == 0)
          return;
        SmallVector<int64_t> shape(type.getShape());
        shape[axis] = size;
        parts.push_back(p.make<BroadcastOp>(Type(type.clone(shape)), p.scalar(0.0, result)));
      };
      addZeros(before);
      parts.push_back(result);
      addZeros(behind);
      if (parts.size() > 1)
        result = p.make<ConcatOp>(parts, axis);
    }
    return SmallVector<Value>{result};
  }
};

struct Decompose : weft::impl::DecomposeBase<Decompose> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns
        .add<DecomposeLinear, DecomposeLayerNorm, DecomposeRmsNorm, DecomposeSoftmax,
             DecomposeLogSoftmax, DecomposeCrossEntropyRows, DecomposeCrossEntropyBackward,
             DecomposeCrossEntropy, DecomposeEmbedding, DecomposeEmbeddingBackward, DecomposePad>(
            &getContext());
    populateRopePatterns(patterns);
    populateReductionPatterns(patterns);
    populateExpertPatterns(patterns);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
