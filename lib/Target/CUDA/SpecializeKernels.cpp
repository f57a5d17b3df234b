// weft-specialize-kernels: kernels that an architecture has instructions of its own for.
#include "FindOps.h"
#include "Specialization.h"
#include "dialects/Interfaces/Target.h"
#include "weft/Target/CUDA/Passes.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_SPECIALIZEKERNELS
#include "weft/Target/CUDA/Passes.h.inc"

using namespace tile;

bool fitsWarpgroup(DotOp dot) {
  auto sums = cast<RankedTensorType>(dot.getType());
  int64_t bits = getElementTypeOrSelf(dot.getA()).getIntOrFloatBitWidth();
  return bits == 16 && sums.getElementType().isF32() && sums.getDimSize(0) % 64 == 0 && sums.getDimSize(1) >= 8 &&
         sums.getDimSize(1) <= 256 && dot.getInner() % 16 == 0;
}

namespace {

struct SpecializeKernelsPass : impl::SpecializeKernelsBase<SpecializeKernelsPass> {
  void runOnOperation() override {
    if (!llvm::is_contained(spec::getTarget(getOperation()).getArchNames(), kWarpgroupArch))
      return;
    for (auto kernel : llvm::to_vector(getOperation().getOps<KernelOp>()))
      if (anyOp<DotOp>(kernel, fitsWarpgroup))
        addCopy(kernel);
  }

  static void addCopy(KernelOp kernel) {
    OpBuilder b(kernel->getContext());
    b.setInsertionPointAfter(kernel);
    auto copy = cast<KernelOp>(b.clone(*kernel));
    copy.setSymName((kernel.getSymName() + "." + kWarpgroupArch).str());
    copy->setAttr(kArchAttr, b.getStringAttr(kWarpgroupArch));
    copy->setAttr(kSpecialOfAttr, kernel.getSymNameAttr());
  }
};

} // namespace
} // namespace weft
