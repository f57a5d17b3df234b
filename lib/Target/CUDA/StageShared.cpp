// weft-stage-shared: conversions between threads go through shared memory.
#include "dialects/Tile/Layout.h"
#include "weft/Target/CUDA/Passes.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_STAGESHARED
#include "weft/Target/CUDA/Passes.h.inc"

using namespace tile;

namespace {

struct StageSharedPass : impl::StageSharedBase<StageSharedPass> {
  void runOnOperation() override {
    SmallVector<ConvertLayoutOp> conversions;
    getOperation().walk([&](ConvertLayoutOp op) {
      if (!Layout::of(op.getValue().getType()).hasSameThreads(Layout::of(op.getType())))
        conversions.push_back(op);
    });
    for (ConvertLayoutOp op : conversions) {
      OpBuilder b(op);
      Value buffer = bufferOf(op.getValue());
      op.replaceAllUsesWith(
          LocalLoadOp::create(b, op.getLoc(), op.getType(), buffer, ValueRange()).getResult());
      op.erase();
    }
  }

  /// Where a tile lies, stored right behind the op that makes it.
  Value bufferOf(Value tile) {
    Value &buffer = buffers[tile];
    if (buffer)
      return buffer;
    OpBuilder b(&getContext());
    auto type = cast<RankedTensorType>(tile.getType());
    b.setInsertionPointToStart(&getOperation().getBody().front());
    buffer = AllocSharedOp::create(
        b, tile.getLoc(),
        MemRefType::get(type.getShape(), type.getElementType(), MemRefLayoutAttrInterface(),
                        SharedAttr::get(&getContext())),
        IntegerAttr());
    b.setInsertionPointAfterValue(tile);
    LocalStoreOp::create(b, tile.getLoc(), tile, buffer);
    return buffer;
  }

  DenseMap<Value, Value> buffers; // looked up only
};

} // namespace
} // namespace weft
