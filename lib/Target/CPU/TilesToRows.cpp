// weft-tiles-to-rows: tiles of rank 2 become scratch memory and loops over rows.
#include "LaneAnalysis.h"
#include "RowBuilder.h"
#include "weft/Target/CPU/Passes.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_TILESTOROWS
#include "weft/Target/CPU/Passes.h.inc"

namespace {

struct TilesToRows : impl::TilesToRowsBase<TilesToRows> {
  using TilesToRowsBase::TilesToRowsBase;

  void runOnOperation() override {
    tile::KernelOp kernel = getOperation();
    // Without a product a tile of rank 2 is small: a vector will do.
    bool hasDots =
        kernel.walk([](tile::DotOp) { return WalkResult::interrupt(); }).wasInterrupted();
    if (!hasDots)
      return;
    LaneAnalysis lanes(kernel);
    if (tile::DotOp dot = lanes.getConflict()) {
      dot.emitOpError(
          "expected an operand whose lanes can be those of the result; both were laid out "
          "otherwise by earlier products");
      return signalPassFailure();
    }
    if (laneBytes < 64 || !llvm::isPowerOf2_64(laneBytes) || rows < 1 ||
        !llvm::isPowerOf2_64(rows)) {
      kernel.emitError(
          "expected lane-bytes to be a power of two of at least 64 and rows a power of two, "
          "got: ")
          << int64_t(laneBytes) << " and " << int64_t(rows);
      return signalPassFailure();
    }
    if (failed(RowBuilder(kernel, lanes, {laneBytes, rows}).build()))
      signalPassFailure();
  }
};

} // namespace
} // namespace weft
