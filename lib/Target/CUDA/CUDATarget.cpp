// NVIDIA's GPUs, as machines that programs are compiled for.
#include "weft/Target/CUDA/CUDATarget.h"

#include "weft/Target/Backend.h"
#include "weft/Target/CPU/Object.h"
#include "weft/Target/CPU/Passes.h"
#include "weft/Target/CUDA/DeviceCode.h"
#include "weft/Target/CUDA/Passes.h"
#include "weft/Target/CUDA/Pipelines.h"
#include "weft/Target/Sim/WriteSimulation.h"

#include "dialects/Tile/Tile.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Pass/PassRegistry.h"

using namespace mlir;

namespace weft {
namespace {

constexpr llvm::StringLiteral kDefaultArch = "sm_80";
/// What cuBLASLt is given for a product that can use as much.
constexpr int64_t kWorkspaceBytes = 32 << 20;
/// One thread loads at most so much with one instruction.
constexpr int64_t kLaneBytes = 16;

/// A target that was verified has some.
std::string firstArch(mlir::ModuleOp module) { return spec::getTarget(module).getArchNames().front().str(); }

/// PTX and cubins are for one architecture.
FailureOr<std::string> onlyArch(mlir::ModuleOp module) {
  size_t archs = spec::getTarget(module).getArchNames().size();
  if (archs > 1)
    return module.emitError("expected one architecture for PTX or a cubin by itself, found ") << archs;
  return firstArch(module);
}

LogicalResult writePTX(mlir::ModuleOp module, raw_ostream &os) {
  FailureOr<std::string> arch = onlyArch(module);
  return failed(arch) ? failure() : emitPTX(module, {*arch}, os);
}

LogicalResult writeCubin(mlir::ModuleOp module, raw_ostream &os) {
  FailureOr<std::string> arch = onlyArch(module);
  std::string ptx;
  llvm::raw_string_ostream stream(ptx);
  if (failed(arch) || failed(emitPTX(module, {*arch}, stream)))
    return failure();
  FailureOr<std::string> cubin = assemble(module.getLoc(), ptx, {*arch});
  if (failed(cubin))
    return failure();
  os << *cubin;
  return success();
}

constexpr DeviceForm kForms[] = {{"ptx", "the kernels' code for NVIDIA's GPUs", "", writePTX},
                                 {"cubin", "the same, assembled", ".cubin", writeCubin}};

class CUDATarget : public Backend {
public:
  spec::Backend getKind() const override { return spec::Backend::CUDA; }
  StringRef getDescription() const override { return "on an NVIDIA GPU"; }

  FailureOr<spec::TargetAttr> getTarget(Location loc, const TargetRequest &request) const override {
    Builder b(loc.getContext());
    SmallVector<StringRef> archs(request.archs.begin(), request.archs.end());
    if (archs.empty())
      archs.push_back(kDefaultArch);
    int64_t shared = INT64_MAX;
    for (StringRef arch : archs)
      shared = std::min(shared, getSharedMemory({arch.str()}));
    SmallVector<Attribute> products;
    for (Type element : {Type(b.getF32Type()), Type(b.getF64Type()), Type(b.getBF16Type()), Type(b.getF16Type())})
      products.push_back(spec::ProductLibraryAttr::get(loc.getContext(), element, spec::Library::CuBLASLt));
    return spec::TargetAttr::get(loc.getContext(), getKind(), request.march, b.getStrArrayAttr(archs),
                                 b.getArrayAttr(products), kWorkspaceBytes, request.epilogues, request.tf32, shared,
                                 kLaneBytes, /*many_programs=*/true, /*separate_backward=*/true, /*grouped_kernels=*/true);
  }

  LogicalResult verify(Location loc, spec::TargetAttr target) const override {
    if (target.getArchNames().empty())
      return emitError(loc) << "expected a target with architectures to generate code for, such as archs = [\"sm_80\"], got: " << target;
    for (StringRef arch : target.getArchNames())
      if (failed(checkArchitecture(loc, {arch.str()})))
        return failure();
    return checkProcessor(loc, target.getMarch());
  }

  void buildKernels(OpPassManager &pm) const override {
    // Programs note the grids of their kernels before those become device code.
    pm.addPass(createBindKernels());
    buildKernelsToNVVMPipeline(pm);
    // The runtime launches them: tools that run single kernels go without.
    pm.addNestedPass<gpu::GPUModuleOp>(createMarkLaunches());
  }

  void buildPrograms(OpPassManager &pm) const override {
    pm.addPass(createEmbedDeviceCode());
    pm.addPass(createExecToLLVM());
  }

  void registerPasses() const override {
    registerWeftTargetCUDAPasses();
    PassPipelineRegistration<>("weft-nvvm-pipeline", "tile kernels to a gpu.module of the NVVM dialect",
                               [this](OpPassManager &pm) { buildKernels(pm); });
    PassPipelineRegistration<>("weft-cuda-pipeline", "placed programs beside a gpu.module to the LLVM dialect",
                               [this](OpPassManager &pm) { buildPrograms(pm); });
  }

  ArrayRef<DeviceForm> getDeviceForms() const override { return kForms; }
  bool canSimulate() const override { return true; }
  LogicalResult emitSimulation(mlir::ModuleOp module, llvm::raw_pwrite_stream &os) const override {
    return emitSimulatedKernels(module, firstArch(module), os);
  }
};

} // namespace

void registerCUDATarget() { registerBackend(std::make_unique<CUDATarget>()); }

} // namespace weft
