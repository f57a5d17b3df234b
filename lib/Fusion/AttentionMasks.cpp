#include "AttentionMasks.h"

#include <cmath>

using namespace mlir;
using namespace weft;

Value weft::skipBroadcasts(Value value) {
  while (auto broadcast = value.getDefiningOp<BroadcastOp>())
    value = broadcast.getInput();
  return value;
}

static SmallVector<Value> partsOfTruth(Value value) {
  Operation *op = value.getDefiningOp();
  return isa_and_nonnull<BroadcastOp, MulOp, MinOp, MaxOp>(op)
             ? SmallVector<Value>(op->getOperands())
             : SmallVector<Value>();
}

MaskReader::MaskReader(int64_t queries, int64_t keys)
    : shift(keys - queries),
      truths(partsOfTruth,
             [this](Value value) {
               SmallVector<Value> parts = partsOfTruth(value);
               return parts.empty() ? isa_and_nonnull<CompareOp>(value.getDefiningOp())
                                    : llvm::all_of(parts, [&](Value v) { return truths.of(v); });
             }),
      forms(queries, keys) {}

/// A product or minimum of truths demands each of them; what must not hold, a maximum, none of
/// them.
void MaskReader::read(Term condition, Seen &seen) {
  SmallVector<Value> open = {condition.value};
  llvm::SmallDenseSet<Value> done;
  while (!open.empty()) {
    Term part = condition;
    part.value = open.pop_back_val();
    Value inner = skipBroadcasts(part.value);
    if (!done.insert(inner).second)
      continue;
    Operation *op = inner.getDefiningOp();
    bool isAll =
        condition.isNegated ? isa_and_nonnull<MaxOp>(op) : isa_and_nonnull<MulOp, MinOp>(op);
    if (isAll && truths.of(inner))
      llvm::append_range(open, llvm::reverse(op->getOperands()));
    else if (!isa_and_nonnull<CompareOp>(op) || !readComparison(part, seen))
      seen.others.push_back(part);
  }
}

void MaskReader::read(CausalMaskOp mask, Seen &seen) {
  Seen::narrow(seen.ahead, 1);
  if (mask.getWindow())
    Seen::narrow(seen.window, *mask.getWindow());
}

/// The comparison that holds where this one does not.
static Comparison negate(Comparison kind) {
  switch (kind) {
  case Comparison::Eq:
    return Comparison::Ne;
  case Comparison::Ne:
    return Comparison::Eq;
  case Comparison::Lt:
    return Comparison::Ge;
  case Comparison::Le:
    return Comparison::Gt;
  case Comparison::Gt:
    return Comparison::Le;
  case Comparison::Ge:
    return Comparison::Lt;
  }
  llvm_unreachable("unknown comparison");
}

/// Documents, or bounds of positions.
bool MaskReader::readComparison(const Term &condition, Seen &seen) {
  auto compare = skipBroadcasts(condition.value).getDefiningOp<CompareOp>();
  Comparison kind = compare.getComparison();
  if (condition.isNegated)
    kind = negate(kind);
  if (kind == Comparison::Eq) {
    seen.equalities.push_back(condition);
    return true;
  }
  if (kind == Comparison::Ne)
    return false;
  Value small = compare.getLhs(), large = compare.getRhs();
  if (kind == Comparison::Gt || kind == Comparison::Ge)
    std::swap(small, large);
  return readBounds(small, large, /*isStrict=*/kind == Comparison::Lt || kind == Comparison::Gt,
                    seen);
}

/// What is below a bound: |x| is where x and -x are.
bool MaskReader::readBounds(Value small, Value large, bool isStrict, Seen &seen) {
  auto abs = skipBroadcasts(small).getDefiningOp<AbsOp>();
  std::optional<PositionForm> bound = forms.of(large),
                              form = forms.of(abs ? abs.getInput() : small);
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
    int64_t constant = static_cast<int64_t>(difference.constant);
    if (difference.query == 1)
      Seen::narrow(seen.ahead, constant - shift + 1);
    else
      Seen::narrow(seen.window, constant + shift + 1);
  }
  return true;
}
