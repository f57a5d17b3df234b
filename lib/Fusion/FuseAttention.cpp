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
    ArrayRef<int64_t> scores = match.scoresProduct.getType().getShape();
    int64_t rows = scores[scores.size() - 2], group = rows / match.queries;
    keys = scores.back();
    int64_t leading = scores.size() - 2;
    keyHeads = leading ? scores[leading - 1] : 1;
    batch = 1;
    for (int64_t size : scores.drop_back(3 - !leading))
      batch *= leading > 1 ? size : 1;
    heads = keyHeads * group;

    Value q = matrix(match.scoresProduct.getLhs(), match.scoresProduct.getTransposeA());
    Value k = matrix(match.scoresProduct.getRhs(), !match.scoresProduct.getTransposeB());
    Value v = matrix(match.valuesProduct.getRhs(), match.valuesProduct.getTransposeB());
    int64_t width = getTensorType(q).getShape().back();
    q = reshape(q, {batch, heads, match.queries, width});
    k = reshape(k, {batch, keyHeads, keys, width});
    v = reshape(v, {batch, keyHeads, keys, getTensorType(v).getShape().back()});
    stripRepeats(k, v);
    auto attention =
        make<AttentionOp>(q, k, v, bias(), b.getF64FloatAttr(match.scale),
                          match.causal ? b.getUnitAttr() : UnitAttr(),
                          match.window ? b.getI64IntegerAttr(*match.window) : IntegerAttr(),
                          match.softcap ? b.getF64FloatAttr(*match.softcap) : FloatAttr());
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

  /// A mask or bias as the op wants it: four dimensions, the last one of keys.
  Value aligned(Value value) {
    SmallVector<int64_t> shape(getTensorType(value).getShape());
    // [.., groups, queries, keys] of grouped heads: two dimensions are the heads.
    if (shape.size() > 4) {
      int64_t headsHere = shape[shape.size() - 4] * shape[shape.size() - 3];
      if (headsHere != 1 && headsHere != heads) {
        SmallVector<int64_t> full(shape);
        full[full.size() - 4] = keyHeads, full[full.size() - 3] = heads / keyHeads;
        value = make<BroadcastOp>(getTensorType(value).clone(full), value).getResult();
        headsHere = heads;
        shape = full;
      }
      int64_t batchHere = 1;
      for (int64_t size : ArrayRef(shape).drop_back(4))
        batchHere *= size;
      return alignedKeys(
          reshape(value, {batchHere, headsHere, shape[shape.size() - 2], shape.back()}));
    }
    while (shape.size() < 4)
      shape.insert(shape.begin(), 1);
    return alignedKeys(reshape(value, shape));
  }

  Value alignedKeys(Value value) {
    RankedTensorType type = getTensorType(value);
    if (type.getShape().back() == keys)
      return value;
    SmallVector<int64_t> shape(type.getShape());
    shape.back() = keys;
    return make<BroadcastOp>(type.clone(shape), value).getResult();
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
    Type element = match.scoresProduct.getType().getElementType();
    auto add = [&](Value value) { total = total ? make<AddOp>(total, value).getResult() : value; };
    for (Value value : match.biases)
      add(aligned(value));
    for (Value condition : match.hiding)
      add(make<WhereOp>(aligned(condition), constant(element, 0),
                        constant(element, -std::numeric_limits<double>::infinity()))
              .getResult());
    return total;
  }

  AttentionMatch &match;
  ImplicitLocOpBuilder b;
  int64_t batch, heads, keyHeads, keys;
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
