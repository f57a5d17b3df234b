// weft-stage-shared: conversions between threads go through shared memory.
#include "dialects/Tile/Layout.h"
#include "weft/Target/CUDA/Passes.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_STAGESHARED
#include "weft/Target/CUDA/Passes.h.inc"

using namespace tile;

namespace {

/// Whether what is loaded only goes to other threads, in words that can be copied.
bool isOnlyStaged(LoadOp load) {
  int64_t bytes = load.getSource().getType().getElementTypeBitWidth() / 8;
  auto crosses = [](Operation *user) {
    auto convert = dyn_cast<ConvertLayoutOp>(user);
    return convert && !Layout::of(convert.getValue().getType()).hasSameThreads(Layout::of(convert.getType()));
  };
  return load.getAlignment().value_or(bytes) >= 4 && !load->use_empty() &&
         llvm::all_of(load->getUsers(), crosses);
}

struct StageSharedPass : impl::StageSharedBase<StageSharedPass> {
  void runOnOperation() override {
    buffers.clear(); // of the kernel before, whose values are no more
    SmallVector<LoadOp> loads;
    getOperation().walk([&](LoadOp load) {
      if (isOnlyStaged(load))
        loads.push_back(load);
    });
    SmallVector<ConvertLayoutOp> conversions;
    getOperation().walk([&](ConvertLayoutOp op) {
      if (!Layout::of(op.getValue().getType()).hasSameThreads(Layout::of(op.getType())))
        conversions.push_back(op);
    });
    for (LoadOp load : loads)
      copy(load);
    for (ConvertLayoutOp op : conversions) {
      OpBuilder b(op);
      Value buffer = bufferOf(op.getValue());
      op.replaceAllUsesWith(
          LocalLoadOp::create(b, op.getLoc(), op.getType(), buffer, ValueRange()).getResult());
      op.erase();
    }
    for (LoadOp load : loads)
      load.erase();
    getOperation().walk<WalkOrder::PreOrder>([](Block *block) { eraseRepeated(*block); });
  }

  /// Begins where the load was, and is waited for in front of the first use.
  void copy(LoadOp load) {
    OpBuilder b(load);
    Location loc = load.getLoc();
    Value buffer = buffers[load] = makeBuffer(load);
    AsyncCopyOp::create(b, loc, load.getSource(), load.getIndices(), load.getEnd(), buffer, ValueRange(),
                        getLayout(load.getType()), load.getInBoundsAttr(), load.getAlignmentAttr());
    CommitOp::create(b, loc);
    Operation *first = nullptr;
    for (Operation *user : load->getUsers()) {
      Operation *ancestor = load->getBlock()->findAncestorOpInBlock(*user);
      first = !first || ancestor->isBeforeInBlock(first) ? ancestor : first;
    }
    b.setInsertionPoint(first);
    WaitOp::create(b, loc, 0);
  }

  /// One group for all copies up to a wait, and no wait behind another one with no copy between.
  static void eraseRepeated(Block &block) {
    bool isOpen = true;
    CommitOp last;
    for (Operation &op : llvm::make_early_inc_range(block)) {
      if (auto commit = dyn_cast<CommitOp>(op)) {
        if (last)
          last.erase();
        last = commit;
        isOpen = true;
      } else if (isa<WaitOp>(op)) {
        if (!isOpen)
          op.erase();
        isOpen = false, last = CommitOp();
      } else if (op.getNumRegions() != 0) {
        isOpen = true, last = CommitOp();
      }
    }
  }

  Value makeBuffer(Value tile) {
    OpBuilder b(&getContext());
    auto type = cast<RankedTensorType>(tile.getType());
    b.setInsertionPointToStart(&getOperation().getBody().front());
    return AllocSharedOp::create(
        b, tile.getLoc(),
        MemRefType::get(type.getShape(), type.getElementType(), MemRefLayoutAttrInterface(),
                        SharedAttr::get(&getContext())),
        IntegerAttr());
  }

  /// Where a tile lies, stored right behind the op that makes it.
  Value bufferOf(Value tile) {
    Value &buffer = buffers[tile];
    if (buffer)
      return buffer;
    buffer = makeBuffer(tile);
    OpBuilder b(&getContext());
    b.setInsertionPointAfterValue(tile);
    LocalStoreOp::create(b, tile.getLoc(), tile, buffer);
    return buffer;
  }

  DenseMap<Value, Value> buffers; // looked up only
};

} // namespace
} // namespace weft
