// rope as products with a table of cosines and sines.
//
// Element h of a pair becomes the sum over g of m[h][g] times element g, where m is the rotation
// (cos, -sin; sin, cos). The table holds m for each position and pair, so that a rotation is one
// elementwise kernel that reads its input once, and an inverse rotation reads m the other way.
#include "Decompose.h"

#include <numbers>

using namespace mlir;
using namespace weft;

namespace {

/// Emits the table of a rope.
class RopeTable {
public:
  RopeTable(RopeOp op, OpBuilder &builder) : op(op), p(builder, op, Primitives::Shared) {
    ArrayRef<int64_t> shape = op.getType().getShape();
    positions = shape[shape.size() - 2];
    pairs = shape.back() / 2;
  }

  /// The dimension of the elements of a pair, after that of positions.
  int64_t pairAxis() { return op.getPairing() == RopePairing::Half ? 1 : 2; }

  /// Positions and pairs, with `sizes` where the elements of a pair stand.
  SmallVector<int64_t> shapeWith(ArrayRef<int64_t> sizes) {
    SmallVector<int64_t> shape = {positions, pairs};
    shape.insert(shape.begin() + pairAxis(), sizes.begin(), sizes.end());
    return shape;
  }

  /// What element `g` of each pair is multiplied by for each element of the result's pair.
  Value column(Value table, int64_t g) {
    SmallVector<int64_t> sizes = shapeWith({2, 2}), offsets(4, 0);
    int64_t axis = pairAxis() + (op.getInverse() ? 0 : 1);
    offsets[axis] = g;
    sizes[axis] = 1;
    return p.reshape(p.make<SliceOp>(table, offsets, sizes), shapeWith({2}));
  }

  Value build() {
    Value steps = p.reshape(numbers(positions), {positions, 1});
    Value angles = p.make<MulOp>(steps, frequencies());
    Value cosine = element(p.make<CosOp>(angles)), sine = element(p.make<SinOp>(angles));
    SmallVector<Value> parts = {cosine, p.make<NegOp>(sine), sine, cosine};
    return p.reshape(p.make<ConcatOp>(parts, pairAxis()), shapeWith({2, 2}));
  }

private:
  /// 0, 1, 2, ... in f64.
  Value numbers(int64_t count) {
    auto type = RankedTensorType::get({count}, p.builder.getF64Type());
    return p.make<CastOp>(Type(type), p.make<IotaOp>(Type(type.clone(p.builder.getI32Type()))));
  }

  Value divided(double numerator, Value x) { return p.make<DivOp>(p.scalar(numerator, x), x); }
  Value divided(Value x, double denominator) { return p.make<DivOp>(x, p.scalar(denominator, x)); }
  Value scaled(Value x, double factor) { return p.make<MulOp>(x, p.scalar(factor, x)); }

  /// 1 / theta^(2j / d), scaled.
  Value frequencies() {
    Value exponents = divided(scaled(numbers(pairs), 2.0), 2.0 * pairs);
    double theta = op.getTheta().convertToDouble();
    Value f = divided(1.0, p.make<PowOp>(p.scalar(theta, exponents), exponents));
    Attribute scaling = op.getScalingAttr();
    if (auto linear = dyn_cast_or_null<RopeLinearAttr>(scaling))
      return divided(f, linear.getFactor());
    if (auto llama3 = dyn_cast_or_null<RopeLlama3Attr>(scaling))
      return stretched(f, llama3);
    return f;
  }

  /// Long waves are stretched by `factor`, short ones kept, those between interpolated.
  Value stretched(Value f, RopeLlama3Attr scaling) {
    double low = scaling.getLowFreqFactor(), high = scaling.getHighFreqFactor();
    double positions = scaling.getOriginalPositions();
    Value length = divided(2 * std::numbers::pi, f), stretched = divided(f, scaling.getFactor());
    Value waves = divided(positions, length);
    Value share = divided(p.make<SubOp>(waves, p.scalar(low, f)), high - low);
    Value rest = p.make<SubOp>(p.scalar(1.0, f), share);
    Value slow = p.make<MulOp>(rest, stretched), fast = p.make<MulOp>(share, f);
    Value between = p.make<AddOp>(slow, fast);
    auto choose = [&](Comparison comparison, double limit, Value yes, Value no) {
      Value holds = p.make<CompareOp>(f.getType(), comparison, length, p.scalar(limit, f));
      return p.make<WhereOp>(holds, yes, no);
    };
    between = choose(Comparison::Lt, positions / high, f, between);
    return choose(Comparison::Gt, positions / low, stretched, between);
  }

  /// One element of each rotation, in the input's type.
  Value element(Value value) {
    auto type = cast<RankedTensorType>(value.getType()).clone(op.getType().getElementType());
    if (value.getType() != type)
      value = p.make<CastOp>(Type(type), value);
    return p.reshape(value, shapeWith({1}));
  }

  RopeOp op;
  Primitives p;
  int64_t positions, pairs;
};

/// y = x[0] column 0 + x[1] column 1, with the elements of pairs along a dimension of their own
struct DecomposeRope : OpRewritePattern<RopeOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(RopeOp op, PatternRewriter &rewriter) const override {
    RopeTable table(op, rewriter);
    Value matrix = table.build();
    Primitives p(rewriter, op);
    SmallVector<int64_t> shape(op.getType().getShape().drop_back(2));
    llvm::append_range(shape, table.shapeWith({2}));
    Value x = p.reshape(op.getInput(), shape);
    auto product = [&](int64_t g) {
      SmallVector<int64_t> sizes(op.getType().getShape().drop_back(2)), offsets(shape.size(), 0);
      llvm::append_range(sizes, table.shapeWith({1}));
      offsets[shape.size() - 3 + table.pairAxis()] = g;
      Value element = p.make<SliceOp>(x, offsets, sizes);
      return p.make<MulOp>(element, table.column(matrix, g));
    };
    Value first = product(0), second = product(1);
    Value y = p.make<AddOp>(first, second);
    rewriter.replaceOp(op, p.reshape(y, op.getType().getShape()));
    return success();
  }
};

} // namespace

void weft::populateRopePatterns(RewritePatternSet &patterns) {
  patterns.add<DecomposeRope>(patterns.getContext());
}
