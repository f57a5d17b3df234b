// What is added to scores, and what hides some of them.
#include "AttentionMatch.h"
#include "PositionForm.h"

#include <cmath>

using namespace mlir;
using namespace weft;

/// Below this, a score is hidden: exp of its distance to any real score is 0 in every float type.
constexpr double kHidden = -1e9;

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

static Value skipBroadcasts(Value value) {
  while (auto broadcast = value.getDefiningOp<BroadcastOp>())
    value = broadcast.getInput();
  return value;
}

/// The size of a dimension counted from the last; 1 where there is none.
static int64_t sizeFromEnd(RankedTensorType type, int64_t fromEnd) {
  ArrayRef<int64_t> shape = type.getShape();
  return fromEnd < static_cast<int64_t>(shape.size()) ? shape[shape.size() - 1 - fromEnd] : 1;
}

// ---- masks

/// Masks of two shapes would speak of two kinds of rows.
LogicalResult AttentionMatch::noteRows(RankedTensorType scores) {
  int64_t rows = sizeFromEnd(scores, 1);
  if (softcap)
    return fail("the mask comes before the soft cap");
  if (queries != 0 && queries != rows)
    return fail("masks are applied to scores of different shapes");
  queries = rows;
  return success();
}

/// Of two bounds the narrower one counts.
static void narrow(std::optional<int64_t> &bound, int64_t size) {
  bound = bound ? std::min(*bound, size) : size;
}

LogicalResult AttentionMatch::readMask(CausalMaskOp mask) {
  current = mask.getInput();
  std::optional<APFloat> fill = mask.getFill();
  int64_t rows = mask.getType().getShape().drop_back().back();
  if (fill && (fill->convertToDouble() > kHidden || rows > keys))
    return fail("the mask fills with a number that counts in the softmax");
  if (outerFactor <= 0)
    return fail("the mask is multiplied by a number that is not positive");
  narrow(ahead, 1);
  if (mask.getWindow())
    narrow(window, *mask.getWindow());
  return noteRows(mask.getType());
}

LogicalResult AttentionMatch::readChoice(WhereOp where) {
  bool yesIsScores = findProduct(where.getYes());
  std::optional<double> other = getNumber(yesIsScores ? where.getNo() : where.getYes());
  if (!other || *other > kHidden)
    return fail("weft.where does not choose between scores and a number below -1e9");
  if (outerFactor <= 0)
    return fail("the mask is multiplied by a number that is not positive");
  if (failed(noteRows(where.getType())))
    return failure();
  current = yesIsScores ? where.getYes() : where.getNo();
  hasFiniteFill |= std::isfinite(*other);
  if (findProduct(where.getCondition()) || dependsOnParameter(where.getCondition()))
    return fail("the mask depends on what the model computes");
  readCondition({where.getCondition(), where.getType(), /*isSubtracted=*/false, !yesIsScores});
  return success();
}

/// Whether a condition is 1 or 0.
static bool isTruth(Value condition) {
  Operation *op = skipBroadcasts(condition).getDefiningOp();
  if (isa_and_nonnull<MulOp, MinOp, MaxOp>(op))
    return isTruth(op->getOperand(0)) && isTruth(op->getOperand(1));
  return isa_and_nonnull<CompareOp>(op);
}

/// A product or minimum of truths demands each of them; what must not hold, a maximum, none of them.
void AttentionMatch::readCondition(const Term &condition) {
  Operation *op = skipBroadcasts(condition.value).getDefiningOp();
  bool isAll = condition.isNegated ? isa_and_nonnull<MaxOp>(op) : isa_and_nonnull<MulOp, MinOp>(op);
  if (isAll && isTruth(condition.value)) {
    for (Value each : op->getOperands())
      readCondition({each, condition.scores, /*isSubtracted=*/false, condition.isNegated});
    return;
  }
  if (!isa_and_nonnull<CompareOp>(op) || !readComparison(condition))
    hiding.push_back(condition);
}

/// The comparison that holds where this one does not.
static Comparison negate(Comparison kind) {
  switch (kind) {
  case Comparison::Eq: return Comparison::Ne;
  case Comparison::Ne: return Comparison::Eq;
  case Comparison::Lt: return Comparison::Ge;
  case Comparison::Le: return Comparison::Gt;
  case Comparison::Gt: return Comparison::Le;
  case Comparison::Ge: return Comparison::Lt;
  }
  llvm_unreachable("unknown comparison");
}

/// Documents, or bounds of positions.
bool AttentionMatch::readComparison(const Term &condition) {
  auto compare = skipBroadcasts(condition.value).getDefiningOp<CompareOp>();
  Comparison kind = compare.getComparison();
  if (condition.isNegated)
    kind = negate(kind);
  if (kind == Comparison::Eq) {
    equalities.push_back(condition);
    return true;
  }
  if (kind == Comparison::Ne)
    return false;
  Value small = compare.getLhs(), large = compare.getRhs();
  if (kind == Comparison::Gt || kind == Comparison::Ge)
    std::swap(small, large);
  return readBounds(small, large, /*isStrict=*/kind == Comparison::Lt || kind == Comparison::Gt);
}

/// What is below a bound: |x| is where x and -x are.
bool AttentionMatch::readBounds(Value small, Value large, bool isStrict) {
  auto abs = skipBroadcasts(small).getDefiningOp<AbsOp>();
  std::optional<PositionForm> bound = PositionForm::of(large, queries, keys),
                              form = PositionForm::of(abs ? abs.getInput() : small, queries, keys);
  if (!bound || !form)
    return false;
  SmallVector<PositionForm, 2> differences = {*bound + *form * -1};
  if (abs)
    differences.push_back(*bound + *form);
  // Positions are whole numbers: above 0 is at least 1.
  for (PositionForm &difference : differences) {
    double &constant = difference.constant;
    constant = isStrict ? std::ceil(constant) - 1 : std::floor(constant);
    bool isDistance = std::abs(difference.query) == 1 && difference.key == -difference.query;
    if (!isDistance || !(std::abs(constant) < 1e9))
      return false;
  }
  // With i and j the positions of query and key: i - j + constant >= 0 bounds how far j is ahead of
  // i + shift, j - i + constant >= 0 how far behind.
  for (const PositionForm &difference : differences) {
    int64_t constant = static_cast<int64_t>(difference.constant), shift = keys - queries;
    if (difference.query == 1)
      narrow(ahead, constant - shift + 1);
    else
      narrow(window, constant + shift + 1);
  }
  return true;
}

// ---- biases

LogicalResult AttentionMatch::readBias(Term bias) {
  if (failed(noteRows(bias.scores)))
    return failure();
  if (outerFactor != 1.0)
    return fail("a bias is added before the scale");
  // A constant of a comparison is a mask.
  if (auto where = skipBroadcasts(bias.value).getDefiningOp<WhereOp>(); where && !bias.isSubtracted) {
    std::optional<double> shown = getNumber(where.getYes()), hidden = getNumber(where.getNo());
    bool isNegated = hidden == 0.0;
    if (isNegated)
      std::swap(shown, hidden);
    if (shown == 0.0 && hidden && *hidden <= kHidden && !dependsOnParameter(where.getCondition()) &&
        !findProduct(where.getCondition())) {
      hasFiniteFill |= std::isfinite(*hidden);
      readCondition({where.getCondition(), bias.scores, /*isSubtracted=*/false, isNegated});
      return success();
    }
  }
  if (dependsOnParameter(bias.value))
    return fail("what is added to the scores depends on a parameter, which needs a gradient");
  biases.push_back(bias);
  return success();
}

// ---- what the sizes decide

std::optional<std::array<int64_t, 2>> AttentionMatch::leadingSizes(const Term &term) const {
  RankedTensorType type = getTensorType(term.value);
  std::array<int64_t, 2> sizes = {1, 1}, whole = {1, 1};
  // Heads are the last dimensions before queries and keys, until all are there.
  unsigned part = 1;
  for (int64_t i = 2; i < term.scores.getRank(); ++i) {
    if (whole[1] == heads)
      part = 0;
    sizes[part] *= sizeFromEnd(type, i);
    whole[part] *= sizeFromEnd(term.scores, i);
  }
  bool isClear = whole == std::array<int64_t, 2>{batch, heads};
  for (unsigned i : {0, 1})
    isClear &= sizes[i] == 1 || sizes[i] == whole[i];
  return isClear ? std::optional(sizes) : std::nullopt;
}

/// A window as the op has it, without bounds that hide nothing.
LogicalResult AttentionMatch::settleWindow() {
  bool isEmpty = (window && *window < 2 - queries) || (ahead && *ahead < 2 - keys) ||
                 (window && ahead && *window + *ahead < 2);
  if (isEmpty)
    return fail("the masks hide every key from every query");
  // The first query may see nothing ahead, the last one nothing behind.
  bool hidesRows = (ahead && keys - queries + *ahead <= 0) || (window && *window <= 0);
  if (hasFiniteFill && hidesRows)
    return fail("some queries see no key, and the mask fills with a number that counts in the softmax");
  causal = ahead == 1;
  if (causal || (ahead && *ahead >= queries))
    ahead.reset();
  if (window && *window >= keys)
    window.reset();
  return success();
}

/// What turned out to be no documents of this attention hides as any mask does.
void AttentionMatch::settleConditions() {
  for (const Term &condition : equalities)
    if (queryDocuments || !settleDocuments(condition))
      hiding.push_back(condition);
  llvm::erase_if(biases, [&](const Term &bias) { return !slopes && settleSlopes(bias); });
}

/// Ids of queries, [.., queries, 1], against ids of keys, [.., 1, keys], alike for all heads.
bool AttentionMatch::settleDocuments(const Term &condition) {
  auto compare = skipBroadcasts(condition.value).getDefiningOp<CompareOp>();
  auto areIds = [&](Value ids, int64_t along, int64_t count) {
    RankedTensorType type = getTensorType(ids);
    std::optional<std::array<int64_t, 2>> leading = leadingSizes({ids, condition.scores});
    return type.getElementType().isInteger(32) && sizeFromEnd(type, along) == count &&
           sizeFromEnd(type, 1 - along) == 1 && leading && (*leading)[1] == 1;
  };
  Value lhs = skipBroadcasts(compare.getLhs()), rhs = skipBroadcasts(compare.getRhs());
  for (auto [query, key] : {std::pair(lhs, rhs), std::pair(rhs, lhs)})
    if (areIds(query, 1, queries) && areIds(key, 0, keys)) {
      queryDocuments = query;
      keyDocuments = key;
      return true;
    }
  return false;
}

/// Slopes of [.., heads, 1, 1] times the distance of key and query.
bool AttentionMatch::settleSlopes(const Term &bias) {
  Value value = skipBroadcasts(bias.value);
  double sign = bias.isSubtracted ? -1 : 1;
  while (auto neg = value.getDefiningOp<NegOp>()) {
    sign = -sign;
    value = skipBroadcasts(neg.getInput());
  }
  auto product = value.getDefiningOp<MulOp>();
  if (!product)
    return false;
  for (auto [left, right] : {std::pair(product.getLhs(), product.getRhs()),
                             std::pair(product.getRhs(), product.getLhs())}) {
    Value slope = skipBroadcasts(left);
    RankedTensorType type = getTensorType(slope);
    std::optional<PositionForm> form = PositionForm::of(right, queries, keys);
    std::optional<std::array<int64_t, 2>> leading = leadingSizes({slope, bias.scores});
    bool isSlope = sizeFromEnd(type, 0) == 1 && sizeFromEnd(type, 1) == 1 && leading &&
                   (*leading)[0] == 1;
    bool isDistance = form && form->key != 0 && form->query == -form->key &&
                      form->constant == -form->key * (keys - queries);
    if (!isSlope || !isDistance)
      continue;
    slopes = slope;
    slopeFactor = sign * form->key;
    return true;
  }
  return false;
}
