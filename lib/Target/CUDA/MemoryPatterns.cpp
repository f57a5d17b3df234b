// Buffers in the code of one thread.
#include "TilePatterns.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace weft;
using namespace weft::tile;

static int64_t bytesOf(Type element) { return element.getIntOrFloatBitWidth() / 8; }

static Value inFull(ThreadCode &code, Value number) {
  Type i64 = code.b.getI64Type();
  if (isa<IndexType>(number.getType()))
    return code.make<arith::IndexCastOp>(i64, number);
  return code.make<arith::ExtUIOp>(i64, number);
}

// ---- tiles in buffers

BufferTile::BufferTile(ThreadCode &code, MemRefType type, Value buffer, ArrayRef<Value> indices, Value end,
                       const Layout &layout, bool inBounds, std::optional<int64_t> alignment)
    : code(code), type(type), buffer(buffer), end(end ? inFull(code, end) : Value()), layout(layout), inBounds(inBounds),
      leading(type.getRank() - layout.rank),
      runLength(std::min(layout.run(), alignment.value_or(elementBytes()) / elementBytes())),
      strides(type.getStridesAndOffset().first) {
  Value offset = constant(0);
  for (auto [d, index] : llvm::enumerate(indices)) {
    Value place = inFull(code, index);
    if (static_cast<int64_t>(d) >= leading) {
      Value own = inFull(code, code.coordinate(layout, d - leading).base);
      place = code.make<arith::AddIOp>(place, own);
      starts.push_back(place);
    }
    offset = code.make<arith::AddIOp>(
        offset, code.make<arith::MulIOp>(place, constant(strides[d] * elementBytes())));
  }
  first = code.pointerPlus(buffer, offset);
}

Value BufferTile::pointer(int64_t number) {
  int64_t bytes = 0;
  for (auto [d, coordinate] : llvm::enumerate(layout.ofRegister(number)))
    bytes += coordinate * strides[leading + d] * elementBytes();
  Value pointer = code.pointerPlus(first, bytes), inside = isInside(number);
  return inside ? code.make<arith::SelectOp>(inside, pointer, buffer) : pointer;
}

Value BufferTile::isInside(int64_t number) {
  Value result;
  for (auto [d, coordinate] : llvm::enumerate(layout.ofRegister(number))) {
    bool endsEarlier = d == 0 && end;
    if (inBounds && !endsEarlier)
      continue;
    Value place = code.make<arith::AddIOp>(starts[d], constant(coordinate));
    Value inside = code.make<arith::CmpIOp>(arith::CmpIPredicate::slt, place,
                                            endsEarlier ? end : constant(type.getDimSize(leading + d)));
    result = result ? code.make<arith::AndIOp>(result, inside) : inside;
  }
  return result;
}

void weft::emitWhere(ThreadCode &code, Value condition, function_ref<void()> emit) {
  if (!condition)
    return emit();
  auto branch = scf::IfOp::create(code.b, code.loc, condition, /*withElseRegion=*/false);
  OpBuilder::InsertionGuard guard(code.b);
  code.b.setInsertionPointToStart(branch.thenBlock());
  emit();
}

namespace {

// What lies outside reads as 0: from a place that is inside, and then not taken.
struct ConvertLoad : TilePattern<LoadOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(LoadOp op, Adaptor adaptor, Rewriter &rewriter) const override {
    ThreadCode code(rewriter, op.getLoc());
    Layout layout = Layout::of(op.getType());
    Type element = op.getSource().getType().getElementType();
    BufferTile place(code, op, op.getSource().getType(), adaptor.getSource(), adaptor.getIndices(), adaptor.getEnd(), layout);
    SmallVector<Value> registers;
    Value zero = code.make<arith::ConstantOp>(rewriter.getZeroAttr(element));
    for (int64_t r = 0; r < layout.numRegisters(); r += place.run()) {
      Value inside = place.isInside(r);
      for (Value loaded : code.load(element, place.pointer(r), place.run()))
        registers.push_back(inside ? code.make<arith::SelectOp>(inside, loaded, zero) : loaded);
    }
    replaceByRegisters(rewriter, op, registers);
    return success();
  }
};

struct ConvertStore : TilePattern<StoreOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(StoreOp op, Adaptor adaptor, Rewriter &rewriter) const override {
    ThreadCode code(rewriter, op.getLoc());
    Layout layout = Layout::of(op.getValue().getType());
    ValueRange values = adaptor.getValue();
    emitWhere(code, code.isOwner(layout), [&] {
      BufferTile place(code, op, op.getDest().getType(), adaptor.getDest(), adaptor.getIndices(), adaptor.getEnd(), layout);
      for (int64_t r = 0; r < layout.numRegisters(); r += place.run())
        emitWhere(code, place.isInside(r),
                  [&] { code.store(values.slice(r, place.run()), place.pointer(r)); });
    });
    rewriter.eraseOp(op);
    return success();
  }
};

Value scalarPointer(ThreadCode &code, MemRefType type, Value buffer, ArrayRef<Value> indices) {
  SmallVector<int64_t> strides = type.getStridesAndOffset().first;
  int64_t bytes = bytesOf(type.getElementType());
  for (auto [index, stride] : llvm::zip(indices, strides))
    buffer = code.pointerPlus(
        buffer, code.make<arith::MulIOp>(
                    inFull(code, index),
                    code.make<arith::ConstantIntOp>(code.b.getI64Type(), stride * bytes)));
  return buffer;
}

struct ConvertScalarLoad : TilePattern<memref::LoadOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(memref::LoadOp op, Adaptor adaptor,
                                Rewriter &rewriter) const override {
    ThreadCode code(rewriter, op.getLoc());
    Value pointer = scalarPointer(code, op.getMemRefType(), adaptor.getMemref().front(),
                                  firstOfEach(adaptor.getIndices()));
    rewriter.replaceOpWithNewOp<LLVM::LoadOp>(op, op.getType(), pointer, bytesOf(op.getType()));
    return success();
  }
};

// All threads have the scalars of their program; one of them writes.
struct ConvertScalarStore : TilePattern<memref::StoreOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(memref::StoreOp op, Adaptor adaptor,
                                Rewriter &rewriter) const override {
    ThreadCode code(rewriter, op.getLoc());
    Value value = adaptor.getValue().front();
    emitWhere(code, code.isFirst(), [&] {
      Value pointer = scalarPointer(code, op.getMemRefType(), adaptor.getMemref().front(),
                                    firstOfEach(adaptor.getIndices()));
      LLVM::StoreOp::create(rewriter, op.getLoc(), value, pointer, bytesOf(value.getType()));
    });
    rewriter.eraseOp(op);
    return success();
  }
};

} // namespace

void weft::populateMemoryPatterns(TypeConverter &converter, RewritePatternSet &patterns) {
  patterns.add<ConvertLoad, ConvertStore, ConvertScalarLoad, ConvertScalarStore>(converter,
                                                                                patterns.getContext());
}
