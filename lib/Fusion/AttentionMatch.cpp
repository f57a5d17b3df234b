#include "AttentionMatch.h"
#include "Magnitude.h"

#include "dialects/Weft/AttentionLimits.h"

#include <cmath>

using namespace mlir;
using namespace weft;

LogicalResult AttentionMatch::fail(const Twine &why) {
  reason = why.str();
  return failure();
}

// ---- both ways

/// Through which operands of an op on scores these come: those of its own size; a mask is often
/// smaller, or behind.
static SmallVector<Value> scoresOf(Value value) {
  Operation *op = value.getDefiningOp();
  SmallVector<Value> scores;
  if (isa_and_nonnull<ReshapeOp, CausalMaskOp, MulOp, DivOp, AddOp, SubOp, TanhOp, WhereOp, CastOp,
                      MaxOp, MinOp, ClampOp, DropoutOp>(op))
    llvm::copy_if(op->getOperands(), std::back_inserter(scores), [&](Value v) {
      return getTensorType(v).getNumElements() == getTensorType(value).getNumElements();
    });
  return scores;
}

/// From what a gradient would flow on to a value's operands.
static SmallVector<Value> gradientOperands(Value value) {
  Operation *op = value.getDefiningOp();
  return !op || isa<ParameterOp, CompareOp, TargetWeightOp>(op)
             ? SmallVector<Value>()
             : SmallVector<Value>(op->getOperands());
}

AttentionMatch::AttentionMatch(SoftmaxOp softmax)
    : softmax(softmax),
      products(scoresOf,
               [this](Value value) {
                 return isa_and_nonnull<MatmulOp>(value.getDefiningOp()) ||
                        llvm::any_of(scoresOf(value), [&](Value v) { return products.of(v); });
               }),
      parameters(gradientOperands,
                 [this](Value value) {
                   return isa_and_nonnull<ParameterOp>(value.getDefiningOp()) ||
                          llvm::any_of(gradientOperands(value),
                                       [&](Value v) { return parameters.of(v); });
                 }),
      magnitudes(magnitudeOperands, [this](Value value) {
        return magnitudeOf(value, [&](Value v) { return magnitudes.of(v); });
      }) {}

size_t AttentionMatch::numVisits() const {
  return products.numVisits() + parameters.numVisits() + magnitudes.numVisits() +
         (masks ? masks->numVisits() : 0);
}

bool AttentionMatch::isCandidate() {
  if (!products.of(softmax.getInput()))
    return false;
  SmallVector<Operation *> open(softmax->getUsers());
  llvm::SmallDenseSet<Operation *> seen;
  while (!open.empty()) {
    Operation *op = open.pop_back_val();
    if (!seen.insert(op).second)
      continue;
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
  masks.emplace(queries, keys);
  settleMasks();
  settleSlopes();
  if (failed(settleBiasType()))
    return failure();
  return settleWindow();
}

/// Scores may be kept in fewer bits than kernels compute with, which for products of 16 bits is
/// f32; in more, a user wants what kernels cannot give.
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
  bool leftIsScores = products.of(lhs), rightIsScores = products.of(rhs);
  if (leftIsScores == rightIsScores)
    return fail("the scores are a sum of two products");
  if (isSubtraction && rightIsScores)
    return fail("the scores are subtracted");
  current = leftIsScores ? lhs : rhs;
  return readBias({leftIsScores ? rhs : lhs, getTensorType(add->getResult(0)), isSubtraction});
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

// ---- masks and biases

LogicalResult AttentionMatch::noteStep(const Step &step) {
  ArrayRef<int64_t> shape = step.scores.getShape();
  int64_t rows = shape.size() > 1 ? shape[shape.size() - 2] : 1;
  if (softcap)
    return fail("the mask comes before the soft cap");
  // Masks of two shapes would speak of two kinds of rows.
  if (queries != 0 && queries != rows)
    return fail("masks are applied to scores of different shapes");
  queries = rows;
  steps.push_back(step);
  return success();
}

/// A mask that replaces: what the softmax sees of its fill.
LogicalResult AttentionMatch::noteMask(Step mask) {
  if (outerFactor <= 0)
    return fail("the mask is multiplied by a number that is not positive");
  mask.fill *= outerFactor;
  return noteStep(mask);
}

LogicalResult AttentionMatch::readMask(CausalMaskOp mask) {
  current = mask.getInput();
  std::optional<APFloat> fill = mask.getFill();
  Step step{mask.getType()};
  step.causal = mask;
  step.fill = fill ? fill->convertToDouble() : -std::numeric_limits<double>::infinity();
  return noteMask(step);
}

LogicalResult AttentionMatch::readChoice(WhereOp where) {
  bool yesIsScores = products.of(where.getYes());
  std::optional<double> other = getNumber(yesIsScores ? where.getNo() : where.getYes());
  if (!other)
    return fail("weft.where does not choose between scores and a number");
  if (products.of(where.getCondition()) || parameters.of(where.getCondition()))
    return fail("the mask depends on what the model computes");
  current = yesIsScores ? where.getYes() : where.getNo();
  Step step{where.getType()};
  step.seen = {where.getCondition(), where.getType(), /*isSubtracted=*/false, !yesIsScores};
  step.fill = *other;
  return noteMask(step);
}

LogicalResult AttentionMatch::readBias(Term bias) {
  if (outerFactor != 1.0)
    return fail("a bias is added before the scale");
  Step step{bias.scores, bias};
  // What a condition chooses between 0 and a number is a mask.
  if (auto where = skipBroadcasts(bias.value).getDefiningOp<WhereOp>();
      where && !bias.isSubtracted) {
    std::optional<double> shown = getNumber(where.getYes()), hidden = getNumber(where.getNo());
    bool isNegated = hidden == 0.0;
    if (isNegated)
      std::swap(shown, hidden);
    if (shown == 0.0 && hidden && !parameters.of(where.getCondition()) &&
        !products.of(where.getCondition())) {
      step.seen = {where.getCondition(), bias.scores, /*isSubtracted=*/false, isNegated};
      step.fill = *hidden;
    }
  }
  if (!step.isMask() && parameters.of(bias.value))
    return fail("what is added to the scores depends on a parameter, which needs a gradient");
  return noteStep(step);
}
