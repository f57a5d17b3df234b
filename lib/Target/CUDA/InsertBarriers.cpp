// weft-insert-barriers: from hazards on bytes of shared memory.
#include "dialects/Tile/Layout.h"
#include "weft/Target/CUDA/Passes.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

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

/// What threads may have read and written since the last barrier.
struct Accesses {
  std::set<Span> reads, writes;

  void clear() { reads.clear(), writes.clear(); }
  void join(const Accesses &other) {
    reads.insert(other.reads.begin(), other.reads.end());
    writes.insert(other.writes.begin(), other.writes.end());
  }
  static bool meets(const std::set<Span> &spans, Span span) {
    return llvm::any_of(spans, [&](const Span &other) {
      return span.first < other.second && other.first < span.second;
    });
  }
};

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
    follow(kernel.getBody().front(), since);
  }

  static bool hasRounds(scf::ForOp loop) {
    std::optional<int64_t> from = getConstantIntValue(loop.getLowerBound()),
                           to = getConstantIntValue(loop.getUpperBound());
    return from && to && *from < *to;
  }

  static bool readsWhatWasWritten(scf::ForOp loop, const Accesses &since) {
    bool writes = false, reads = false;
    loop.walk([&](Operation *op) {
      writes |= isa<LocalStoreOp>(op);
      if (auto load = dyn_cast<LocalLoadOp>(op))
        reads |= Accesses::meets(since.writes, spanOf(load.getSource()));
    });
    return reads && !writes;
  }

  static void follow(Block &block, Accesses &since) {
    for (Operation &op : llvm::make_early_inc_range(block)) {
      auto wait = [&] {
        OpBuilder b(&op);
        BarrierOp::create(b, op.getLoc());
        since.clear();
      };
      if (isa<BarrierOp>(op)) {
        since.clear();
      } else if (auto load = dyn_cast<LocalLoadOp>(op)) {
        Span span = spanOf(load.getSource());
        if (Accesses::meets(since.writes, span))
          wait();
        since.reads.insert(span);
      } else if (auto store = dyn_cast<LocalStoreOp>(op)) {
        Span span = spanOf(store.getDest());
        if (Accesses::meets(since.reads, span) || Accesses::meets(since.writes, span))
          wait();
        since.writes.insert(span);
      } else if (auto loop = dyn_cast<scf::ForOp>(op)) {
        // A loop that only reads waits once, in front of it.
        if (readsWhatWasWritten(loop, since))
          wait();
        // A second time with what the first leaves behind: the next round.
        Accesses inside = since;
        for (int round = 0; round < 2; ++round)
          follow(*loop.getBody(), inside);
        // No round at all keeps what was before.
        if (!hasRounds(loop))
          inside.join(since);
        since = inside;
      }
    }
  }
};

} // namespace
} // namespace weft
