// weft-expand-math: exp, log, tanh and erf of f32 as polynomials, for all lanes at once; sin and
// cos of f32 by way of f64; bf16 as the upper half of an f32.
//
// Coefficients, lowest degree first, are those that test/Target/CPU/math-coefficients.py prints.
#include "weft/Target/CPU/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

#include <limits>

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_EXPANDMATH
#include "weft/Target/CPU/Passes.h.inc"

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kLog2E = 0x1.715476p+0f;
// ln 2 in two parts: products with the second make up for the rounding of the first.
constexpr float kLn2 = 0x1.62e43p-1f, kLn2Rest = -0x1.05c61p-29f;
// (e^r - 1 - r) / r^2 for |r| <= ln(2) / 2.
constexpr float kExpm1[] = {0x1p-1f,        0x1.555556p-3f,  0x1.5554f6p-5f,
                            0x1.111004p-7f, 0x1.6d3cacp-10f, 0x1.a242e8p-13f};
// (log(1 + f) - f + f^2 / 2) / f^3 for 1 + f between sqrt(1/2) and sqrt(2).
constexpr float kLog[] = {0x1.555548p-2f,  -0x1.000006p-2f, 0x1.99a476p-3f,
                          -0x1.555c44p-3f, 0x1.233ba2p-3f,  -0x1.fc28cap-4f,
                          0x1.e6c00ap-4f,  -0x1.de01d8p-4f, 0x1.147334p-4f};
// (tanh(x) / x - 1) / x^2 in x^2 for |x| <= 0.4.
constexpr float kTanhSmall[] = {-0x1.55553ep-2f, 0x1.1105ecp-3f, -0x1.b6c5e0p-5f, 0x1.330e94p-6f};
// erf(x) / x - 1 in x^2 for |x| <= 1.
constexpr float kErfSmall[] = {0x1.06eba8p-3f, -0x1.81273ep-2f,  0x1.ce2ce6p-4f, -0x1.b7f71ap-6f,
                               0x1.53f224p-8f, -0x1.a3515ep-11f, 0x1.4771fcp-14f};
// ln(1 - erf(x)) for x from 1 to 4.
constexpr float kErfLarge[] = {-0x1.661ca2p-12f, -0x1.2088eap+0f, -0x1.46baf2p-1f, -0x1.a652f2p-4f,
                               0x1.65ca82p-6f,   -0x1.825832p-9f, 0x1.86d75cp-13f};

/// Emits arithmetic on values of one shape: f32, or a vector or tensor of f32.
class Emitter {
public:
  Emitter(OpBuilder &builder, Location loc, Type type)
      : builder(builder), loc(loc), type(type), intType(builder.getI32Type()) {
    if (auto shaped = dyn_cast<ShapedType>(type))
      intType = shaped.clone(builder.getI32Type());
  }

  Value number(float value) { return constant(type, builder.getF32FloatAttr(value)); }
  Value integer(int32_t value) { return constant(intType, builder.getI32IntegerAttr(value)); }

  template <typename OpT, typename... Args> Value make(Args... args) {
    return OpT::create(builder, loc, args...);
  }
  Value add(Value a, Value b) { return make<arith::AddFOp>(a, b); }
  Value sub(Value a, Value b) { return make<arith::SubFOp>(a, b); }
  Value mul(Value a, Value b) { return make<arith::MulFOp>(a, b); }
  /// a * b + c, rounded once.
  Value fma(Value a, Value b, Value c) { return make<math::FmaOp>(a, b, c); }
  Value select(Value condition, Value yes, Value no) {
    return make<arith::SelectOp>(condition, yes, no);
  }
  Value compare(arith::CmpFPredicate predicate, Value a, Value b) {
    return make<arith::CmpFOp>(predicate, a, b);
  }
  /// min(x, most), NaN where x is.
  Value atMost(Value x, float most) {
    return select(compare(arith::CmpFPredicate::OGT, x, number(most)), number(most), x);
  }
  Value atLeast(Value x, float least) {
    return select(compare(arith::CmpFPredicate::OLT, x, number(least)), number(least), x);
  }

  Value bitsOf(Value x) { return make<arith::BitcastOp>(intType, x); }
  Value shiftLeft(Value bits, int32_t by) { return make<arith::ShLIOp>(bits, integer(by)); }
  Value floatOf(Value bits) { return make<arith::BitcastOp>(type, bits); }

  Value polynomial(Value x, ArrayRef<float> coefficients) {
    Value sum = number(coefficients.back());
    for (float coefficient : llvm::reverse(coefficients.drop_back()))
      sum = fma(sum, x, number(coefficient));
    return sum;
  }

private:
  Value constant(Type type, TypedAttr value) {
    if (auto shaped = dyn_cast<ShapedType>(type))
      value = DenseElementsAttr::get(shaped, ArrayRef<Attribute>(value));
    return arith::ConstantOp::create(builder, loc, value);
  }

  OpBuilder &builder;
  Location loc;
  Type type, intType;
};

/// x as n ln(2) + r with n an integer and |r| <= ln(2) / 2: e^x = 2^n (1 + expm1).
struct Exponential {
  Value biased; // an integer whose nine low bits are n + bias
  Value expm1;  // e^r - 1
};

/// Requires |x| < 200 or NaN, and 0 <= n + bias < 512. A sum with 1.5 * 2^23 has no bits behind the
/// point: the addition rounds to an integer and leaves it in the low bits.
Exponential splitExponential(Emitter &e, Value x, int32_t bias) {
  Value shift = e.number(0x1.8p+23f + static_cast<float>(bias));
  Value shifted = e.fma(x, e.number(kLog2E), shift);
  Value n = e.sub(shifted, shift);
  Value r = e.fma(n, e.number(-kLn2Rest), e.fma(n, e.number(-kLn2), x));
  Value expm1 = e.fma(e.mul(r, r), e.polynomial(r, kExpm1), r);
  return {e.bitsOf(shifted), expm1};
}

/// 2^n for a bias of 127 and n from -126 to 127.
Value powerOfTwo(Emitter &e, Value biased) { return e.floatOf(e.shiftLeft(biased, 23)); }

// The clamps let results reach 0 and inf, no further. 2^n is applied in two factors, each within
// range: the first product is exact, the second rounds once where the result is subnormal.
Value expandExp(Emitter &e, Value x) {
  auto [biased, expm1] = splitExponential(e, e.atLeast(e.atMost(x, 89.0f), -104.0f), 2 * 127);
  Value half = e.make<arith::ShRUIOp>(biased, e.integer(1));
  Value rest = e.make<arith::SubIOp>(biased, half);
  Value mantissa = e.add(e.number(1.0f), expm1);
  return e.mul(e.mul(mantissa, powerOfTwo(e, half)), powerOfTwo(e, rest));
}

// x = 2^k (1 + f) with 1 + f between sqrt(1/2) and sqrt(2); subnormals are scaled up by 2^23
// before.
Value expandLog(Emitter &e, Value x) {
  constexpr int32_t rootHalf = 0x3f3504f3; // the bits of sqrt(1/2)
  Value tiny = e.compare(arith::CmpFPredicate::OLT, x, e.number(0x1p-126f));
  Value normal = e.select(tiny, e.mul(x, e.number(0x1p+23f)), x);
  Value bits = e.make<arith::SubIOp>(e.bitsOf(normal), e.integer(rootHalf));
  Value exponent = e.make<arith::ShRSIOp>(bits, e.integer(23));
  Value k = e.add(e.make<arith::SIToFPOp>(x.getType(), exponent),
                  e.select(tiny, e.number(-23.0f), e.number(0.0f)));
  Value fraction = e.make<arith::AndIOp>(bits, e.integer(0x7fffff));
  Value mantissa = e.floatOf(e.make<arith::AddIOp>(fraction, e.integer(rootHalf)));

  Value f = e.sub(mantissa, e.number(1.0f)), square = e.mul(f, f);
  Value tail = e.mul(e.mul(square, f), e.polynomial(f, kLog));
  tail = e.fma(k, e.number(kLn2Rest), e.fma(square, e.number(-0.5f), tail));
  Value log = e.fma(k, e.number(kLn2), e.add(f, tail));

  Value zero = e.number(0.0f);
  log = e.select(e.compare(arith::CmpFPredicate::OLT, x, e.number(kInfinity)), log, x);
  log = e.select(e.compare(arith::CmpFPredicate::OEQ, x, zero), e.number(-kInfinity), log);
  return e.select(e.compare(arith::CmpFPredicate::OLT, x, zero),
                  e.number(std::numeric_limits<float>::quiet_NaN()), log);
}

// Up to 0.4 a polynomial in x^2; above it m / (m + 2) with m = e^2|x| - 1 = 2^n expm1 + (2^n - 1),
// which rounds to 1 from 9.02 on.
Value expandTanh(Emitter &e, Value x) {
  Value square = e.mul(x, x);
  Value small = e.fma(e.mul(x, square), e.polynomial(square, kTanhSmall), x);
  Value a = e.make<math::AbsFOp>(x), most = e.atMost(a, 9.1f);
  auto [biased, expm1] = splitExponential(e, e.add(most, most), 127);
  Value power = powerOfTwo(e, biased);
  Value m = e.fma(power, expm1, e.sub(power, e.number(1.0f)));
  Value large = e.make<arith::DivFOp>(m, e.add(m, e.number(2.0f)));
  // The sign of the small one too: its sum makes 0 of -0.
  Value tanh = e.select(e.compare(arith::CmpFPredicate::OLT, a, e.number(0.4f)), small, large);
  return e.make<math::CopySignOp>(tanh, x);
}

// Up to 1 a polynomial in x^2, above it 1 - e^q(|x|); from 3.93 on the result rounds to 1.
Value expandErf(Emitter &e, Value x) {
  Value small = e.fma(x, e.polynomial(e.mul(x, x), kErfSmall), x);
  Value a = e.make<math::AbsFOp>(x);
  Value q = e.polynomial(e.atMost(a, 4.0f), kErfLarge);
  auto [biased, expm1] = splitExponential(e, q, 127);
  Value power = powerOfTwo(e, biased);
  Value one = e.number(1.0f);
  Value large = e.fma(e.make<arith::NegFOp>(power), expm1, e.sub(one, power));
  large = e.make<math::CopySignOp>(large, x);
  return e.select(e.compare(arith::CmpFPredicate::OLT, a, one), small, large);
}

// x86 has `a > b ? a : b` as one instruction; what is missing is a NaN in `a`.
Value expandExtremum(Emitter &e, Value a, Value b, arith::CmpFPredicate predicate) {
  Value extremum = e.select(e.compare(predicate, a, b), a, b);
  return e.select(e.compare(arith::CmpFPredicate::UNO, a, a), a, extremum);
}

/// In f64, where the library takes any argument, and rounded: tables of angles need few of these.
template <typename OpT> Value expandThroughF64(OpBuilder &builder, OpT op) {
  Type wide = builder.getF64Type();
  if (auto shaped = dyn_cast<ShapedType>(op.getType()))
    wide = shaped.clone(wide);
  Value x = arith::ExtFOp::create(builder, op.getLoc(), wide, op.getOperand());
  Value y = OpT::create(builder, op.getLoc(), x);
  return arith::TruncFOp::create(builder, op.getLoc(), op.getType(), y);
}

// ---- bf16: the upper half of an f32

Type withElement(Type type, Type element) {
  if (auto shaped = dyn_cast<ShapedType>(type))
    return shaped.clone(element);
  return element;
}

Value expandFromBF16(OpBuilder &builder, arith::ExtFOp op) {
  Emitter e(builder, op.getLoc(), op.getType());
  Type i16 = withElement(op.getType(), builder.getI16Type());
  Value half = e.make<arith::BitcastOp>(i16, op.getIn());
  Value bits = e.make<arith::ExtUIOp>(e.integer(0).getType(), half);
  return e.make<arith::BitcastOp>(op.getType(), e.make<arith::ShLIOp>(bits, e.integer(16)));
}

// What is cut off rounds up from a half on, or from above a half where the upper half is even. That carry must
// not make a NaN an infinity: its upper half is kept, and stays a NaN if one of its upper bits is 1.
Value expandToBF16(OpBuilder &builder, arith::TruncFOp op) {
  Value x = op.getIn();
  Emitter e(builder, op.getLoc(), x.getType());
  Value bits = e.make<arith::BitcastOp>(e.integer(0).getType(), x);
  Value upper = e.make<arith::ShRUIOp>(bits, e.integer(16));
  Value isOdd = e.make<arith::AndIOp>(upper, e.integer(1));
  Value sum = e.make<arith::AddIOp>(bits, e.make<arith::AddIOp>(isOdd, e.integer(0x7fff)));
  Value rounded = e.make<arith::ShRUIOp>(sum, e.integer(16));
  Value quiet = e.make<arith::OrIOp>(upper, e.integer(0x40));
  Value result = e.select(e.compare(arith::CmpFPredicate::UNO, x, x), quiet, rounded);
  Type i16 = withElement(op.getType(), builder.getI16Type());
  Value half = e.make<arith::TruncIOp>(i16, result);
  return e.make<arith::BitcastOp>(op.getType(), half);
}

bool isBetween(Value narrow, Value wide) {
  return getElementTypeOrSelf(narrow).isBF16() && getElementTypeOrSelf(wide).isF32();
}

/// The replacement of `op`'s result; null where the op stays.
Value expand(OpBuilder &builder, Operation *op) {
  if (auto widen = dyn_cast<arith::ExtFOp>(op); widen && isBetween(widen.getIn(), widen))
    return expandFromBF16(builder, widen);
  if (auto narrow = dyn_cast<arith::TruncFOp>(op); narrow && isBetween(narrow, narrow.getIn()))
    return expandToBF16(builder, narrow);
  if (op->getNumResults() != 1 || !isa<FloatType>(getElementTypeOrSelf(op->getResult(0))))
    return {};
  Emitter e(builder, op->getLoc(), op->getResult(0).getType());
  if (isa<arith::MaximumFOp>(op))
    return expandExtremum(e, op->getOperand(0), op->getOperand(1), arith::CmpFPredicate::OGT);
  if (isa<arith::MinimumFOp>(op))
    return expandExtremum(e, op->getOperand(0), op->getOperand(1), arith::CmpFPredicate::OLT);
  if (!getElementTypeOrSelf(op->getResult(0)).isF32())
    return {};
  return llvm::TypeSwitch<Operation *, Value>(op)
      .Case([&](math::ExpOp op) { return expandExp(e, op.getOperand()); })
      .Case([&](math::LogOp op) { return expandLog(e, op.getOperand()); })
      .Case([&](math::TanhOp op) { return expandTanh(e, op.getOperand()); })
      .Case([&](math::ErfOp op) { return expandErf(e, op.getOperand()); })
      .Case<math::SinOp, math::CosOp>([&](auto op) { return expandThroughF64(builder, op); })
      .Default([](Operation *) { return Value(); });
}

// No pattern driver: nothing that is emitted is expanded again.
struct ExpandMath : impl::ExpandMathBase<ExpandMath> {
  void runOnOperation() override {
    getOperation()->walk([](Operation *op) {
      OpBuilder builder(op);
      if (Value value = expand(builder, op)) {
        op->getResult(0).replaceAllUsesWith(value);
        op->erase();
      }
    });
  }
};

} // namespace
} // namespace weft
