#include "AttentionMatch.h"
#include "PositionForm.h"

#include "dialects/Weft/AttentionLimits.h"

#include <cmath>

using namespace mlir;
using namespace weft;

LogicalResult AttentionMatch::fail(const Twine &why) {
  reason = why.str();
  return failure();
}

// ---- both ways

MatmulOp weft::findProduct(Value value) {
  for (int steps = 0; steps < 64; ++steps) {
    Operation *op = value.getDefiningOp();
    if (!op || isa<MatmulOp>(op))
      return dyn_cast_or_null<MatmulOp>(op);
    if (!isa<ReshapeOp, CausalMaskOp, MulOp, DivOp, AddOp, SubOp, TanhOp, WhereOp, CastOp, MaxOp,
             MinOp, ClampOp, DropoutOp>(op))
      return MatmulOp();
    // The operand of the scores' own shape; a mask is often smaller, or behind.
    auto isLarge = [&](Value v) {
      return getTensorType(v).getNumElements() == getTensorType(op->getResult(0)).getNumElements();
    };
    auto operands = op->getOperands();
    auto next = llvm::find_if(operands, [&](Value v) { return isLarge(v) && findProduct(v); });
    if (next == operands.end())
      return MatmulOp();
    value = *next;
  }
  return MatmulOp();
}

bool AttentionMatch::isCandidate() {
  if (!findProduct(softmax.getInput()))
    return false;
  SmallVector<Operation *> open(softmax->getUsers());
  while (!open.empty()) {
    Operation *op = open.pop_back_val();
    if (isa<MatmulOp>(op))
      return true;
    if (isa<ReshapeOp, CastOp, DropoutOp, CausalMaskOp, MulOp, WhereOp>(op))
      llvm::append_range(open, op->getUsers());
  }
  return false;
}

LogicalResult AttentionMatch::read() {
  keys = softmax.getType().getShape().back();
  if (failed(readUp()) || failed(readDown()) || failed(readSizes()) || failed(readDropout()))
    return failure();
  settleConditions();
  return settleWindow();
}

/// Scores may be kept in fewer bits than kernels compute with, which for products of 16 bits is f32; in more, a user
/// wants what kernels cannot give.
static bool widens(CastOp cast) {
  auto from = dyn_cast<FloatType>(cast.getInput().getType().getElementType()),
       to = dyn_cast<FloatType>(cast.getType().getElementType());
  return !from || !to || to.getWidth() > getComputeType(from).getIntOrFloatBitWidth();
}

// ---- down: softmax, dropout, values

LogicalResult AttentionMatch::readDown() {
  Value shares = softmax.getResult();
  while (!valuesProduct) {
    if (!shares.hasOneUse())
      return fail("the result of the softmax is used more than once");
    Operation *user = *shares.getUsers().begin();
    if (auto product = dyn_cast<MatmulOp>(user)) {
      if (product.getLhs() != shares || product.getTransposeA())
        return fail("the result of the softmax is not the left operand of the product with values");
      if (getTensorType(product.getLhs()).getShape().back() != keys)
        return fail("the softmax is not over the keys");
      valuesProduct = product;
      break;
    }
    auto drop = dyn_cast<DropoutOp>(user);
    if (drop && dropout)
      return fail("the result of the softmax is dropped twice");
    if (drop)
      dropout = drop;
    else if (!isa<ReshapeOp, CastOp>(user))
      return fail("'" + user->getName().getStringRef() +
                  "' stands between the softmax and the values");
    shares = user->getResult(0);
  }
  // The rows of the one product are those of the other, in one order.
  ArrayRef<int64_t> scores = scoresProduct.getType().getShape();
  if (scores != getTensorType(valuesProduct.getLhs()).getShape())
    return fail("the two products have other rows: " + shapeToString(scores) + " and " +
                shapeToString(getTensorType(valuesProduct.getLhs()).getShape()));
  if (scoresProduct.getType().getElementType() != valuesProduct.getType().getElementType())
    return fail("the two products are of different element types");
  return success();
}

/// Batch, heads and positions, as the op has them.
LogicalResult AttentionMatch::readSizes() {
  ArrayRef<int64_t> scores = scoresProduct.getType().getShape(),
                    q = getTensorType(scoresProduct.getLhs()).getShape();
  int64_t width = q[q.size() - (scoresProduct.getTransposeA() ? 2 : 1)];
  if (std::max(width, valuesProduct.getType().getShape().back()) > kMaxAttentionWidth)
    return fail("heads are wider than " + std::to_string(kMaxAttentionWidth));
  int64_t rows = scores[scores.size() - 2];
  if (queries == 0)
    queries = rows;
  if (rows % queries != 0)
    return fail("rows of the masked scores are no rows of the product");
  int64_t leading = scores.size() - 2;
  keyHeads = leading ? scores[leading - 1] : 1;
  heads = keyHeads * (rows / queries);
  batch = 1;
  if (leading > 1)
    for (int64_t size : scores.drop_back(3))
      batch *= size;
  return success();
}

/// Draws count sequences first, keys last, and the rows between as the op does.
LogicalResult AttentionMatch::readDropout() {
  if (!dropout)
    return success();
  ArrayRef<int64_t> shape = dropout.getType().getShape();
  if (shape.front() != batch || shape.back() != keys)
    return fail("the dropout is of " + shapeToString(shape) + ", and not of " +
                shapeToString({batch, heads, queries, keys}));
  return success();
}

// ---- up: masks, cap, scale, product

LogicalResult AttentionMatch::readUp() {
  current = softmax.getInput();
  while (!scoresProduct) {
    Operation *op = current.getDefiningOp();
    if (!op)
      return fail("the scores are no product");
    if (!current.hasOneUse())
      return fail("the scores are used more than once");
    LogicalResult read = success();
    if (auto product = dyn_cast<MatmulOp>(op))
      scoresProduct = product;
    else if (auto reshape = dyn_cast<ReshapeOp>(op)) {
      if (reshape.getInput().getType().getShape().back() != keys)
        return fail("a reshape mixes keys with other dimensions");
      current = reshape.getInput();
    } else if (auto cast = dyn_cast<CastOp>(op)) {
      if (widens(cast))
        return fail("the softmax is computed in more bits than the product of queries and keys");
      current = cast.getInput();
    } else if (auto mask = dyn_cast<CausalMaskOp>(op))
      read = readMask(mask);
    else if (auto mul = dyn_cast<MulOp>(op)) {
      std::optional<double> right = getNumber(mul.getRhs()), left = getNumber(mul.getLhs());
      if (!right && !left)
        return fail("the scores are multiplied by what is no constant");
      current = right ? mul.getLhs() : mul.getRhs();
      read = readFactor(right ? *right : *left);
    } else if (auto div = dyn_cast<DivOp>(op)) {
      std::optional<double> right = getNumber(div.getRhs());
      if (!right || *right == 0)
        return fail("the scores are divided by what is no constant");
      current = div.getLhs();
      read = readFactor(1 / *right);
    } else if (auto tanh = dyn_cast<TanhOp>(op))
      read = readTanh(tanh);
    else if (isa<AddOp, SubOp>(op))
      read = readTerm(op, isa<SubOp>(op));
    else if (auto where = dyn_cast<WhereOp>(op))
      read = readChoice(where);
    else
      return fail("'" + op->getName().getStringRef() +
                  "' stands between the product and the softmax");
    if (failed(read))
      return failure();
  }
  if (softcap)
    scale *= *softcap;
  if (!std::isfinite(scale))
    return fail("the scale is not finite");
  return success();
}

LogicalResult AttentionMatch::readTerm(Operation *add, bool isSubtraction) {
  Value lhs = add->getOperand(0), rhs = add->getOperand(1);
  bool leftIsScores = findProduct(lhs), rightIsScores = findProduct(rhs);
  if (leftIsScores == rightIsScores)
    return fail("the scores are a sum of two products");
  if (isSubtraction && rightIsScores)
    return fail("the scores are subtracted");
  current = leftIsScores ? lhs : rhs;
  return readBias(
      {leftIsScores ? rhs : lhs, getTensorType(add->getResult(0)), isSubtraction});
}

LogicalResult AttentionMatch::readFactor(double factor) {
  outerFactor *= factor;
  scale *= factor;
  return success();
}

LogicalResult AttentionMatch::readTanh(TanhOp op) {
  if (softcap)
    return fail("the scores go through two tanh");
  if (!(outerFactor > 0))
    return fail("the result of tanh is not multiplied by a positive constant");
  // c * tanh(x * f): the op has c * tanh(scale * x / c).
  softcap = outerFactor;
  outerFactor = scale = 1.0;
  current = op.getInput();
  return success();
}
