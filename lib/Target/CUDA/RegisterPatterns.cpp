// Tiles in the registers of one thread: what is computed element by element, moved within a thread, reduced, or summed up by it
// alone.
#include "TilePatterns.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace weft;
using namespace weft::tile;

namespace {

/// Any elementwise op is the same op on each register.
struct ConvertElementwise : ConversionPattern {
  ConvertElementwise(TypeConverter &converter, MLIRContext *context)
      : ConversionPattern(converter, MatchAnyOpTypeTag(), /*benefit=*/1, context) {}

  LogicalResult matchAndRewrite(Operation *op, ArrayRef<ValueRange> operands,
                                ConversionPatternRewriter &rewriter) const override {
    if (!OpTrait::hasElementwiseMappableTraits(op) || !getLayout(op->getResult(0).getType()))
      return rewriter.notifyMatchFailure(op, "not elementwise on tiles");
    auto type = cast<RankedTensorType>(op->getResult(0).getType());
    SmallVector<Value> registers;
    for (int64_t r = 0, n = Layout::of(type).numRegisters(); r < n; ++r) {
      SmallVector<Value> own; // a scalar operand is every register's
      for (ValueRange values : operands)
        own.push_back(values[static_cast<int64_t>(values.size()) == n ? r : 0]);
      OperationState state(op->getLoc(), op->getName(), own, {type.getElementType()},
                           op->getAttrs());
      registers.push_back(rewriter.create(state)->getResult(0));
    }
    replaceByRegisters(rewriter, op, registers);
    return success();
  }
};

struct ConvertConstant : TilePattern<arith::ConstantOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(arith::ConstantOp op, Adaptor, Rewriter &rewriter) const override {
    if (!getLayout(op.getType()))
      return rewriter.notifyMatchFailure(op, "no tile");
    auto splat = cast<DenseElementsAttr>(op.getValue()).getSplatValue<Attribute>();
    Value value = arith::ConstantOp::create(rewriter, op.getLoc(), cast<TypedAttr>(splat));
    replaceByRegisters(rewriter, op,
                       SmallVector<Value>(Layout::of(op.getType()).numRegisters(), value));
    return success();
  }
};

struct ConvertSplat : TilePattern<tensor::SplatOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(tensor::SplatOp op, Adaptor adaptor,
                                Rewriter &rewriter) const override {
    int64_t count = Layout::of(op.getType()).numRegisters();
    replaceByRegisters(rewriter, op, SmallVector<Value>(count, adaptor.getInput().front()));
    return success();
  }
};

struct ConvertIota : TilePattern<IotaOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(IotaOp op, Adaptor, Rewriter &rewriter) const override {
    ThreadCode code(rewriter, op.getLoc());
    Layout layout = Layout::of(op.getType());
    ThreadOffset lane = code.coordinate(layout, 0);
    SmallVector<Value> registers;
    for (int64_t r = 0; r < layout.numRegisters(); ++r)
      registers.push_back(code.plus(lane, layout.ofRegister(r).front()));
    replaceByRegisters(rewriter, op, registers);
    return success();
  }
};

/// The registers of a tile by where others look for them.
template <typename OpT>
LogicalResult replaceByLookup(OpT op, ValueRange from, Type source,
                              ConversionPatternRewriter &rewriter,
                              function_ref<Coordinates(Coordinates)> change) {
  Layout own = Layout::of(op.getType()), other = Layout::of(source);
  SmallVector<Value> registers;
  for (int64_t r = 0; r < own.numRegisters(); ++r)
    registers.push_back(from[other.registerAt(change(own.ofRegister(r)))]);
  replaceByRegisters(rewriter, op, registers);
  return success();
}

struct ConvertBroadcast : TilePattern<BroadcastOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(BroadcastOp op, Adaptor adaptor,
                                Rewriter &rewriter) const override {
    return replaceByLookup(op, adaptor.getValue(), op.getValue().getType(), rewriter,
                           [&](Coordinates at) {
                             at.erase(at.begin() + op.getAxis());
                             return at;
                           });
  }
};

struct ConvertTranspose : TilePattern<TransposeOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(TransposeOp op, Adaptor adaptor,
                                Rewriter &rewriter) const override {
    return replaceByLookup(op, adaptor.getValue(), op.getValue().getType(), rewriter,
                           [](Coordinates at) {
                             std::reverse(at.begin(), at.end());
                             return at;
                           });
  }
};

/// What stays in its thread; all else has gone through shared memory.
struct ConvertConvertLayout : TilePattern<ConvertLayoutOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(ConvertLayoutOp op, Adaptor adaptor,
                                Rewriter &rewriter) const override {
    if (!Layout::of(op.getValue().getType()).hasSameThreads(Layout::of(op.getType())))
      return op.emitOpError("expected layouts with the same threads: run weft-stage-shared first");
    return replaceByLookup(op, adaptor.getValue(), op.getValue().getType(), rewriter,
                           [](Coordinates at) { return at; });
  }
};

/// Each thread holds all that it may need of every piece, and takes what its place says.
struct ConvertConcat : TilePattern<ConcatOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(ConcatOp op, Adaptor adaptor, Rewriter &rewriter) const override {
    ThreadCode code(rewriter, op.getLoc());
    Layout own = Layout::of(op.getType()), piece = Layout::of(op.getTiles().front().getType());
    int64_t extent = cast<RankedTensorType>(op.getTiles().front().getType()).getShape().back();
    int64_t last = own.rank - 1, pieces = op.getTiles().size();
    ThreadOffset column = code.coordinate(own, last);
    SmallVector<Value> registers;
    for (int64_t r = 0; r < own.numRegisters(); ++r) {
      Coordinates at = own.ofRegister(r), within = at;
      within[last] &= extent - 1;
      int64_t source = piece.registerAt(within);
      Value taken;
      // Which pieces it can be: the bits that threads differ in may be anything.
      int64_t mine = column.bits / extent;
      for (int64_t i = 0; i < pieces; ++i) {
        if ((i & ~mine) != at[last] / extent)
          continue;
        Value value = adaptor.getTiles()[i][source];
        if (taken) {
          Value number = code.make<arith::ShRUIOp>(code.plus(column, at[last]),
                                                   code.number(llvm::Log2_64(extent)));
          Value isThis = code.make<arith::CmpIOp>(arith::CmpIPredicate::eq, number, code.number(i));
          value = code.make<arith::SelectOp>(isThis, value, taken);
        }
        taken = value;
      }
      registers.push_back(taken);
    }
    replaceByRegisters(rewriter, op, registers);
    return success();
  }
};

// ---- reductions

Value combine(ThreadCode &code, ReductionKind kind, Value a, Value b) {
  bool isFloat = isa<FloatType>(a.getType());
  switch (kind) {
  case ReductionKind::Add:
    return isFloat ? code.make<arith::AddFOp>(a, b) : code.make<arith::AddIOp>(a, b);
  case ReductionKind::Max:
    return isFloat ? code.make<arith::MaximumFOp>(a, b) : code.make<arith::MaxSIOp>(a, b);
  }
  llvm_unreachable("unknown reduction");
}

/// From the other lane of a pair that differs in one bit; a number of 64 bits goes in halves.
Value fromLane(ThreadCode &code, Value value, int64_t bit) {
  Type type = value.getType(), i32 = code.b.getI32Type(), i64 = code.b.getI64Type();
  auto shuffle = [&](Value word) {
    return gpu::ShuffleOp::create(code.b, code.loc, word, code.number(bit), code.number(32),
                                  gpu::ShuffleMode::XOR)
        .getShuffleResult();
  };
  if (type.getIntOrFloatBitWidth() == 32)
    return shuffle(value);
  Value whole = code.make<arith::BitcastOp>(i64, value);
  Value high = code.make<arith::TruncIOp>(
      i32, code.make<arith::ShRUIOp>(whole, code.make<arith::ConstantIntOp>(i64, 32)));
  Value low = shuffle(code.make<arith::TruncIOp>(i32, whole));
  high = code.make<arith::ShLIOp>(code.make<arith::ExtUIOp>(i64, shuffle(high)),
                                  code.make<arith::ConstantIntOp>(i64, 32));
  return code.make<arith::BitcastOp>(
      type, code.make<arith::OrIOp>(high, code.make<arith::ExtUIOp>(i64, low)));
}

/// Bits of the axis from the highest on: the upper half is combined with the lower half, in registers
/// or between lanes, wherever the bit lies.
struct ConvertReduce : TilePattern<ReduceOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(ReduceOp op, Adaptor adaptor, Rewriter &rewriter) const override {
    ThreadCode code(rewriter, op.getLoc());
    Layout layout = Layout::of(op.getValue().getType());
    int64_t axis = op.getAxis();
    if (llvm::any_of(layout.warps, [&](const Coordinates &basis) { return basis[axis]; }))
      return op.emitOpError("expected a reduction within a warp");
    SmallVector<std::pair<int32_t, std::pair<bool, int64_t>>> bits; // coordinate, is lane, bit
    for (auto [i, basis] : llvm::enumerate(layout.registers))
      if (basis[axis])
        bits.push_back({basis[axis], {false, i}});
    for (auto [i, basis] : llvm::enumerate(layout.lanes))
      if (basis[axis])
        bits.push_back({basis[axis], {true, i}});
    llvm::sort(bits, std::greater<>());
    SmallVector<Value> values(adaptor.getValue());
    for (auto [coordinate, place] : bits) {
      auto [isLane, bit] = place;
      for (int64_t r = 0; r < layout.numRegisters(); ++r) {
        if (!values[r] || (!isLane && (r >> bit & 1)))
          continue;
        Value other = isLane ? fromLane(code, values[r], int64_t(1) << bit)
                             : values[r | int64_t(1) << bit];
        values[r] = combine(code, op.getKind(), values[r], other);
        if (!isLane)
          values[r | int64_t(1) << bit] = Value();
      }
    }
    llvm::erase(values, Value()); // what is left is in the order of the sliced layout
    replaceByRegisters(rewriter, op, values);
    return success();
  }
};

/// One chain of fused multiply-adds for each result.
struct ConvertDot : TilePattern<DotOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(DotOp op, Adaptor adaptor, Rewriter &rewriter) const override {
    Layout own = Layout::of(op.getType()), a = Layout::of(op.getA().getType()),
           b = Layout::of(op.getB().getType());
    if (op.getTransposeA())
      a = a.transposed();
    if (op.getTransposeB())
      b = b.transposed();
    SmallVector<Value> sums(adaptor.getAcc());
    Type type = getElementTypeOrSelf(op.getType());
    auto widened = [&](Value x) -> Value {
      return x.getType() == type ? x : arith::ExtFOp::create(rewriter, op.getLoc(), type, x).getResult();
    };
    for (int32_t k = 0; k < op.getInner(); ++k)
      for (auto [r, sum] : llvm::enumerate(sums)) {
        Coordinates at = own.ofRegister(r);
        sum = math::FmaOp::create(rewriter, op.getLoc(), widened(adaptor.getA()[a.registerAt({at[0], k})]),
                                  widened(adaptor.getB()[b.registerAt({k, at[1]})]), sum);
      }
    replaceByRegisters(rewriter, op, sums);
    return success();
  }
};

/// MUFU.EX2, without the steps around it that keep subnormal results.
struct ConvertApproximateExp2 : OpConversionPattern<math::Exp2Op> {
  ConvertApproximateExp2(TypeConverter &converter, MLIRContext *context)
      : OpConversionPattern(converter, context, /*benefit=*/2) {}
  LogicalResult matchAndRewrite(math::Exp2Op op, OneToNOpAdaptor adaptor,
                                ConversionPatternRewriter &rewriter) const override {
    bool isApproximate = bitEnumContainsAny(op.getFastmath(), arith::FastMathFlags::afn);
    if (!isApproximate || !getLayout(op.getType()) || !getElementTypeOrSelf(op.getType()).isF32())
      return rewriter.notifyMatchFailure(op, "not approximate");
    SmallVector<Value> registers;
    for (Value x : adaptor.getOperand())
      registers.push_back(LLVM::CallIntrinsicOp::create(rewriter, op.getLoc(), rewriter.getF32Type(),
                                                        rewriter.getStringAttr("llvm.nvvm.ex2.approx.ftz"), x)
                              .getResult(0));
    replaceByRegisters(rewriter, op, registers);
    return success();
  }
};

} // namespace

void weft::populateRegisterPatterns(TypeConverter &converter, RewritePatternSet &patterns) {
  patterns.add<ConvertElementwise, ConvertConstant, ConvertSplat, ConvertIota, ConvertBroadcast, ConvertTranspose,
               ConvertConvertLayout, ConvertConcat, ConvertReduce, ConvertDot, ConvertApproximateExp2>(
      converter, patterns.getContext());
}
