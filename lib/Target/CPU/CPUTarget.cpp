// CPUs, as machines that programs are compiled for.
#include "weft/Target/CPU/CPUTarget.h"

#include "weft/Target/Backend.h"
#include "weft/Target/CPU/Object.h"
#include "weft/Target/CPU/Passes.h"
#include "weft/Target/CPU/Pipelines.h"

#include "mlir/Pass/PassRegistry.h"

using namespace mlir;

namespace weft {
namespace {

class CPUTarget : public Backend {
public:
  spec::Backend getKind() const override { return spec::Backend::CPU; }
  StringRef getDescription() const override { return "on this kind of processor (default)"; }

  FailureOr<spec::TargetAttr> getTarget(Location loc, const TargetRequest &request) const override {
    if (!request.archs.empty())
      return emitError(loc) << "architecture '" << request.archs.front()
                            << "': expected the target cuda; a processor is named by march";
    if (request.tf32)
      return emitError(loc) << "tf32: expected the target cuda; other processors have no TF32";
    return spec::getCPUTarget(loc.getContext(), request.march);
  }

  LogicalResult verify(Location loc, spec::TargetAttr target) const override {
    return checkProcessor(loc, target.getMarch());
  }

  void buildKernels(OpPassManager &pm) const override {
    // Programs note the grids of their kernels before those become functions.
    pm.addPass(createBindKernels());
    buildKernelsToLLVMPipeline(pm);
  }

  void buildPrograms(OpPassManager &pm) const override { pm.addPass(createExecToLLVM()); }

  void registerPasses() const override {
    registerWeftTargetCPUPasses();
    PassPipelineRegistration<>("weft-llvm-pipeline", "placed programs to the LLVM dialect, for the CPU", [this](OpPassManager &pm) {
      buildKernels(pm);
      buildPrograms(pm);
    });
  }
};

} // namespace

void registerCPUTarget() { registerBackend(std::make_unique<CPUTarget>()); }

} // namespace weft
