#include "weft/Fusion/Passes.h"

#include "AttentionMatch.h"

#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace weft {
#define GEN_PASS_DEF_FUSEATTENTION
#include "weft/Fusion/Passes.h.inc"
} // namespace weft

using namespace mlir;
using namespace weft;

namespace {

/// Builds the op of a match in front of its last product.
class Fusion {
public:
  explicit Fusion(AttentionMatch &match)
      : match(match), b(match.valuesProduct.getLoc(), OpBuilder(match.valuesProduct)) {}

  void run() {
    Value q = matrix(match.scoresProduct.getLhs(), match.scoresProduct.getTransposeA());
    Value k = matrix(match.scoresProduct.getRhs(), !match.scoresProduct.getTransposeB());
    Value v = matrix(match.valuesProduct.getRhs(), match.valuesProduct.getTransposeB());
    int64_t width = getTensorType(q).getShape().back();
    q = reshape(q, {match.batch, match.heads, match.queries, width});
    k = reshape(k, {match.batch, match.keyHeads, match.keys, width});
    v = reshape(v, {match.batch, match.keyHeads, match.keys, getTensorType(v).getShape().back()});
    stripRepeats(k, v);
    buildBias();
    auto attention = make<AttentionOp>(
        q, k, v, bias, kept, alibi(), documents(match.queryDocuments, match.queries),
        documents(match.keyDocuments, match.keys), ValueRange(), Value(),
        b.getF64FloatAttr(match.scale), match.causal ? b.getUnitAttr() : UnitAttr(),
        match.window ? b.getI64IntegerAttr(*match.window) : IntegerAttr(),
        match.ahead ? b.getI64IntegerAttr(*match.ahead) : IntegerAttr(),
        match.softcap ? b.getF64FloatAttr(*match.softcap) : FloatAttr(),
        match.dropout ? match.dropout.getRateAttr() : FloatAttr(),
        match.dropout ? match.dropout.getKeyAttr() : IntegerAttr());
    Value result = reshape(attention.getResult(), match.valuesProduct.getType().getShape());
    match.valuesProduct.getResult().replaceAllUsesWith(result);
    match.valuesProduct.erase();
  }

private:
  template <typename OpT, typename... Args> OpT make(Args &&...args) {
    auto op = OpT::create(b, std::forward<Args>(args)...);
    copyScope(match.valuesProduct, op);
    return op;
  }

  Value reshape(Value value, ArrayRef<int64_t> shape) {
    RankedTensorType type = getTensorType(value);
    return type.getShape() == shape ? value : make<ReshapeOp>(type.clone(shape), value).getResult();
  }

  /// An operand of a product as the matrix that the op wants: rows of positions.
  Value matrix(Value operand, bool isTransposed) {
    if (!isTransposed)
      return operand;
    auto order = llvm::to_vector(llvm::seq<int64_t>(0, getTensorType(operand).getRank()));
    std::swap(order[order.size() - 1], order[order.size() - 2]);
    return make<TransposeOp>(operand, b.getDenseI64ArrayAttr(order)).getResult();
  }

  /// The heads of keys that were written once, if a value is [batch, heads / repeats * repeats,
  /// ...] made by repeating each of them.
  Value withoutRepeats(Value value) {
    Value from = value;
    while (auto reshape = from.getDefiningOp<ReshapeOp>())
      from = reshape.getInput();
    auto broadcast = from.getDefiningOp<BroadcastOp>();
    if (!broadcast)
      return Value();
    ArrayRef<int64_t> few = broadcast.getInput().getType().getShape(),
                      many = broadcast.getType().getShape();
    ArrayRef<int64_t> shape = getTensorType(value).getShape();
    bool isRepeat = many.size() == 5 && few.size() == 5 && few[2] == 1 && many[0] == shape[0] &&
                    many[1] * many[2] == shape[1] && many[3] == shape[2] && many[4] == shape[3];
    for (unsigned i : {0, 1, 3, 4})
      isRepeat = isRepeat && few[i] == many[i];
    return isRepeat ? reshape(broadcast.getInput(), {few[0], few[1], few[3], few[4]}) : Value();
  }

  void stripRepeats(Value &k, Value &v) {
    Value fewK = withoutRepeats(k), fewV = withoutRepeats(v);
    if (!fewK || !fewV || getTensorType(fewK).getDimSize(1) != getTensorType(fewV).getDimSize(1))
      return;
    k = fewK, v = fewV;
  }

  /// A mask or bias as the op wants it: [batch or 1, heads or 1, queries or 1, keys].
  Value aligned(const Term &term) {
    std::optional<std::array<int64_t, 2>> leading = match.leadingSizes(term);
    Value value = term.value;
    SmallVector<int64_t> shape(getTensorType(value).getShape());
    shape.insert(shape.begin(), std::max<int64_t>(2 - shape.size(), 0), 1);
    if (!leading) {
      shape.assign(term.scores.getShape().begin(), term.scores.getShape().end());
      leading = {match.batch, match.heads};
    }
    shape.back() = match.keys;
    value = broadcast(value, shape);
    return reshape(value, {(*leading)[0], (*leading)[1], shape[shape.size() - 2], match.keys});
  }

  Value broadcast(Value value, ArrayRef<int64_t> shape) {
    RankedTensorType type = getTensorType(value);
    return type.getShape() == shape ? value
                                    : make<BroadcastOp>(type.clone(shape), value).getResult();
  }

  Value constant(Type element, double number) {
    auto type = RankedTensorType::get({}, element);
    return make<ConstantOp>(type, DenseElementsAttr::get(type, b.getFloatAttr(element, number)))
        .getResult();
  }

  /// What steps from the product down do to the scores, of which each becomes `kept ? score + bias
  /// : bias`; null are a bias of 0 and scores that are all kept.
  void buildBias() {
    for (const AttentionMatch::Step &step : llvm::reverse(match.steps)) {
      if (!step.replaces()) {
        Term term = step.added;
        term.value = inElementType(term.value, match.biasType);
        Value added = aligned(term);
        if (term.isSubtracted)
          added = make<NegOp>(added);
        bias = bias ? make<AddOp>(bias, added).getResult() : added;
        continue;
      }
      Term seen = step.causal ? positionsSeen(step) : step.seen;
      choose(kept, 1, seen, 0);
      choose(bias, 0, seen, step.fill);
    }
    for (const Term &condition : match.hiding)
      choose(bias, 0, condition, -std::numeric_limits<double>::infinity());
    if (kept)
      kept = broadcast(kept, getTensorType(bias).getShape());
  }

  /// `value`, or what it is where it is null, where scores are seen, and another number elsewhere.
  void choose(Value &value, double otherwise, const Term &seen, double number) {
    Value yes = value ? value : constant(match.biasType, otherwise),
          no = constant(match.biasType, number);
    if (seen.isNegated)
      std::swap(yes, no);
    value = make<WhereOp>(aligned(seen), yes, no);
  }

  /// 1 where a mask of positions shows the scores, else 0.
  Term positionsSeen(const AttentionMatch::Step &step) {
    auto type = RankedTensorType::get({match.queries, match.keys}, match.biasType);
    Value ones = broadcast(constant(match.biasType, 1), type.getShape());
    CausalMaskOp mask = step.causal;
    Value seen = make<CausalMaskOp>(ones, b.getF64FloatAttr(0), mask.getWindowAttr());
    return {seen, step.scores};
  }

  /// [batch, positions] of ids.
  Value documents(Value ids, int64_t positions) {
    if (!ids)
      return Value();
    RankedTensorType type = getTensorType(ids);
    ids = reshape(ids, {type.getNumElements() / positions, positions});
    return broadcast(ids, {match.batch, positions});
  }

  /// [heads] of slopes.
  Value alibi() {
    if (!match.slopes)
      return Value();
    Value slopes = inElementType(match.slopes, scoreType());
    RankedTensorType type = getTensorType(slopes);
    slopes = reshape(slopes, {type.getNumElements()});
    if (match.slopeFactor != 1.0)
      slopes = make<MulOp>(slopes, constant(type.getElementType(), match.slopeFactor));
    return broadcast(slopes, {match.heads});
  }

  /// What the op computes scores in.
  Type scoreType() { return getComputeType(match.scoresProduct.getType().getElementType()); }

  /// Scores between casts may have another type.
  Value inElementType(Value value, Type element) {
    RankedTensorType type = getTensorType(value);
    return type.getElementType() == element
               ? value
               : make<CastOp>(Type(type.clone(element)), value).getResult();
  }

  AttentionMatch &match;
  ImplicitLocOpBuilder b;
  Value bias, kept; // [batch or 1, heads or 1, queries or 1, keys]
};

struct FuseAttention : weft::impl::FuseAttentionBase<FuseAttention> {
  void runOnOperation() override {
    SmallVector<SoftmaxOp> all;
    getOperation().walk([&](SoftmaxOp softmax) { all.push_back(softmax); });
    for (SoftmaxOp softmax : all) {
      AttentionMatch match(softmax);
      if (!match.isCandidate())
        continue;
      if (succeeded(match.read()))
        Fusion(match).run();
      else
        softmax.emitRemark("this softmax stays as it is, not fused to attention: ") << match.reason;
    }
  }
};

} // namespace
