#include "AttentionMatch.h"

#include "dialects/Weft/AttentionLimits.h"

#include <cmath>

using namespace mlir;
using namespace weft;

/// Below this, a score is hidden: exp of its distance to any real score is 0 in every float type.
constexpr double kHidden = -1e9;

/// The number that every element of a value is, if that is known.
static std::optional<double> getNumber(Value value) {
  while (auto broadcast = value.getDefiningOp<BroadcastOp>())
    value = broadcast.getInput();
  auto constant = value.getDefiningOp<ConstantOp>();
  if (!constant || !isa<FloatType>(constant.getType().getElementType()))
    return std::nullopt;
  return cast<DenseElementsAttr>(constant.getValue()).getSplatValue<APFloat>().convertToDouble();
}

/// Whether a value is positions 0, 1, 2, ... along `fromEnd`, counted from the last dimension, and
/// nothing else.
static bool isPositions(Value value, int64_t fromEnd, int64_t count) {
  auto type = getTensorType(value);
  if (type.getNumElements() != count || type.getRank() <= fromEnd ||
      type.getShape()[type.getRank() - 1 - fromEnd] != count)
    return false;
  while (Operation *op = value.getDefiningOp()) {
    if (!isa<ReshapeOp, CastOp>(op))
      break;
    value = op->getOperand(0);
  }
  return value.getDefiningOp<IotaOp>();
}

/// Whether a condition holds just where the key does not come after the query.
static bool isCausal(Value condition, int64_t queries, int64_t keys) {
  while (auto broadcast = condition.getDefiningOp<BroadcastOp>())
    condition = broadcast.getInput();
  auto compare = condition.getDefiningOp<CompareOp>();
  if (!compare || queries != keys)
    return false;
  bool keysFirst =
      isPositions(compare.getLhs(), 0, keys) && isPositions(compare.getRhs(), 1, queries);
  bool queriesFirst =
      isPositions(compare.getLhs(), 1, queries) && isPositions(compare.getRhs(), 0, keys);
  return (keysFirst && compare.getComparison() == Comparison::Le) ||
         (queriesFirst && compare.getComparison() == Comparison::Ge);
}

/// Whether a value is computed from a parameter, whose gradient would be lost.
static bool dependsOnParameter(Value value) {
  SmallVector<Value> open{value};
  llvm::SmallDenseSet<Value> seen;
  while (!open.empty()) {
    Operation *op = open.pop_back_val().getDefiningOp();
    if (!op)
      continue;
    if (isa<ParameterOp>(op))
      return true;
    if (isa<CompareOp, TargetWeightOp>(op)) // no gradient flows through these
      continue;
    for (Value operand : op->getOperands())
      if (seen.insert(operand).second)
        open.push_back(operand);
  }
  return false;
}

LogicalResult AttentionMatch::fail(const Twine &why) {
  reason = why.str();
  return failure();
}

// ---- both ways

static Value skipReshapes(Value value) {
  while (auto reshape = value.getDefiningOp<ReshapeOp>())
    value = reshape.getInput();
  return value;
}

/// The product that a value leads to through ops on the scores; it is not checked what they do.
static MatmulOp findProduct(Value value) {
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
    if (isa<ReshapeOp, DropoutOp, CausalMaskOp, MulOp, WhereOp>(op))
      llvm::append_range(open, op->getUsers());
  }
  return false;
}

LogicalResult AttentionMatch::read() {
  if (failed(readUp()))
    return failure();
  return readDown();
}

// ---- down: softmax, values

LogicalResult AttentionMatch::readDown() {
  Value shares = softmax.getResult();
  while (true) {
    if (!shares.hasOneUse())
      return fail("the result of the softmax is used more than once");
    Operation *user = *shares.getUsers().begin();
    if (auto product = dyn_cast<MatmulOp>(user)) {
      if (product.getLhs() != shares || product.getTransposeA())
        return fail("the result of the softmax is not the left operand of the product with values");
      if (getTensorType(product.getLhs()).getShape().back() !=
          getTensorType(softmax.getResult()).getShape().back())
        return fail("the softmax is not over the keys");
      valuesProduct = product;
      break;
    }
    if (!isa<ReshapeOp>(user))
      return fail("'" + user->getName().getStringRef() +
                  "' stands between the softmax and the values");
    shares = user->getResult(0);
  }
  if (valuesProduct.getType().getShape().back() > kMaxAttentionWidth ||
      getTensorType(scoresProduct.getLhs())
              .getShape()
              .drop_back(scoresProduct.getTransposeA())
              .back() > kMaxAttentionWidth)
    return fail("heads are wider than " + std::to_string(kMaxAttentionWidth));
  // The rows of the one product are those of the other, in one order.
  ArrayRef<int64_t> scores = scoresProduct.getType().getShape();
  if (scores != getTensorType(valuesProduct.getLhs()).getShape())
    return fail("the two products have other rows: " + shapeToString(scores) + " and " +
                shapeToString(getTensorType(valuesProduct.getLhs()).getShape()));
  return success();
}

// ---- up: masks, cap, scale, product

LogicalResult AttentionMatch::readUp() {
  current = softmax.getInput();
  int64_t keys = softmax.getType().getShape().back();
  while (true) {
    Operation *op = current.getDefiningOp();
    if (!op)
      return fail("the scores are no product");
    if (!current.hasOneUse())
      return fail("the scores are used more than once");
    if (auto product = dyn_cast<MatmulOp>(op)) {
      scoresProduct = product;
      break;
    }
    LogicalResult read = success();
    if (auto reshape = dyn_cast<ReshapeOp>(op)) {
      if (reshape.getInput().getType().getShape().back() != keys)
        return fail("a reshape mixes keys with other dimensions");
      current = reshape.getInput();
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
    else if (auto add = dyn_cast<AddOp>(op)) {
      bool leftIsScores = findProduct(add.getLhs()) && !findProduct(add.getRhs());
      if (!leftIsScores && !(findProduct(add.getRhs()) && !findProduct(add.getLhs())))
        return fail("the scores are a sum of two products");
      read = readBias(add, leftIsScores ? add.getRhs() : add.getLhs());
      current = leftIsScores ? add.getLhs() : add.getRhs();
    } else if (auto where = dyn_cast<WhereOp>(op))
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
  if (queries == 0)
    queries = scoresProduct.getType().getShape().drop_back().back();
  if (scoresProduct.getType().getShape().drop_back().back() % queries != 0)
    return fail("rows of the masked scores are no rows of the product");
  return success();
}

/// Masks of two shapes would speak of two kinds of rows.
LogicalResult AttentionMatch::noteRows(Value masked) {
  ArrayRef<int64_t> shape = getTensorType(masked).getShape();
  int64_t rows = shape.size() >= 2 ? shape[shape.size() - 2] : 1;
  if (softcap)
    return fail("the mask comes before the soft cap");
  if (queries != 0 && queries != rows)
    return fail("masks are applied to scores of different shapes");
  queries = rows;
  hasMask = true;
  return success();
}

LogicalResult AttentionMatch::readMask(CausalMaskOp mask) {
  current = mask.getInput();
  std::optional<APFloat> fill = mask.getFill();
  int64_t keys = mask.getType().getShape().back(),
          rows = mask.getType().getShape().drop_back().back();
  if (fill && (fill->convertToDouble() > kHidden || rows > keys))
    return fail("the mask fills with a number that counts in the softmax");
  if (outerFactor <= 0)
    return fail("the mask is multiplied by a number that is not positive");
  if (causal && window != mask.getWindow())
    return fail("two causal masks have different windows");
  causal = true;
  window = mask.getWindow();
  return noteRows(mask);
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

LogicalResult AttentionMatch::readBias(AddOp add, Value bias) {
  if (failed(noteRows(add.getResult())))
    return failure();
  if (outerFactor != 1.0)
    return fail("a bias is added before the scale");
  // A constant of a comparison of positions is a causal mask.
  Value inner = bias;
  while (auto broadcast = inner.getDefiningOp<BroadcastOp>())
    inner = broadcast.getInput();
  int64_t keys = add.getType().getShape().back();
  if (auto where = inner.getDefiningOp<WhereOp>()) {
    std::optional<double> yes = getNumber(where.getYes()), no = getNumber(where.getNo());
    if (yes == 0.0 && no && *no <= kHidden && isCausal(where.getCondition(), queries, keys)) {
      causal = true;
      return success();
    }
  }
  if (dependsOnParameter(bias))
    return fail("what is added to the scores depends on a parameter, which needs a gradient");
  biases.push_back(bias);
  return success();
}

LogicalResult AttentionMatch::readChoice(WhereOp where) {
  bool yesIsScores = findProduct(where.getYes());
  std::optional<double> other = getNumber(yesIsScores ? where.getNo() : where.getYes());
  if (!yesIsScores || !other || *other > kHidden)
    return fail("weft.where does not choose between scores and a number below -1e9");
  if (outerFactor <= 0)
    return fail("the mask is multiplied by a number that is not positive");
  if (failed(noteRows(where.getResult())))
    return failure();
  current = where.getYes();
  if (isCausal(where.getCondition(), queries, where.getType().getShape().back())) {
    causal = true;
    return success();
  }
  if (findProduct(where.getCondition()) || dependsOnParameter(where.getCondition()))
    return fail("the mask depends on what the model computes");
  hiding.push_back(where.getCondition());
  return success();
}
