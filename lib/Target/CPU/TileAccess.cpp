// Loads and stores of tiles and scalars, on plain pointers with static strides folded into
// addresses.
#include "TileAccess.h"

#include "dialects/Tile/Tile.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace {

/// Emits the accesses of one op to one buffer. Unless it is `inBounds`, a tile may stick out, even
/// as a whole. `end`: where its rows end, if not where the buffer's do.
class Access {
public:
  Access(OpBuilder &builder, Location loc, MemRefType type, Value pointer, ValueRange indices,
         bool inBounds, Value end = Value())
      : builder(builder), loc(loc), type(type), pointer(pointer), indices(indices),
        inBounds(inBounds), end(end) {
    int64_t offset = 0;
    if (failed(type.getStridesAndOffset(strides, offset)))
      llvm_unreachable("the verifier of tile.kernel asks for strides");
  }

  Value loadScalar() {
    return LLVM::LoadOp::create(builder, loc, type.getElementType(), address(), alignment());
  }
  void prefetch(memref::PrefetchOp op) {
    LLVM::Prefetch::create(builder, loc, address(), op.getIsWrite(), op.getLocalityHint(),
                           op.getIsDataCache());
  }
  void storeScalar(Value value) {
    LLVM::StoreOp::create(builder, loc, value, address(), alignment());
  }

  Value load(VectorType tile) {
    if (tile.getRank() == 1)
      return loadRow(tile, Value());
    VectorType row = VectorType::Builder(tile).dropDim(0);
    Value result = zero(tile);
    forRows(tile, [&](int64_t r, Value exists) {
      result = vector::InsertOp::create(builder, loc, loadRow(row, exists), result, r);
    });
    return result;
  }

  void store(Value value) {
    auto tile = cast<VectorType>(value.getType());
    if (tile.getRank() == 1)
      return storeRow(value, Value());
    forRows(tile, [&](int64_t r, Value exists) {
      storeRow(vector::ExtractOp::create(builder, loc, value, r), exists);
    });
  }

private:
  unsigned alignment() const { return type.getElementTypeBitWidth() / 8; }
  int64_t lastStride() const { return strides.back(); }

  /// An address of nothing must not claim to point into the buffer.
  LLVM::GEPNoWrapFlags noWrap() const {
    return inBounds && !end ? LLVM::GEPNoWrapFlags::inbounds : LLVM::GEPNoWrapFlags::none;
  }

  Value index(int64_t value) { return arith::ConstantIndexOp::create(builder, loc, value); }
  Value zero(VectorType vector) {
    return arith::ConstantOp::create(builder, loc, builder.getZeroAttr(vector));
  }

  /// The address of the element at the indices.
  Value address() {
    constexpr auto nsw = arith::IntegerOverflowFlags::nsw;
    Value sum;
    for (auto [i, stride] : llvm::zip_equal(indices, strides)) {
      Value term =
          stride == 1 ? i : builder.createOrFold<arith::MulIOp>(loc, i, index(stride), nsw);
      sum = sum ? builder.createOrFold<arith::AddIOp>(loc, sum, term, nsw) : term;
    }
    if (!sum)
      return pointer;
    Value offset = arith::IndexCastOp::create(builder, loc, builder.getI64Type(), sum);
    return LLVM::GEPOp::create(builder, loc, pointer.getType(), type.getElementType(), pointer,
                               ValueRange(offset), noWrap());
  }

  /// The address of each lane of a row whose stride is not 1.
  Value laneAddresses(VectorType row) {
    SmallVector<int64_t> offsets;
    for (int64_t lane = 0; lane < row.getNumElements(); ++lane)
      offsets.push_back(lane * lastStride());
    auto offsetType = row.clone(builder.getI64Type());
    Value offset = arith::ConstantOp::create(
        builder, loc, DenseElementsAttr::get(offsetType, ArrayRef<int64_t>(offsets)));
    return LLVM::GEPOp::create(builder, loc, row.clone(pointer.getType()), type.getElementType(),
                               address(), ValueRange(offset), noWrap());
  }

  /// Calls `emit` with the indices at each row of a tile and, unless all exist, whether it does.
  void forRows(VectorType tile, function_ref<void(int64_t, Value)> emit) {
    size_t dim = indices.size() - 2;
    Value first = indices[dim];
    for (int64_t r = 0; r < tile.getDimSize(0); ++r) {
      indices[dim] = builder.createOrFold<arith::AddIOp>(loc, first, index(r));
      Value exists;
      if (end || !inBounds)
        exists = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt, indices[dim],
                                       end ? end : index(type.getDimSize(dim)));
      emit(r, exists);
    }
    indices[dim] = first;
  }

  /// Which lanes of a row exist; no lane where the row itself does not.
  Value mask(VectorType row, Value exists) {
    auto maskType = row.clone(builder.getI1Type());
    if (inBounds && !exists)
      return arith::ConstantOp::create(builder, loc, DenseElementsAttr::get(maskType, true));
    Value count = inBounds ? index(row.getNumElements())
                           : builder.createOrFold<arith::SubIOp>(loc, index(type.getShape().back()), indices.back());
    if (exists)
      count = arith::SelectOp::create(builder, loc, exists, count, index(0));
    return vector::CreateMaskOp::create(builder, loc, maskType, count);
  }

  Value loadRow(VectorType row, Value exists) {
    if (lastStride() != 1)
      return LLVM::masked_gather::create(builder, loc, row, laneAddresses(row), mask(row, exists),
                                         zero(row), alignment());
    if (inBounds && !exists)
      return LLVM::LoadOp::create(builder, loc, row, address(), alignment());
    return LLVM::MaskedLoadOp::create(builder, loc, row, address(), mask(row, exists), zero(row),
                                      alignment());
  }

  void storeRow(Value value, Value exists) {
    auto row = cast<VectorType>(value.getType());
    if (lastStride() != 1)
      LLVM::masked_scatter::create(builder, loc, value, laneAddresses(row), mask(row, exists),
                                   alignment());
    else if (inBounds && !exists)
      LLVM::StoreOp::create(builder, loc, value, address(), alignment());
    else
      LLVM::MaskedStoreOp::create(builder, loc, value, address(), mask(row, exists), alignment());
  }

  OpBuilder &builder;
  Location loc;
  MemRefType type;
  Value pointer;
  SmallVector<Value> indices;
  bool inBounds;
  Value end;
  SmallVector<int64_t> strides;
};

struct LowerLoad : OpConversionPattern<weft::tile::LoadOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(weft::tile::LoadOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &rewriter) const override {
    auto tile = dyn_cast_or_null<VectorType>(getTypeConverter()->convertType(op.getType()));
    if (!tile)
      return rewriter.notifyMatchFailure(op, "the tile is no vector");
    Access access(rewriter, op.getLoc(), op.getSource().getType(), adaptor.getSource(),
                  adaptor.getIndices(), op.getInBounds(), adaptor.getEnd());
    rewriter.replaceOp(op, access.load(tile));
    return success();
  }
};

struct LowerStore : OpConversionPattern<weft::tile::StoreOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(weft::tile::StoreOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &rewriter) const override {
    Access access(rewriter, op.getLoc(), op.getDest().getType(), adaptor.getDest(),
                  adaptor.getIndices(), op.getInBounds(), adaptor.getEnd());
    access.store(adaptor.getValue());
    rewriter.eraseOp(op);
    return success();
  }
};

struct LowerScalarLoad : OpConversionPattern<memref::LoadOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(memref::LoadOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &rewriter) const override {
    Access access(rewriter, op.getLoc(), op.getMemRefType(), adaptor.getMemref(),
                  adaptor.getIndices(), /*inBounds=*/true);
    rewriter.replaceOp(op, access.loadScalar());
    return success();
  }
};

/// What is fetched ahead may lie behind the buffer's end.
struct LowerPrefetch : OpConversionPattern<memref::PrefetchOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(memref::PrefetchOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &rewriter) const override {
    Access(rewriter, op.getLoc(), op.getMemRefType(), adaptor.getMemref(), adaptor.getIndices(),
           /*inBounds=*/false)
        .prefetch(op);
    rewriter.eraseOp(op);
    return success();
  }
};

struct LowerScalarStore : OpConversionPattern<memref::StoreOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(memref::StoreOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &rewriter) const override {
    Access access(rewriter, op.getLoc(), op.getMemRefType(), adaptor.getMemref(),
                  adaptor.getIndices(), /*inBounds=*/true);
    access.storeScalar(adaptor.getValue());
    rewriter.eraseOp(op);
    return success();
  }
};

} // namespace

void weft::populateTileAccessPatterns(TypeConverter &converter, RewritePatternSet &patterns) {
  patterns.add<LowerLoad, LowerStore, LowerScalarLoad, LowerPrefetch, LowerScalarStore>(converter,
                                                                         patterns.getContext());
}
