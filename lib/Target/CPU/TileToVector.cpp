// weft-tile-to-vector: kernels become functions on pointers, tiles become vectors.
#include "TileAccess.h"
#include "weft/Target/CPU/Passes.h"

#include "dialects/Tile/Tile.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/Patterns.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include <numeric>

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_TILETOVECTOR
#include "weft/Target/CPU/Passes.h.inc"

namespace {

// ---- the frame

/// The buffers behind the array of pointers, under their memref types until accesses are lowered.
SmallVector<Value> loadBuffers(OpBuilder &builder, tile::KernelOp kernel, Value args) {
  auto pointer = LLVM::LLVMPointerType::get(builder.getContext());
  SmallVector<Value> buffers;
  for (auto [i, type] : llvm::enumerate(kernel.getArgumentTypes())) {
    Location loc = kernel.getBody().getArgument(i).getLoc();
    Value place = LLVM::GEPOp::create(builder, loc, pointer, pointer, args,
                                      ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(i)},
                                      LLVM::GEPNoWrapFlags::inbounds);
    Value buffer = LLVM::LoadOp::create(builder, loc, pointer, place);
    buffers.push_back(UnrealizedConversionCastOp::create(builder, loc, type, buffer).getResult(0));
  }
  return buffers;
}

/// Moves the body of a kernel into a function with a loop over programs.
func::FuncOp buildFunction(tile::KernelOp kernel) {
  OpBuilder builder(kernel);
  Location loc = kernel.getLoc();
  Type pointer = LLVM::LLVMPointerType::get(builder.getContext()), i64 = builder.getI64Type();
  auto function = func::FuncOp::create(builder, loc, kernel.getSymName(),
                                       builder.getFunctionType({pointer, i64, i64}, {}));
  Block *entry = function.addEntryBlock();
  builder.setInsertionPointToStart(entry);
  SmallVector<Value> buffers = loadBuffers(builder, kernel, entry->getArgument(0));
  Type index = builder.getIndexType();
  Value begin = arith::IndexCastOp::create(builder, loc, index, entry->getArgument(1));
  Value end = arith::IndexCastOp::create(builder, loc, index, entry->getArgument(2));
  Value one = arith::ConstantIndexOp::create(builder, loc, 1);
  auto programs = scf::ForOp::create(builder, loc, begin, end, one);
  func::ReturnOp::create(builder, loc);

  Block *body = &kernel.getBody().front();
  body->getTerminator()->erase();
  kernel.walk([&](tile::ProgramIdOp program) {
    program.replaceAllUsesWith(programs.getInductionVar());
    program.erase();
  });
  for (auto [argument, buffer] : llvm::zip_equal(body->getArguments(), buffers))
    argument.replaceAllUsesWith(buffer);
  // Scratch memory is that of a thread, not of a program.
  for (auto scratch : llvm::make_early_inc_range(body->getOps<memref::AllocaOp>()))
    scratch->moveBefore(programs);
  Block *loopBody = programs.getBody();
  loopBody->getOperations().splice(loopBody->begin(), body->getOperations());
  kernel.erase();
  return function;
}

// ---- tiles

/// Any elementwise op is the same op on vectors.
struct ConvertElementwise : ConversionPattern {
  ConvertElementwise(TypeConverter &converter, MLIRContext *context)
      : ConversionPattern(converter, MatchAnyOpTypeTag(), /*benefit=*/1, context) {}

  LogicalResult matchAndRewrite(Operation *op, ArrayRef<Value> operands,
                                ConversionPatternRewriter &rewriter) const override {
    if (!OpTrait::hasElementwiseMappableTraits(op))
      return rewriter.notifyMatchFailure(op, "not elementwise");
    SmallVector<Type> types;
    if (failed(getTypeConverter()->convertTypes(op->getResultTypes(), types)))
      return rewriter.notifyMatchFailure(op, "a result has no vector type");
    OperationState state(op->getLoc(), op->getName(), operands, types, op->getAttrs());
    rewriter.replaceOp(op, rewriter.create(state));
    return success();
  }
};

struct ConvertConstant : OpConversionPattern<arith::ConstantOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(arith::ConstantOp op, OpAdaptor,
                                ConversionPatternRewriter &rewriter) const override {
    auto vector = dyn_cast_or_null<VectorType>(getTypeConverter()->convertType(op.getType()));
    auto value = dyn_cast<DenseElementsAttr>(op.getValue());
    if (!vector || !value)
      return rewriter.notifyMatchFailure(op, "no constant tile");
    rewriter.replaceOpWithNewOp<arith::ConstantOp>(op, value.reshape(vector));
    return success();
  }
};

struct ConvertSplat : OpConversionPattern<tensor::SplatOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(tensor::SplatOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &rewriter) const override {
    Type vector = getTypeConverter()->convertType(op.getType());
    if (!vector)
      return rewriter.notifyMatchFailure(op, "the tile is no vector");
    rewriter.replaceOpWithNewOp<vector::BroadcastOp>(op, vector, adaptor.getInput());
    return success();
  }
};

struct ConvertIota : OpConversionPattern<tile::IotaOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(tile::IotaOp op, OpAdaptor,
                                ConversionPatternRewriter &rewriter) const override {
    auto type = getTypeConverter()->convertType<VectorType>(op.getType());
    SmallVector<int32_t> lanes(type.getNumElements());
    std::iota(lanes.begin(), lanes.end(), 0);
    rewriter.replaceOpWithNewOp<arith::ConstantOp>(
        op, DenseElementsAttr::get(type, ArrayRef<int32_t>(lanes)));
    return success();
  }
};

struct ConvertConcat : OpConversionPattern<tile::ConcatOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(tile::ConcatOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &rewriter) const override {
    auto type = getTypeConverter()->convertType<VectorType>(op.getType());
    Value joined =
        arith::ConstantOp::create(rewriter, op.getLoc(), type, rewriter.getZeroAttr(type));
    SmallVector<int64_t> offsets(type.getRank(), 0), strides(type.getRank(), 1);
    for (Value part : adaptor.getTiles()) {
      joined = vector::InsertStridedSliceOp::create(rewriter, op.getLoc(), part, joined, offsets, strides);
      offsets.back() += cast<VectorType>(part.getType()).getShape().back();
    }
    rewriter.replaceOp(op, joined);
    return success();
  }
};

/// A square is turned in log2(rows) rounds. Each takes the rows two by two, and puts the even elements
/// of both into a row of the first half, the odd ones into a row of the second. Every row is one
/// shuffle of two vectors; taken apart into elements, LLVM makes four times the instructions of it.
struct ConvertTranspose : OpConversionPattern<tile::TransposeOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(tile::TransposeOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &rewriter) const override {
    auto type = cast<VectorType>(adaptor.getValue().getType());
    int64_t rows = type.getDimSize(0);
    if (rows != type.getDimSize(1)) {
      rewriter.replaceOpWithNewOp<vector::TransposeOp>(op, adaptor.getValue(),
                                                       ArrayRef<int64_t>{1, 0});
      return success();
    }
    SmallVector<int64_t> even, odd;
    for (int64_t i = 0; i < rows; ++i) {
      even.push_back(2 * i);
      odd.push_back(2 * i + 1);
    }
    SmallVector<Value> now;
    for (int64_t i = 0; i < rows; ++i)
      now.push_back(vector::ExtractOp::create(rewriter, op.getLoc(), adaptor.getValue(), i));
    for (int64_t round = 1; round < rows; round *= 2) {
      SmallVector<Value> next;
      for (ArrayRef<int64_t> half : {ArrayRef(even), ArrayRef(odd)})
        for (int64_t i = 0; i < rows; i += 2)
          next.push_back(
              vector::ShuffleOp::create(rewriter, op.getLoc(), now[i], now[i + 1], half));
      now = next;
    }
    Value turned =
        arith::ConstantOp::create(rewriter, op.getLoc(), type, rewriter.getZeroAttr(type));
    for (auto [i, row] : llvm::enumerate(now))
      turned = vector::InsertOp::create(rewriter, op.getLoc(), row, turned, static_cast<int64_t>(i));
    rewriter.replaceOp(op, turned);
    return success();
  }
};

struct ConvertScratch : OpConversionPattern<memref::AllocaOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(memref::AllocaOp op, OpAdaptor,
                                ConversionPatternRewriter &rewriter) const override {
    auto pointer = LLVM::LLVMPointerType::get(getContext());
    Value count = LLVM::ConstantOp::create(rewriter, op.getLoc(), rewriter.getI64Type(),
                                           rewriter.getI64IntegerAttr(op.getType().getNumElements()));
    rewriter.replaceOpWithNewOp<LLVM::AllocaOp>(op, pointer, op.getType().getElementType(), count,
                                                op.getAlignment().value_or(64));
    return success();
  }
};

/// Halves the axis until one element is left: lower half with upper half.
struct ConvertReduce : OpConversionPattern<tile::ReduceOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(tile::ReduceOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    Value value = adaptor.getValue();
    int64_t axis = op.getAxis();
    while (cast<VectorType>(value.getType()).getDimSize(axis) > 1) {
      Value lower = takeHalf(rewriter, loc, value, axis, /*upper=*/false);
      Value upper = takeHalf(rewriter, loc, value, axis, /*upper=*/true);
      value = combine(rewriter, loc, op.getKind(), lower, upper);
    }
    auto type = cast<VectorType>(value.getType());
    if (type.getRank() == 1)
      rewriter.replaceOpWithNewOp<vector::ExtractOp>(op, value, 0);
    else
      rewriter.replaceOpWithNewOp<vector::ShapeCastOp>(
          op, VectorType(VectorType::Builder(type).dropDim(axis)), value);
    return success();
  }

  static Value takeHalf(OpBuilder &builder, Location loc, Value value, int64_t axis, bool upper) {
    SmallVector<int64_t> sizes(cast<VectorType>(value.getType()).getShape());
    SmallVector<int64_t> offsets(sizes.size(), 0), strides(sizes.size(), 1);
    sizes[axis] /= 2;
    offsets[axis] = upper ? sizes[axis] : 0;
    return vector::ExtractStridedSliceOp::create(builder, loc, value, offsets, sizes, strides);
  }

  static Value combine(OpBuilder &builder, Location loc, tile::ReductionKind kind, Value a,
                       Value b) {
    bool isFloat = isa<FloatType>(getElementTypeOrSelf(a));
    switch (kind) {
    case tile::ReductionKind::Add:
      return isFloat ? arith::AddFOp::create(builder, loc, a, b).getResult()
                     : arith::AddIOp::create(builder, loc, a, b).getResult();
    case tile::ReductionKind::Max:
      return isFloat ? arith::MaximumFOp::create(builder, loc, a, b).getResult()
                     : arith::MaxSIOp::create(builder, loc, a, b).getResult();
    }
    llvm_unreachable("unknown reduction");
  }
};

// ---- what LLVM is told

/// Lets products and sums become fused multiply-adds.
void allowContraction(func::FuncOp function) {
  auto contract = arith::FastMathFlags::contract;
  function.walk([&](arith::ArithFastMathInterface op) {
    // Conversions have flags only where they were given some.
    if (arith::FastMathFlagsAttr flags = op.getFastMathFlagsAttr())
      op->setAttr(op.getFastMathAttrName(),
                  arith::FastMathFlagsAttr::get(op.getContext(), flags.getValue() | contract));
  });
}

/// Keeps LLVM from unrolling loops over tiles. Their bodies are several registers wide already;
/// rows that were unrolled as a whole would go through the stack.
void keepLoops(func::FuncOp function) {
  MLIRContext *context = function.getContext();
  auto unroll = LLVM::LoopUnrollAttr::get(context, /*disable=*/BoolAttr::get(context, true), {}, {},
                                          {}, {}, {}, {});
  LLVM::LoopAnnotationAttr annotation = LLVM::LoopAnnotationAttr::get(
      context, {}, {}, {}, unroll, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {});
  function.walk([&](scf::ForOp loop) {
    if (loop->getParentOfType<scf::ForOp>())
      loop->setAttr(LLVM::LoopAnnotationAttr::getMnemonic(), annotation);
  });
}

// ---- the pass

void populateTypeConversions(TypeConverter &converter) {
  converter.addConversion([](Type type) { return type; });
  converter.addConversion([](RankedTensorType type) -> std::optional<Type> {
    if (!type.hasStaticShape() || type.getRank() == 0 || type.getRank() > 2)
      return Type();
    return VectorType::get(type.getShape(), type.getElementType());
  });
  converter.addConversion(
      [](MemRefType type) -> Type { return LLVM::LLVMPointerType::get(type.getContext()); });
  auto cast = [](OpBuilder &builder, Type type, ValueRange inputs, Location loc) -> Value {
    return UnrealizedConversionCastOp::create(builder, loc, type, inputs).getResult(0);
  };
  converter.addSourceMaterialization(cast);
  converter.addTargetMaterialization(cast);
}

struct TileToVector : impl::TileToVectorBase<TileToVector> {
  void runOnOperation() override {
    SmallVector<Operation *> functions;
    for (auto kernel : llvm::make_early_inc_range(getOperation().getOps<tile::KernelOp>()))
      functions.push_back(buildFunction(kernel));

    TypeConverter converter;
    populateTypeConversions(converter);
    RewritePatternSet patterns(&getContext());
    ConversionTarget target(getContext());
    patterns.add<ConvertElementwise, ConvertConstant, ConvertSplat, ConvertIota, ConvertConcat, ConvertReduce,
                 ConvertScratch, ConvertTranspose>(
        converter, &getContext());
    populateTileAccessPatterns(converter, patterns);
    scf::populateSCFStructuralTypeConversionsAndLegality(converter, patterns, target);
    target.addIllegalDialect<tile::TileDialect>();
    target.addLegalOp<UnrealizedConversionCastOp>();
    target.markUnknownOpDynamicallyLegal([&](Operation *op) { return converter.isLegal(op); });
    if (failed(applyPartialConversion(functions, target, std::move(patterns))))
      return signalPassFailure();
    for (Operation *function : functions) {
      allowContraction(cast<func::FuncOp>(function));
      keepLoops(cast<func::FuncOp>(function));
    }
  }
};

} // namespace
} // namespace weft
