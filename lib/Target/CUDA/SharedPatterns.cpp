// Shared memory in the code of one thread.
#include "SharedTile.h"
#include "Specialization.h"
#include "TilePatterns.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"

using namespace mlir;
using namespace weft;
using namespace weft::tile;

namespace {

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
    for (int64_t r = 0; r < layout.numRegisters(); r += place.run())
      llvm::append_range(registers, code.load(type.getElementType(), place.pointer(r), place.run()));
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
    ValueRange values = adaptor.getValue();
    emitWhere(code, code.isOwner(layout), [&] {
      SharedTile place(code, cast<MemRefType>(op.getDest().getType()), adaptor.getDest().front(), layout);
      for (int64_t r = 0; r < layout.numRegisters(); r += place.run())
        code.store(values.slice(r, place.run()), place.pointer(r));
    });
    rewriter.eraseOp(op);
    return success();
  }
};

// ---- copies

// What lies outside becomes 0: nothing is read, and all that is missing is filled. Only owners copy, as if they stored.
struct ConvertAsyncCopy : TilePattern<AsyncCopyOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(AsyncCopyOp op, Adaptor adaptor,
                                Rewriter &rewriter) const override {
    ThreadCode code(rewriter, op.getLoc());
    Layout layout = Layout::of(op.getLayout());
    int64_t element = op.getSource().getType().getElementTypeBitWidth() / 8;
    auto buffer = cast<MemRefType>(op.getDest().getType());
    emitWhere(code, code.isOwner(layout), [&] {
      BufferTile from(code, op, op.getSource().getType(), adaptor.getSource(), adaptor.getIndices(), adaptor.getEnd(), layout);
      SharedTile to(code, buffer, adaptor.getDest().front(), layout,
                    firstOfEach(adaptor.getDestIndices()));
      int64_t run = std::min(from.run(), to.run());
      for (int64_t r = 0; r < layout.numRegisters(); r += run)
        copy(code, from, to, r, run * element);
    });
    rewriter.eraseOp(op);
    return success();
  }

  /// Copies of 16 bytes pass the first-level cache by.
  static void copy(ThreadCode &code, BufferTile &from, SharedTile &to, int64_t number, int64_t bytes) {
    auto cache = bytes == 16 ? NVVM::LoadCacheModifierKind::CG : NVVM::LoadCacheModifierKind::CA;
    Value size, inside = from.isInside(number);
    if (inside)
      size = code.make<arith::SelectOp>(inside, code.number(bytes), code.number(0));
    NVVM::CpAsyncOp::create(code.b, code.loc, to.pointer(number), from.pointer(number),
                            code.b.getI32IntegerAttr(bytes),
                            NVVM::LoadCacheModifierKindAttr::get(code.b.getContext(), cache), size);
  }
};

struct ConvertCommit : TilePattern<CommitOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(CommitOp op, Adaptor, Rewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<NVVM::CpAsyncCommitGroupOp>(op);
    return success();
  }
};

struct ConvertWait : TilePattern<WaitOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(WaitOp op, Adaptor, Rewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<NVVM::CpAsyncWaitGroupOp>(op, op.getPending());
    return success();
  }
};

struct ConvertBarrier : TilePattern<BarrierOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(BarrierOp op, Adaptor, Rewriter &rewriter) const override {
    // Products of warpgroups read by another path, which sees what has passed this fence. They read behind a barrier only.
    if (op->getParentOfType<gpu::GPUFuncOp>()->hasAttr(kUsesWarpgroupsAttr))
      NVVM::FenceProxyOp::create(rewriter, op.getLoc(),
                                 NVVM::ProxyKindAttr::get(getContext(), NVVM::ProxyKind::async_shared),
                                 NVVM::SharedSpaceAttr::get(getContext(), NVVM::SharedSpace::shared_cta));
    rewriter.replaceOpWithNewOp<gpu::BarrierOp>(op);
    return success();
  }
};

} // namespace

void weft::populateSharedPatterns(TypeConverter &converter, RewritePatternSet &patterns) {
  patterns.add<ConvertAllocShared, ConvertLocalLoad, ConvertLocalStore, ConvertAsyncCopy, ConvertCommit,
               ConvertWait, ConvertBarrier>(converter, patterns.getContext());
}
