// Memory in the code of one thread: buffers, and what a program's threads share.
#include "TilePatterns.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace weft;
using namespace weft::tile;

namespace {

int64_t bytesOf(Type element) { return element.getIntOrFloatBitWidth() / 8; }

Value inFull(ThreadCode &code, Value number) {
  Type i64 = code.b.getI64Type();
  if (isa<IndexType>(number.getType()))
    return code.make<arith::IndexCastOp>(i64, number);
  return code.make<arith::ExtUIOp>(i64, number);
}

/// Where the registers of a tile lie in a buffer, and which of them are inside.
class BufferTile {
public:
  BufferTile(ThreadCode &code, MemRefType type, Value buffer, ArrayRef<Value> indices,
             const Layout &layout, bool inBounds)
      : code(code), type(type), buffer(buffer), layout(layout), inBounds(inBounds),
        leading(type.getRank() - layout.rank) {
    strides = type.getStridesAndOffset().first;
    Value offset = code.make<arith::ConstantIntOp>(code.b.getI64Type(), 0);
    for (auto [d, index] : llvm::enumerate(indices)) {
      Value place = inFull(code, index);
      if (static_cast<int64_t>(d) >= leading) {
        starts.push_back(code.make<arith::AddIOp>(
            place, inFull(code, code.coordinate(layout, d - leading).base)));
        place = starts.back();
      }
      offset = code.make<arith::AddIOp>(offset, code.make<arith::MulIOp>(place, constant(strides[d] * elementBytes())));
    }
    first = code.pointerPlus(buffer, offset);
  }

  /// The pointer of a register; the buffer's first element where it lies outside.
  Value pointer(int64_t number) {
    int64_t bytes = 0;
    for (auto [d, coordinate] : llvm::enumerate(layout.ofRegister(number)))
      bytes += coordinate * strides[leading + d] * elementBytes();
    return code.pointerPlus(first, bytes);
  }

  /// Whether a register lies inside; null if all do.
  Value isInside(int64_t number) {
    Value result;
    for (auto [d, coordinate] : llvm::enumerate(layout.ofRegister(number))) {
      if (inBounds)
        break;
      Value place = code.make<arith::AddIOp>(starts[d], constant(coordinate));
      Value inside = code.make<arith::CmpIOp>(arith::CmpIPredicate::slt, place,
                                              constant(type.getDimSize(leading + d)));
      result = result ? code.make<arith::AndIOp>(result, inside) : inside;
    }
    return result;
  }

private:
  int64_t elementBytes() const { return bytesOf(type.getElementType()); }
  Value constant(int64_t value) {
    return code.make<arith::ConstantIntOp>(code.b.getI64Type(), value);
  }

  ThreadCode &code;
  MemRefType type;
  Value buffer, first;
  Layout layout;
  bool inBounds;
  int64_t leading;
  SmallVector<int64_t> strides;
  SmallVector<Value> starts; // of this thread, in the dimensions of the tile
};

SmallVector<Value> firstOfEach(ArrayRef<ValueRange> values) {
  return llvm::map_to_vector(values, [](ValueRange range) { return range.front(); });
}

// What lies outside reads as 0: from a place that is inside, and then not taken.
struct ConvertLoad : TilePattern<LoadOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(LoadOp op, Adaptor adaptor, Rewriter &rewriter) const override {
    ThreadCode code(rewriter, op.getLoc());
    Layout layout = Layout::of(op.getType());
    Type element = op.getSource().getType().getElementType();
    Value buffer = adaptor.getSource().front();
    BufferTile place(code, op.getSource().getType(), buffer, firstOfEach(adaptor.getIndices()),
                     layout, op.getInBounds());
    SmallVector<Value> registers;
    Value zero = code.make<arith::ConstantOp>(rewriter.getZeroAttr(element));
    for (int64_t r = 0; r < layout.numRegisters(); ++r) {
      Value pointer = place.pointer(r), inside = place.isInside(r);
      if (inside)
        pointer = code.make<arith::SelectOp>(inside, pointer, buffer);
      Value loaded = code.make<LLVM::LoadOp>(element, pointer, bytesOf(element));
      registers.push_back(inside ? code.make<arith::SelectOp>(inside, loaded, zero) : loaded);
    }
    replaceByRegisters(rewriter, op, registers);
    return success();
  }
};

/// Emits into a branch that only runs where a condition holds; at once without one.
void emitWhere(ThreadCode &code, Value condition, function_ref<void()> emit) {
  if (!condition)
    return emit();
  auto branch = scf::IfOp::create(code.b, code.loc, condition, /*withElseRegion=*/false);
  OpBuilder::InsertionGuard guard(code.b);
  code.b.setInsertionPointToStart(branch.thenBlock());
  emit();
}

struct ConvertStore : TilePattern<StoreOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(StoreOp op, Adaptor adaptor, Rewriter &rewriter) const override {
    ThreadCode code(rewriter, op.getLoc());
    Layout layout = Layout::of(op.getValue().getType());
    Type element = op.getDest().getType().getElementType();
    emitWhere(code, code.isOwner(layout), [&] {
      BufferTile place(code, op.getDest().getType(), adaptor.getDest().front(),
                       firstOfEach(adaptor.getIndices()), layout, op.getInBounds());
      for (auto [r, value] : llvm::enumerate(adaptor.getValue())) {
        Value pointer = place.pointer(r);
        emitWhere(code, place.isInside(r), [&, value = value] {
          LLVM::StoreOp::create(rewriter, op.getLoc(), value, pointer, bytesOf(element));
        });
      }
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

// ---- shared memory

constexpr llvm::StringLiteral kSharedSymbol = "weft_shared";

struct ConvertAllocShared : TilePattern<AllocSharedOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(AllocSharedOp op, Adaptor, Rewriter &rewriter) const override {
    if (!op.getOffset())
      return op.emitOpError("expected an offset: run weft-allocate-shared first");
    auto module = op->getParentOfType<gpu::GPUModuleOp>();
    if (!module.lookupSymbol(kSharedSymbol)) {
      OpBuilder::InsertionGuard guard(rewriter);
      rewriter.setInsertionPointToStart(module.getBody());
      // The size goes to the launch.
      LLVM::GlobalOp::create(rewriter, op.getLoc(),
                             LLVM::LLVMArrayType::get(rewriter.getI8Type(), 0),
                             /*isConstant=*/false, LLVM::Linkage::External, kSharedSymbol,
                             Attribute(), /*alignment=*/1024, /*addrSpace=*/3);
    }
    ThreadCode code(rewriter, op.getLoc());
    Value base = code.make<LLVM::AddressOfOp>(
        LLVM::LLVMPointerType::get(getContext(), 3), kSharedSymbol);
    rewriter.replaceOp(op, code.pointerPlus(base, *op.getOffset()));
    return success();
  }
};

/// Where the registers of a tile lie in a shared buffer.
class SharedTile {
public:
  SharedTile(ThreadCode &code, MemRefType type, Value buffer, const Layout &layout,
             ArrayRef<Value> indices = {})
      : code(code), type(type), layout(layout), buffer(buffer), thread(code.shared(layout, type)) {
    for (auto [d, index] : llvm::enumerate(indices)) {
      SmallVector<int64_t> bases;
      for (int32_t bit = 1; bit < type.getDimSize(d); bit *= 2) {
        Coordinates basis(type.getRank(), 0);
        basis[d] = bit;
        bases.push_back(getSharedOffset(type, basis));
        thread.bits |= bases.back();
      }
      Value number = code.make<arith::IndexCastOp>(code.b.getI32Type(), index);
      thread.base = code.linear(number, bases, thread.base);
    }
  }

  Value pointer(int64_t number) {
    Value bytes = code.plus(thread, getSharedOffset(type, layout.ofRegister(number)));
    return code.pointerPlus(buffer, bytes);
  }

private:
  ThreadCode &code;
  MemRefType type;
  Layout layout;
  Value buffer;
  ThreadOffset thread;
};

struct ConvertLocalLoad : TilePattern<LocalLoadOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(LocalLoadOp op, Adaptor adaptor,
                                Rewriter &rewriter) const override {
    ThreadCode code(rewriter, op.getLoc());
    Layout layout = Layout::of(op.getType());
    auto type = cast<MemRefType>(op.getSource().getType());
    SharedTile place(code, type, adaptor.getSource().front(), layout,
                     firstOfEach(adaptor.getIndices()));
    SmallVector<Value> registers;
    for (int64_t r = 0; r < layout.numRegisters(); ++r)
      registers.push_back(code.make<LLVM::LoadOp>(type.getElementType(), place.pointer(r),
                                                  bytesOf(type.getElementType())));
    replaceByRegisters(rewriter, op, registers);
    return success();
  }
};

struct ConvertLocalStore : TilePattern<LocalStoreOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(LocalStoreOp op, Adaptor adaptor,
                                Rewriter &rewriter) const override {
    ThreadCode code(rewriter, op.getLoc());
    Layout layout = Layout::of(op.getValue().getType());
    auto type = cast<MemRefType>(op.getDest().getType());
    emitWhere(code, code.isOwner(layout), [&] {
      SharedTile place(code, type, adaptor.getDest().front(), layout);
      for (auto [r, value] : llvm::enumerate(adaptor.getValue()))
        LLVM::StoreOp::create(rewriter, op.getLoc(), value, place.pointer(r),
                              bytesOf(type.getElementType()));
    });
    rewriter.eraseOp(op);
    return success();
  }
};

struct ConvertBarrier : TilePattern<BarrierOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(BarrierOp op, Adaptor, Rewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<gpu::BarrierOp>(op);
    return success();
  }
};

} // namespace

void weft::populateMemoryPatterns(TypeConverter &converter, RewritePatternSet &patterns) {
  patterns.add<ConvertLoad, ConvertStore, ConvertScalarLoad, ConvertScalarStore, ConvertAllocShared,
               ConvertLocalLoad, ConvertLocalStore, ConvertBarrier>(converter,
                                                                    patterns.getContext());
}
