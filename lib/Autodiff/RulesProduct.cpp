// Derivatives of products and of the lookup in a table (a product with a one-hot matrix).
#include "Rules.h"

using namespace mlir;
using namespace weft;

static Expr matmul(Expr a, Expr b, bool transposeA, bool transposeB) {
  return Expr(a.getBuilder(), MatmulOp::create(a.getBuilder(), a, b, transposeA, transposeB));
}

// C = op(A) op(B). dA = dC op(B)^T, transposed as a whole where A is stored transposed; dB =
// op(A)^T dC likewise. Transposes stay flags of the product.
static void matmulRule(MatmulOp op, Derivative &d) {
  Expr a = d(op.getLhs()), b = d(op.getRhs()), dc = d.grad();
  bool ta = op.getTransposeA(), tb = op.getTransposeB();
  if (d.needs(0))
    d.set(0, ta ? matmul(b, dc, tb, true) : matmul(dc, b, false, !tb));
  if (d.needs(1))
    d.set(1, tb ? matmul(dc, a, true, ta) : matmul(a, dc, !ta, false));
}

static WeightLayout otherLayout(WeightLayout layout) {
  return layout == WeightLayout::OutIn ? WeightLayout::InOut : WeightLayout::OutIn;
}

/// All dimensions but the last in one.
static Expr flattenRows(Expr a) {
  int64_t columns = a.type().getShape().back();
  int64_t rows = 1;
  for (int64_t size : a.type().getShape().drop_back())
    rows *= size;
  return reshape(a, {rows, columns});
}

// Y = X W^T + b (out_in) or X W + b (in_out). dX is a linear with the other layout, dW one product
// over all rows, db the sum of all rows.
static void linearRule(LinearOp op, Derivative &d) {
  Expr dy = d.grad();
  bool isOutIn = op.getWeightLayout() == WeightLayout::OutIn;
  if (d.needs(0))
    d.set(0, LinearOp::create(d.getBuilder(), otherLayout(op.getWeightLayout()), dy, op.getWeight(),
                              /*bias=*/Value()));
  if (d.needs(1)) {
    Expr x2 = flattenRows(d(op.getInput())), dy2 = flattenRows(dy);
    d.set(1, isOutIn ? matmul(dy2, x2, true, false) : matmul(x2, dy2, true, false));
  }
  if (op.getBias() && d.needs(2))
    d.set(2, sumTo(dy, op.getBias().getType().getShape()));
}

// Autodiff folds the zeros away where the table is a parameter, so that rows are added straight
// into its gradient.
static void embeddingRule(EmbeddingOp op, Derivative &d) {
  // Rows are added up in f32, also those of 16 bits.
  RankedTensorType table = op.getTable().getType(), sums = withComputeType(table);
  Expr zeros = constant(d.getBuilder(), sums, 0.0);
  Expr rows(d.getBuilder(), EmbeddingBackwardOp::create(d.getBuilder(), zeros, op.getIds(),
                                                        castTo(d.grad(), sums.getElementType()),
                                                        /*flag=*/Value(), op.getPaddingIndexAttr()));
  d.set(1, castTo(rows, table.getElementType()));
}

void weft::attachProductRules(MLIRContext &context) {
  attachRule<MatmulOp, matmulRule>(context);
  attachRule<LinearOp, linearRule>(context);
  attachRule<EmbeddingOp, embeddingRule>(context);
}
