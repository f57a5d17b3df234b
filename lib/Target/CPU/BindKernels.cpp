// weft-bind-kernels: grids on launches, the hash of the text on the module.
#include "weft/Target/CPU/ExecAttributes.h"
#include "weft/Target/CPU/Passes.h"

#include "dialects/Exec/Exec.h"
#include "dialects/Tile/Tile.h"
#include "llvm/Support/xxhash.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_BINDKERNELS
#include "weft/Target/CPU/Passes.h.inc"

namespace {

// The printed form without locations: the same for the same text, wherever the file lies.
uint64_t hashText(mlir::ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  module.print(stream, OpPrintingFlags().enableDebugInfo(false));
  return llvm::xxh3_64bits(text);
}

struct BindKernels : impl::BindKernelsBase<BindKernels> {
  void runOnOperation() override {
    Builder builder(&getContext());
    SymbolTable kernels(getOperation());
    uint64_t hash = hashText(getOperation());
    for (auto module : getOperation().getOps<exec::ModuleOp>()) {
      module->setAttr(kTextHashAttr, builder.getI64IntegerAttr(int64_t(hash)));
      WalkResult result = module.walk([&](exec::LaunchOp launch) {
        auto kernel = kernels.lookup<tile::KernelOp>(launch.getKernel());
        if (!kernel) {
          launch.emitOpError("expects a tile.kernel, got: ") << launch.getKernelAttr();
          return WalkResult::interrupt();
        }
        launch->setAttr(kGridAttr, builder.getI64IntegerAttr(kernel.getGrid()));
        return WalkResult::advance();
      });
      if (result.wasInterrupted())
        return signalPassFailure();
    }
  }
};

} // namespace
} // namespace weft
