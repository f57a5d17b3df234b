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
    auto attention = make<AttentionOp>(
        q, k, v, bias(), /*kept=*/Value(), alibi(), documents(match.queryDocuments, match.queries),
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
  Value aligned(const AttentionMatch::Term &term) {
    std::optional<std::array<int64_t, 2>> leading = match.leadingSizes(term);
    Value value = inElementType(term.value);
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

  /// The sum of all that is added to the scores; -infinity where they are hidden. Null if there is
  /// none.
  Value bias() {
    Value total;
    Type element = scoreType();
    auto add = [&](Value value) { total = total ? make<AddOp>(total, value).getResult() : value; };
    for (const AttentionMatch::Term &term : match.biases)
      add(term.isSubtracted ? make<NegOp>(aligned(term)).getResult() : aligned(term));
    for (const AttentionMatch::Term &condition : match.hiding) {
      Value shown = constant(element, 0),
            hidden = constant(element, -std::numeric_limits<double>::infinity());
      if (condition.isNegated)
        std::swap(shown, hidden);
      add(make<WhereOp>(aligned(condition), shown, hidden).getResult());
    }
    return total;
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
    Value slopes = inElementType(match.slopes);
    RankedTensorType type = getTensorType(slopes);
    slopes = reshape(slopes, {type.getNumElements()});
    if (match.slopeFactor != 1.0)
      slopes = make<MulOp>(slopes, constant(type.getElementType(), match.slopeFactor));
    return broadcast(slopes, {match.heads});
  }

  /// What the op computes scores in.
  Type scoreType() { return getComputeType(match.scoresProduct.getType().getElementType()); }

  /// Scores between casts may have another type.
  Value inElementType(Value value) {
    Type element = scoreType();
    RankedTensorType type = getTensorType(value);
    return type.getElementType() == element
               ? value
               : make<CastOp>(Type(type.clone(element)), value).getResult();
  }

  AttentionMatch &match;
  ImplicitLocOpBuilder b;
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
