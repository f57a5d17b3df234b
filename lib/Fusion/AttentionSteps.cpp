// What becomes of masks and biases: keys that are hidden, or numbers that kernels add and put in
// the place of scores.
//
// A hidden key has no weight, and blocks of hidden keys are not looked at. That is what a text
// computes where it fills with -infinity. Where it fills with another number, a query whose keys
// are all filled still has weights. Hiding is the same only if every query sees some key, whose
// score is so far above the fill that its exp is all that counts.
#include "AttentionMatch.h"

#include <cmath>

using namespace mlir;
using namespace weft;

/// At or below this a fill leaves no weight beside a score of at most `kScore`, up or down: exp of
/// their distance is 0 in every float type.
constexpr double kHidden = -1e9, kScore = 1e8;

/// The size of a dimension counted from the last; 1 where there is none.
static int64_t sizeFromEnd(RankedTensorType type, int64_t fromEnd) {
  ArrayRef<int64_t> shape = type.getShape();
  return fromEnd < static_cast<int64_t>(shape.size()) ? shape[shape.size() - 1 - fromEnd] : 1;
}

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

// ---- masks

/// From the softmax up: what hides, as long as nothing is put in its place later on.
void AttentionMatch::settleMasks() {
  bool seesAll = everyQuerySees(), isReplaced = false;
  SmallVector<Step> computed;
  for (const Step &step : steps) {
    bool hides =
        step.fill == -std::numeric_limits<double>::infinity() || (seesAll && step.fill <= kHidden);
    if (step.isMask() && hides && !isReplaced) {
      hide(read(step));
      continue;
    }
    isReplaced |= step.replaces();
    computed.push_back(step);
  }
  steps = std::move(computed);
}

Seen AttentionMatch::read(const Step &mask) {
  Seen seen;
  if (mask.causal)
    masks->read(mask.causal, seen);
  else
    masks->read(mask.seen, seen);
  return seen;
}

/// Whether each query sees a key by its position, or its own document, and the key's score is none
/// that counts as hidden.
bool AttentionMatch::everyQuerySees() {
  Seen all;
  for (const Step &step : steps) {
    std::optional<double> most =
        step.replaces() ? std::abs(step.fill) : magnitudes.of(step.added.value);
    if (!step.isMask() || !(step.fill <= kHidden)) {
      if (!most || !(*most <= kScore))
        return false;
      continue;
    }
    Seen seen = read(step);
    if (!seen.others.empty() ||
        !llvm::all_of(seen.equalities, [&](const Term &t) { return isOwnDocument(t); }))
      return false;
    llvm::append_range(all.equalities, seen.equalities);
    for (auto [bound, own] :
         {std::pair(&all.window, seen.window), std::pair(&all.ahead, seen.ahead)})
      if (own)
        Seen::narrow(*bound, *own);
  }
  for (int64_t own = keys - queries; own < keys; ++own) {
    int64_t first = all.window ? std::max<int64_t>(own - *all.window + 1, 0) : 0,
            end = all.ahead ? std::min(own + *all.ahead, keys) : keys;
    bool seesOwn = first <= own && own < end;
    if (first >= end || (!all.equalities.empty() && !seesOwn))
      return false;
  }
  return true;
}

/// Whether a position's number is compared with those of the same list: its own is among them.
bool AttentionMatch::isOwnDocument(const Term &condition) const {
  auto compare = skipBroadcasts(condition.value).getDefiningOp<CompareOp>();
  auto listOf = [](Value ids) {
    while (auto reshape = ids.getDefiningOp<ReshapeOp>())
      ids = reshape.getInput();
    return ids;
  };
  auto sequencesOf = [](RankedTensorType type) {
    ArrayRef<int64_t> shape = type.getShape();
    return shape.drop_back(std::min<size_t>(2, shape.size())).drop_while([](int64_t size) { return size == 1; });
  };
  Value lhs = skipBroadcasts(compare.getLhs()), rhs = skipBroadcasts(compare.getRhs());
  auto lie = [&](Value queryIds, Value keyIds) {
    RankedTensorType ofQueries = getTensorType(queryIds), ofKeys = getTensorType(keyIds);
    return sizeFromEnd(ofQueries, 0) == 1 && sizeFromEnd(ofQueries, 1) == queries && sizeFromEnd(ofKeys, 0) == keys &&
           sizeFromEnd(ofKeys, 1) == 1 && sequencesOf(ofQueries) == sequencesOf(ofKeys);
  };
  bool areIds = getTensorType(lhs).getElementType().isInteger(32); // other numbers may be NaN, unlike themselves
  return areIds && queries == keys && listOf(lhs) == listOf(rhs) && (lie(lhs, rhs) || lie(rhs, lhs));
}

/// What turns out to be no documents of this attention hides as any condition does.
void AttentionMatch::hide(const Seen &seen) {
  for (auto [bound, own] : {std::pair(&window, seen.window), std::pair(&ahead, seen.ahead)})
    if (own)
      Seen::narrow(*bound, *own);
  for (const Term &condition : seen.equalities)
    if (queryDocuments || !settleDocuments(condition))
      hiding.push_back(condition);
  llvm::append_range(hiding, seen.others);
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

/// A window as the op has it, without bounds that hide nothing.
LogicalResult AttentionMatch::settleWindow() {
  bool isEmpty = (window && *window < 2 - queries) || (ahead && *ahead < 2 - keys) ||
                 (window && ahead && *window + *ahead < 2);
  if (isEmpty)
    return fail("the masks hide every key from every query");
  causal = ahead == 1;
  if (causal || (ahead && *ahead >= queries))
    ahead.reset();
  if (window && *window >= keys)
    window.reset();
  return success();
}

// ---- biases

/// Kernels add slopes first: nothing that is done to the scores before may make their rounding
/// count.
void AttentionMatch::settleSlopes() {
  for (Step &step : llvm::reverse(steps)) {
    if (step.replaces())
      return;
    if (settleSlopes(step.added)) {
      steps.erase(&step);
      return;
    }
    std::optional<double> most = magnitudes.of(step.added.value);
    if (!most || *most > kScore)
      return;
  }
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
    std::optional<PositionForm> form = masks->formOf(right);
    std::optional<std::array<int64_t, 2>> leading = leadingSizes({slope, bias.scores});
    bool isSlope =
        sizeFromEnd(type, 0) == 1 && sizeFromEnd(type, 1) == 1 && leading && (*leading)[0] == 1;
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

/// Where a text adds in fewer bits than kernels compute in, a large number rounds the score away.
LogicalResult AttentionMatch::settleBiasType() {
  biasType = getComputeType(scoresProduct.getType().getElementType());
  for (const Step &step : steps)
    if (!step.replaces() && step.scores.getElementTypeBitWidth() < biasType.getIntOrFloatBitWidth())
      biasType = step.scores.getElementType();
  bool isOne =
      llvm::all_of(steps, [&](const Step &s) { return s.scores.getElementType() == biasType; });
  bool isCompute = biasType == getComputeType(scoresProduct.getType().getElementType());
  if (!isOne && !isCompute)
    return fail("masks and biases are of several element types");
  return success();
}
