// weft-insert-barriers: from hazards on bytes of shared memory.
#include "LoopRounds.h"
#include "dialects/Tile/Layout.h"
#include "weft/Target/CUDA/Passes.h"

#include <set>

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_INSERTBARRIERS
#include "weft/Target/CUDA/Passes.h.inc"

using namespace tile;

namespace {

using Span = std::pair<int64_t, int64_t>; // bytes [first, second)

Span spanOf(Value buffer) {
  auto op = buffer.getDefiningOp<AllocSharedOp>();
  auto type = cast<MemRefType>(op.getType());
  int64_t offset = *op.getOffset();
  return {offset, offset + type.getNumElements() * type.getElementTypeBitWidth() / 8};
}

/// What threads may have read and written since the last barrier, and what copies on their way write.
struct Accesses {
  std::set<Span> reads, writes, copies;

  void clear() { reads.clear(), writes.clear(); }
  void join(const Accesses &other) {
    reads.insert(other.reads.begin(), other.reads.end());
    writes.insert(other.writes.begin(), other.writes.end());
    copies.insert(other.copies.begin(), other.copies.end());
  }
  /// What a thread waits for was written by nobody else, and is seen by nobody else yet.
  void arrive(int64_t pending) {
    writes.insert(copies.begin(), copies.end());
    if (pending == 0)
      copies.clear();
  }
  static bool meets(const std::set<Span> &spans, Span span) {
    return llvm::any_of(spans, [&](const Span &other) {
      return span.first < other.second && other.first < span.second;
    });
  }
};

/// The shared buffers that an op reads.
SmallVector<Value, 2> buffersReadBy(Operation &op) {
  SmallVector<Value, 2> buffers;
  if (auto load = dyn_cast<LocalLoadOp>(op))
    buffers.push_back(load.getSource());
  else if (auto product = dyn_cast<WarpgroupDotOp>(op))
    for (Value operand : {Value(product.getA()), Value(product.getB())})
      if (isa<MemRefType>(operand.getType()))
        buffers.push_back(operand);
  return buffers;
}

struct InsertBarriersPass : impl::InsertBarriersBase<InsertBarriersPass> {
  void runOnOperation() override {
    KernelOp kernel = getOperation();
    WalkResult placed = kernel.walk([&](AllocSharedOp op) {
      return op.getOffset() ? WalkResult::advance() : WalkResult::interrupt();
    });
    if (placed.wasInterrupted()) {
      kernel.emitError("expected shared buffers with offsets: run weft-allocate-shared first");
      return signalPassFailure();
    }
    Accesses since;
    if (failed(follow(kernel.getBody().front(), since)))
      signalPassFailure();
  }

  static bool readsWhatWasWritten(scf::ForOp loop, const Accesses &since) {
    bool writes = false, reads = false;
    loop.walk([&](Operation *op) {
      writes |= isa<LocalStoreOp, AsyncCopyOp, WaitOp>(op);
      for (Value buffer : buffersReadBy(*op))
        reads |= Accesses::meets(since.writes, spanOf(buffer));
    });
    return reads && !writes;
  }

  /// Whether an access, which this notes, must wait for what others did.
  static bool mustWait(Operation &op, const Accesses &since) {
    for (Value buffer : buffersReadBy(op))
      if (Accesses::meets(since.writes, spanOf(buffer)))
        return true;
    auto store = dyn_cast<LocalStoreOp>(op);
    auto copy = dyn_cast<AsyncCopyOp>(op);
    if (!store && !copy)
      return false;
    Span span = spanOf(store ? store.getDest() : copy.getDest());
    return Accesses::meets(since.reads, span) || Accesses::meets(since.writes, span);
  }

  static void note(Operation &op, Accesses &since) {
    for (Value buffer : buffersReadBy(op))
      since.reads.insert(spanOf(buffer));
    if (isa<BarrierOp>(op))
      since.clear();
    else if (auto store = dyn_cast<LocalStoreOp>(op))
      since.writes.insert(spanOf(store.getDest()));
    else if (auto copy = dyn_cast<AsyncCopyOp>(op))
      since.copies.insert(spanOf(copy.getDest()));
    else if (auto wait = dyn_cast<WaitOp>(op))
      since.arrive(wait.getPending());
  }

  static LogicalResult follow(Block &block, Accesses &since) {
    for (Operation &op : llvm::make_early_inc_range(block)) {
      auto wait = [&] {
        OpBuilder b(&op);
        BarrierOp::create(b, op.getLoc());
        since.clear();
      };
      if (auto loop = dyn_cast<scf::ForOp>(op)) {
        // A loop that only reads waits once, in front of it.
        if (readsWhatWasWritten(loop, since))
          wait();
        if (failed(followRounds(loop, since)))
          return failure();
      } else if (auto branch = dyn_cast<scf::IfOp>(op)) {
        // Not all threads may come by: they wait in front.
        WalkResult found = branch.walk([&](Operation *inner) {
          return mustWait(*inner, since) ? WalkResult::interrupt() : WalkResult::advance();
        });
        if (found.wasInterrupted())
          wait();
        if (failed(followBranch(branch, since)))
          return failure();
      } else {
        if (mustWait(op, since))
          wait();
        note(op, since);
      }
    }
    return success();
  }

  /// A second time with what the first leaves behind: the next round.
  static LogicalResult followRounds(scf::ForOp loop, Accesses &since) {
    Accesses inside = since;
    for (int round = 0; round < (hasOneRoundAtMost(loop) ? 1 : 2); ++round)
      if (failed(follow(*loop.getBody(), inside)))
        return failure();
    // No round at all keeps what was before.
    if (!hasRounds(loop))
      inside.join(since);
    since = inside;
    return success();
  }

  static LogicalResult followBranch(scf::IfOp branch, Accesses &since) {
    WalkResult result = branch.walk([&](Operation *op) {
      if (mustWait(*op, since))
        return op->emitOpError("meets another access to shared memory in its branch, where threads cannot wait"),
               WalkResult::interrupt();
      note(*op, since);
      return WalkResult::advance();
    });
    return failure(result.wasInterrupted());
  }
};

} // namespace
} // namespace weft
