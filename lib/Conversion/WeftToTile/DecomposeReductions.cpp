// Brings reductions over any axes into the two forms that kernels have: over the last dimension,
// and over all but the last.
#include "Decompose.h"
#include "IterationSpace.h"

#include "dialects/Interfaces/Scope.h"

using namespace mlir;
using namespace weft;

// ---- Primitives

static RankedTensorType tensorType(Value value) { return cast<RankedTensorType>(value.getType()); }

void Primitives::inherit(Operation *op) {
  StringAttr origin;
  if (ownership == Own) {
    copyScope(source, op);
    origin = source->getAttrOfType<StringAttr>(kOriginAttr);
  } else if (!getPhase(source).empty()) {
    setPhase(op, "forward");
  }
  if (!origin)
    origin = builder.getStringAttr(source->getName().stripDialect());
  op->setAttr(kOriginAttr, origin);
}

Value Primitives::reshape(Value value, ArrayRef<int64_t> shape) {
  if (tensorType(value).getShape() == shape)
    return value;
  return make<ReshapeOp>(Type(tensorType(value).clone(shape)), value);
}

Value Primitives::scalar(double value, Value like) {
  Type element = tensorType(like).getElementType();
  auto type = RankedTensorType::get({}, element);
  return make<ConstantOp>(DenseElementsAttr::get(type, builder.getFloatAttr(element, value)));
}

static SmallVector<int64_t> lastAxis(Value value) { return {tensorType(value).getRank() - 1}; }
Value Primitives::rowSum(Value value) { return make<SumOp>(value, lastAxis(value), true); }
Value Primitives::rowMax(Value value) { return make<ReduceMaxOp>(value, lastAxis(value), true); }

Value Primitives::rowMean(Value value) {
  return make<MulOp>(rowSum(value), scalar(1.0 / tensorType(value).getShape().back(), value));
}

// ---- patterns

namespace {

/// Rows longer than this are added up in two steps, so that their pieces run side by side and the
/// error of the sum does not grow with the row.
constexpr int64_t kPiece = 4096;

/// mean(x) = sum(x) * (1/n)
struct DecomposeMean : OpRewritePattern<MeanOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(MeanOp op, PatternRewriter &rewriter) const override {
    Primitives p(rewriter, op);
    int64_t count = 1;
    for (int64_t axis : op.getAxes())
      count *= tensorType(op.getInput()).getDimSize(axis);
    Value sum = p.make<SumOp>(op.getInput(), op.getAxes(), op.getKeepDims());
    rewriter.replaceOp(op, p.make<MulOp>(sum, p.scalar(1.0 / count, sum)));
    return success();
  }
};

/// reduce(x, axes) = reshape(row_reduce(reshape(transpose(x, kept + axes), [kept, reduced])))
template <typename OpT> struct ReductionToRows : OpRewritePattern<OpT> {
  using OpRewritePattern<OpT>::OpRewritePattern;

  LogicalResult matchAndRewrite(OpT op, PatternRewriter &rewriter) const override {
    auto type = tensorType(op.getInput());
    if (isRowReduction(op) && (std::is_same_v<OpT, ReduceMaxOp> || fits(op)))
      return rewriter.notifyMatchFailure(op, "reduces rows already");
    if (isColumnReduction(op) && type.getShape().back() > 1)
      return rewriter.notifyMatchFailure(op, "reduces columns already");
    Primitives p(rewriter, op);
    Value x = op.getInput();
    if (isColumnSum(op)) { // the same without keep_dims
      SmallVector<int64_t> axes = llvm::to_vector(op.getAxes());
      Value sum = p.make<OpT>(x, axes, false);
      rewriter.replaceOp(op, p.reshape(sum, tensorType(op.getResult()).getShape()));
      return success();
    }
    if (isLeadingSum(op)) { // of one row for each step over them
      int64_t columns = tensorType(op.getResult()).getNumElements();
      Value rows = p.reshape(x, {type.getNumElements() / columns, columns});
      Value sum = p.make<OpT>(rows, SmallVector<int64_t>{0}, false);
      rewriter.replaceOp(op, p.reshape(sum, tensorType(op.getResult()).getShape()));
      return success();
    }
    SmallVector<int64_t> order;
    int64_t outer = 1, inner = 1;
    for (int64_t d = 0; d < type.getRank(); ++d)
      if (!llvm::is_contained(op.getAxes(), d)) {
        order.push_back(d);
        outer *= type.getDimSize(d);
      }
    for (int64_t axis : op.getAxes()) {
      order.push_back(axis);
      inner *= type.getDimSize(axis);
    }
    if (!llvm::is_sorted(order))
      x = p.make<TransposeOp>(x, order);
    Value rows = p.reshape(x, {outer, inner});
    if (std::is_same_v<OpT, SumOp> && inner > 2 * kPiece && inner % kPiece == 0)
      rows = p.reshape(p.rowSum(p.reshape(rows, {outer * (inner / kPiece), kPiece})),
                       {outer, inner / kPiece});
    Value sum = p.make<OpT>(rows, SmallVector<int64_t>{1}, true);
    rewriter.replaceOp(op, p.reshape(sum, tensorType(op.getResult()).getShape()));
    return success();
  }

private:
  /// Rows of any length are fine where there are many; a few long ones are cut.
  static bool fits(OpT op) {
    auto type = tensorType(op.getInput());
    int64_t columns = type.getShape().back();
    return type.getNumElements() / columns > 8 || columns <= 2 * kPiece || columns % kPiece != 0;
  }

  /// Over the first dimensions, of several that are kept.
  static bool isLeadingSum(OpT op) {
    int64_t kept = tensorType(op.getInput()).getRank() - op.getAxes().size();
    return std::is_same_v<OpT, SumOp> && kept > 1 && !op.getAxes().empty() && op.getAxes().front() == 0 &&
           op.getAxes().back() + 1 == static_cast<int64_t>(op.getAxes().size()) &&
           tensorType(op.getResult()).getNumElements() > 1;
  }

  static bool isColumnSum(OpT op) {
    auto type = tensorType(op.getInput());
    int64_t rank = type.getRank();
    return std::is_same_v<OpT, SumOp> && op.getKeepDims() && rank > 1 &&
           type.getShape().back() > 1 && (int64_t)op.getAxes().size() == rank - 1 &&
           op.getAxes().back() == rank - 2;
  }
};

} // namespace

void weft::populateReductionPatterns(RewritePatternSet &patterns) {
  patterns.add<DecomposeMean, ReductionToRows<SumOp>, ReductionToRows<ReduceMaxOp>>(
      patterns.getContext());
}
