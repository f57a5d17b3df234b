// What each op computes on one tile. Formulas are those of the ops' definitions.
#include "weft/Conversion/WeftToTile/TileBodies.h"

#include "dialects/Interfaces/TileBodyOpInterface.h"
#include "dialects/Tile/Tile.h"
#include "dialects/Weft/Weft.h"

#include <numbers>

using namespace mlir;
using namespace weft;

namespace {

/// Emits arithmetic on tiles or scalars of one kind; scalars are splat where a tile is needed.
class Arithmetic {
public:
  Arithmetic(OpBuilder &builder, Location loc, RankedTensorType tileType)
      : builder(builder), loc(loc), tileType(tileType) {}

  /// The operands as tiles if one of them is a tile.
  SmallVector<Value> uniform(ValueRange operands) {
    SmallVector<Value> result(operands);
    if (llvm::any_of(operands, [](Value v) { return isa<RankedTensorType>(v.getType()); }))
      for (Value &value : result)
        value = toTile(value);
    return result;
  }

  Value toTile(Value value) {
    if (isa<RankedTensorType>(value.getType()))
      return value;
    return tensor::SplatOp::create(builder, loc, value,
                                   tileType.clone(tileType.getShape(), value.getType()));
  }

  /// A number of the type of `like`.
  Value number(double value, Value like) { return constant(value, like.getType()); }

  Value constant(double value, Type type) {
    auto element = cast<FloatType>(getElementTypeOrSelf(type));
    TypedAttr attr = builder.getFloatAttr(element, value);
    if (auto tensor = dyn_cast<RankedTensorType>(type))
      attr = DenseElementsAttr::get(tensor, attr);
    return arith::ConstantOp::create(builder, loc, attr);
  }

  template <typename OpT, typename... Args> Value make(Args... args) {
    return OpT::create(builder, loc, args...);
  }
  Value add(Value a, Value b) { return make<arith::AddFOp>(a, b); }
  Value sub(Value a, Value b) { return make<arith::SubFOp>(a, b); }
  Value mul(Value a, Value b) { return make<arith::MulFOp>(a, b); }
  Value scale(double factor, Value a) { return mul(number(factor, a), a); }
  Value offset(double summand, Value a) { return add(number(summand, a), a); }

  OpBuilder &builder;
  Location loc;
  RankedTensorType tileType;
};

template <typename OpT> Value emitBody(OpT op, Arithmetic &a, ArrayRef<Value> x, ValueRange at);

// ---- one upstream op each

template <typename OpT> Value makeOf(Arithmetic &a, ArrayRef<Value> x) {
  return OpT::create(a.builder, a.loc, TypeRange(x[0].getType()), ValueRange(x));
}
#define WEFT_TILE_BODY(WeftOp, TileOp)                                                             \
  template <> Value emitBody(WeftOp, Arithmetic &a, ArrayRef<Value> x, ValueRange) {               \
    return makeOf<TileOp>(a, x);                                                                   \
  }
WEFT_TILE_BODY(AddOp, arith::AddFOp)
WEFT_TILE_BODY(SubOp, arith::SubFOp)
WEFT_TILE_BODY(MulOp, arith::MulFOp)
WEFT_TILE_BODY(DivOp, arith::DivFOp)
WEFT_TILE_BODY(MaxOp, arith::MaximumFOp)
WEFT_TILE_BODY(MinOp, arith::MinimumFOp)
WEFT_TILE_BODY(PowOp, math::PowFOp)
WEFT_TILE_BODY(NegOp, arith::NegFOp)
WEFT_TILE_BODY(ExpOp, math::ExpOp)
WEFT_TILE_BODY(LogOp, math::LogOp)
WEFT_TILE_BODY(SqrtOp, math::SqrtOp)
WEFT_TILE_BODY(TanhOp, math::TanhOp)
WEFT_TILE_BODY(ErfOp, math::ErfOp)
WEFT_TILE_BODY(AbsOp, math::AbsFOp)
WEFT_TILE_BODY(SinOp, math::SinOp)
WEFT_TILE_BODY(CosOp, math::CosOp)
#undef WEFT_TILE_BODY

template <> Value emitBody(RsqrtOp, Arithmetic &a, ArrayRef<Value> x, ValueRange) {
  // A division and a root are correctly rounded on every target; rsqrt is not.
  return a.make<arith::DivFOp>(a.number(1.0, x[0]), a.make<math::SqrtOp>(x[0]));
}

// 1 + e^-x
Value sigmoidDenominator(Arithmetic &a, Value x) {
  return a.offset(1.0, a.make<math::ExpOp>(Value(a.make<arith::NegFOp>(x))));
}

template <> Value emitBody(SigmoidOp, Arithmetic &a, ArrayRef<Value> x, ValueRange) {
  return a.make<arith::DivFOp>(a.number(1.0, x[0]), sigmoidDenominator(a, x[0]));
}

template <> Value emitBody(SiluOp, Arithmetic &a, ArrayRef<Value> x, ValueRange) {
  return a.make<arith::DivFOp>(x[0], sigmoidDenominator(a, x[0]));
}

// ---- ops that only choose what to load

template <> Value emitBody(CopyOp, Arithmetic &, ArrayRef<Value> x, ValueRange) { return x[0]; }
template <> Value emitBody(BroadcastOp, Arithmetic &, ArrayRef<Value> x, ValueRange) {
  return x[0];
}
template <> Value emitBody(SumOp, Arithmetic &, ArrayRef<Value> x, ValueRange) { return x[0]; }
template <> Value emitBody(ChunkSumsOp, Arithmetic &, ArrayRef<Value> x, ValueRange) {
  return x[0];
}
template <> Value emitBody(PartialSumsOp, Arithmetic &, ArrayRef<Value> x, ValueRange) { return x[0]; }
template <> Value emitBody(ReduceMaxOp, Arithmetic &, ArrayRef<Value> x, ValueRange) {
  return x[0];
}

template <> Value emitBody(ConstantOp op, Arithmetic &a, ArrayRef<Value>, ValueRange) {
  auto attr = cast<DenseElementsAttr>(op.getValue());
  if (attr.getElementType().isInteger())
    return a.make<arith::ConstantOp>(attr.getSplatValue<TypedAttr>());
  return a.constant(attr.getSplatValue<APFloat>().convertToDouble(), attr.getElementType());
}

/// The same numbers, or ids, as floats of a type.
Value converted(Arithmetic &a, Value x, Type element) {
  Type from = getElementTypeOrSelf(x.getType()), type = element;
  if (auto tile = dyn_cast<RankedTensorType>(x.getType()))
    type = tile.clone(element);
  if (element == from)
    return x;
  if (from.isInteger())
    return a.make<arith::SIToFPOp>(type, x);
  if (element.getIntOrFloatBitWidth() > from.getIntOrFloatBitWidth())
    return a.make<arith::ExtFOp>(type, x);
  return a.make<arith::TruncFOp>(type, x);
}

template <> Value emitBody(CastOp op, Arithmetic &a, ArrayRef<Value> x, ValueRange) {
  Type element = op.getType().getElementType(), from = getElementTypeOrSelf(x[0].getType());
  // To 16 bits by way of f32, from which every target can round.
  bool goesThroughF32 = element.getIntOrFloatBitWidth() == 16 && element != from;
  return converted(a, goesThroughF32 ? converted(a, x[0], a.builder.getF32Type()) : x[0], element);
}

// ---- gelu: Phi(x) = (1 + erf(x / sqrt 2)) / 2 or (1 + tanh(u)) / 2, u = sqrt(2/pi) (x + 0.044715
// x^3)

constexpr double kCubic = 0.044715;
const double kRootTwoOverPi = std::sqrt(2.0 / std::numbers::pi);

Value geluInner(Arithmetic &a, Value x) {
  Value cube = a.mul(a.mul(x, x), x);
  return a.scale(kRootTwoOverPi, a.add(x, a.scale(kCubic, cube)));
}

Value geluPhi(Arithmetic &a, GeluKind kind, Value x) {
  Value inner = kind == GeluKind::Tanh ? a.make<math::TanhOp>(geluInner(a, x))
                                       : a.make<math::ErfOp>(a.scale(1.0 / std::numbers::sqrt2, x));
  return a.scale(0.5, a.offset(1.0, inner));
}

template <> Value emitBody(GeluOp op, Arithmetic &a, ArrayRef<Value> x, ValueRange) {
  return a.mul(x[0], geluPhi(a, op.getKind(), x[0]));
}

// d/dx x Phi(x) = Phi(x) + x Phi'(x); Phi' is exp(-x^2/2) / sqrt(2 pi), or for tanh
// (1 - tanh(u)^2) / 2 * sqrt(2/pi) (1 + 3 * 0.044715 x^2).
template <> Value emitBody(GeluBackwardOp op, Arithmetic &a, ArrayRef<Value> operands, ValueRange) {
  Value grad = operands[0], x = operands[1], square = a.mul(x, x);
  Value phi, slope;
  if (op.getKind() == GeluKind::Tanh) {
    Value tanh = a.make<math::TanhOp>(geluInner(a, x));
    phi = a.scale(0.5, a.offset(1.0, tanh));
    Value derivative = a.scale(0.5, a.sub(a.number(1.0, x), a.mul(tanh, tanh)));
    slope =
        a.mul(derivative, a.scale(kRootTwoOverPi, a.offset(1.0, a.scale(3.0 * kCubic, square))));
  } else {
    phi = geluPhi(a, op.getKind(), x);
    slope = a.scale(1.0 / std::sqrt(2.0 * std::numbers::pi),
                    a.make<math::ExpOp>(a.scale(-0.5, square)));
  }
  return a.mul(grad, a.add(phi, a.mul(x, slope)));
}

// ---- ops that compare

Value select(Arithmetic &a, Value condition, Value yes, Value no) {
  return a.make<arith::SelectOp>(condition, yes, no);
}

template <> Value emitBody(ReluOp, Arithmetic &a, ArrayRef<Value> x, ValueRange) {
  return a.make<arith::MaximumFOp>(x[0], a.number(0.0, x[0]));
}

/// log(1 + e), e from 0 to 1, with a small relative error where e is small too: what rounding takes from u = 1 + e is the factor
/// e / (u - 1), since log(u) / (u - 1) changes slowly (Goldberg, What Every Computer Scientist Should Know About Floating-Point
/// Arithmetic, theorem 4).
Value logOfOnePlus(Arithmetic &a, Value e) {
  Value u = a.offset(1.0, e), part = a.sub(u, a.number(1.0, e));
  Value isLost = a.make<arith::CmpFOp>(arith::CmpFPredicate::OEQ, part, a.number(0.0, e));
  Value exact = a.make<arith::DivFOp>(a.mul(a.make<math::LogOp>(u), e), part);
  return select(a, isLost, e, exact);
}

template <> Value emitBody(SoftplusOp, Arithmetic &a, ArrayRef<Value> x, ValueRange) {
  // e^x is 0 or small below 0, and above 0 it is taken of -x: nothing overflows.
  Value size = a.make<math::AbsFOp>(x[0]);
  Value above = a.make<arith::MaximumFOp>(x[0], a.number(0.0, x[0]));
  return a.add(above, logOfOnePlus(a, a.make<math::ExpOp>(Value(a.make<arith::NegFOp>(size)))));
}

template <> Value emitBody(ClampOp op, Arithmetic &a, ArrayRef<Value> x, ValueRange) {
  Value y = x[0];
  if (std::optional<APFloat> min = op.getMin())
    y = a.make<arith::MaximumFOp>(y, a.number(min->convertToDouble(), y));
  if (std::optional<APFloat> max = op.getMax())
    y = a.make<arith::MinimumFOp>(y, a.number(max->convertToDouble(), y));
  return y;
}

/// With a NaN only `ne` holds.
std::pair<arith::CmpFPredicate, arith::CmpIPredicate> predicatesOf(Comparison comparison) {
  switch (comparison) {
  case Comparison::Eq:
    return {arith::CmpFPredicate::OEQ, arith::CmpIPredicate::eq};
  case Comparison::Ne:
    return {arith::CmpFPredicate::UNE, arith::CmpIPredicate::ne};
  case Comparison::Lt:
    return {arith::CmpFPredicate::OLT, arith::CmpIPredicate::slt};
  case Comparison::Le:
    return {arith::CmpFPredicate::OLE, arith::CmpIPredicate::sle};
  case Comparison::Gt:
    return {arith::CmpFPredicate::OGT, arith::CmpIPredicate::sgt};
  case Comparison::Ge:
    return {arith::CmpFPredicate::OGE, arith::CmpIPredicate::sge};
  }
  llvm_unreachable("unknown comparison");
}

template <> Value emitBody(CompareOp op, Arithmetic &a, ArrayRef<Value> x, ValueRange) {
  auto [ofFloats, ofIds] = predicatesOf(op.getComparison());
  Value holds = getElementTypeOrSelf(x[0].getType()).isInteger()
                    ? a.make<arith::CmpIOp>(ofIds, x[0], x[1])
                    : a.make<arith::CmpFOp>(ofFloats, x[0], x[1]);
  Type type = op.getType().getElementType();
  if (auto tile = dyn_cast<RankedTensorType>(x[0].getType()))
    type = tile.clone(type);
  return select(a, holds, a.constant(1.0, type), a.constant(0.0, type));
}

template <> Value emitBody(WhereOp, Arithmetic &a, ArrayRef<Value> x, ValueRange) {
  Value holds = a.make<arith::CmpFOp>(arith::CmpFPredicate::UNE, x[0], a.number(0.0, x[0]));
  return select(a, holds, x[1], x[2]);
}

template <> Value emitBody(AccumulateOp, Arithmetic &a, ArrayRef<Value> x, ValueRange) {
  // The flag stays a scalar: a tile is selected as a whole.
  Value first = a.make<arith::CmpFOp>(arith::CmpFPredicate::OEQ, x[2], a.number(0.0, x[2]));
  return select(a, first, x[1], a.add(x[0], x[1]));
}

/// The numbers of the tile's columns, as i32.
Value columnNumbers(Arithmetic &a, Value firstColumn) {
  auto type = a.tileType.clone(a.builder.getI32Type());
  Value first = a.make<arith::IndexCastOp>(a.builder.getI32Type(), firstColumn);
  return a.make<arith::AddIOp>(a.toTile(first),
                               Value(tile::IotaOp::create(a.builder, a.loc, type)));
}

template <> Value emitBody(IotaOp, Arithmetic &a, ArrayRef<Value>, ValueRange at) {
  if (a.tileType.getNumElements() == 1)
    return a.make<arith::IndexCastOp>(a.builder.getI32Type(), at.back());
  return columnNumbers(a, at.back());
}

template <> Value emitBody(CausalMaskOp op, Arithmetic &a, ArrayRef<Value> x, ValueRange at) {
  ArrayRef<int64_t> shape = op.getType().getShape();
  int64_t shift = shape.back() - shape[shape.size() - 2];
  double fill = op.getFill() ? op.getFill()->convertToDouble() : -INFINITY;
  Value query = a.make<arith::IndexCastOp>(a.builder.getI32Type(), at[at.size() - 2]);
  Value keys = columnNumbers(a, at.back());
  Value input = a.toTile(x[0]), result = input;
  // Hides the keys that stand in this relation to the key `distance` from the query's own.
  auto hide = [&](arith::CmpIPredicate relation, int64_t distance) {
    Value limit = a.make<arith::AddIOp>(
        query, Value(arith::ConstantIntOp::create(a.builder, a.loc, a.builder.getI32Type(),
                                                  shift + distance)));
    Value hidden = a.make<arith::CmpIOp>(relation, keys, a.toTile(limit));
    result = select(a, hidden, a.number(fill, input), result);
  };
  hide(arith::CmpIPredicate::sgt, 0);
  // A window as long as the keys hides nothing.
  if (IntegerAttr window = op.getWindowAttr(); window && window.getInt() < shape.back())
    hide(arith::CmpIPredicate::sle, -window.getInt());
  return result;
}

/// Which columns of the tile the row's id names.
Value isNamed(Arithmetic &a, Value id, Value firstColumn) {
  return a.make<arith::CmpIOp>(arith::CmpIPredicate::eq, columnNumbers(a, firstColumn),
                               a.toTile(id));
}

template <> Value emitBody(OneHotOp op, Arithmetic &a, ArrayRef<Value> x, ValueRange at) {
  Type type = a.tileType.clone(op.getType().getElementType());
  return select(a, isNamed(a, x[0], at.back()), a.constant(1.0, type), a.constant(0.0, type));
}

template <> Value emitBody(PickOp, Arithmetic &a, ArrayRef<Value> x, ValueRange at) {
  Value input = a.toTile(x[0]);
  return select(a, isNamed(a, x[1], at.back()), input, a.number(0.0, input));
}

template <> Value emitBody(TargetWeightOp op, Arithmetic &a, ArrayRef<Value> x, ValueRange) {
  Type type = op.getType().getElementType();
  if (auto tile = dyn_cast<RankedTensorType>(x[0].getType()))
    type = tile.clone(type);
  if (!op.getIgnoreIndex())
    return a.constant(1.0, type);
  TypedAttr ignored = IntegerAttr::get(a.builder.getI32Type(), *op.getIgnoreIndex());
  if (auto tile = dyn_cast<RankedTensorType>(x[0].getType()))
    ignored = DenseElementsAttr::get(tile, ignored);
  Value isIgnored = a.make<arith::CmpIOp>(
      arith::CmpIPredicate::eq, x[0], Value(arith::ConstantOp::create(a.builder, a.loc, ignored)));
  return select(a, isIgnored, a.constant(0.0, type), a.constant(1.0, type));
}

/// Ops whose operands need not be all tiles or all scalars.
template <typename OpT>
constexpr bool takesMixedOperands = llvm::is_one_of<OpT, PickOp, OneHotOp, CausalMaskOp>::value;

template <typename OpT> struct TileBody : TileBodyOpInterface::ExternalModel<TileBody<OpT>, OpT> {
  Value emitTile(Operation *op, OpBuilder &builder, ValueRange operands, ValueRange coordinates,
                 RankedTensorType tileType) const {
    Arithmetic a(builder, op->getLoc(), tileType);
    SmallVector<Value> x(operands);
    if constexpr (std::is_same_v<OpT, AccumulateOp>) {
      SmallVector<Value> data = a.uniform(operands.take_front(2));
      x[0] = data[0], x[1] = data[1];
    } else if constexpr (!takesMixedOperands<OpT>) {
      x = a.uniform(operands);
    }
    return emitBody(cast<OpT>(op), a, x, coordinates);
  }
};

template <typename... OpTs> void attach(MLIRContext *context) {
  (OpTs::template attachInterface<TileBody<OpTs>>(*context), ...);
}

} // namespace

void weft::registerTileBodies(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, WeftDialect *) {
    attach<AddOp, SubOp, MulOp, DivOp, MaxOp, MinOp, PowOp, NegOp, ExpOp, LogOp, SqrtOp, RsqrtOp,
           TanhOp, ErfOp, AbsOp, SinOp, CosOp, SigmoidOp, SiluOp, SoftplusOp, ReluOp, ClampOp, CompareOp,
           WhereOp, CopyOp, BroadcastOp, SumOp, ChunkSumsOp, PartialSumsOp, ReduceMaxOp, ConstantOp, CastOp,
           GeluOp, GeluBackwardOp, AccumulateOp, IotaOp, CausalMaskOp, OneHotOp, PickOp,
           TargetWeightOp>(context);
    attachDropoutBody(*context);
  });
}
