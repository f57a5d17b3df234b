// weft-embed-device-code: a gpu.module becomes cubins and PTX.
#include "Specialization.h"
#include "dialects/Interfaces/Target.h"
#include "weft/Target/CPU/ExecAttributes.h"
#include "weft/Target/CUDA/DeviceCode.h"
#include "weft/Target/CUDA/Passes.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/IR/BuiltinOps.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_EMBEDDEVICECODE
#include "weft/Target/CUDA/Passes.h.inc"

namespace {

/// What a launch needs to know of each kernel.
gpu::KernelTableAttr describeKernels(gpu::GPUModuleOp device) {
  Builder b(device.getContext());
  SmallVector<gpu::KernelMetadataAttr> kernels;
  for (auto function : device.getOps<LLVM::LLVMFuncOp>()) {
    auto threads = function->getAttrOfType<DenseI32ArrayAttr>(NVVM::NVVMDialect::getReqntidAttrName());
    if (!threads)
      continue; // called by kernels
    auto shared = function->getAttrOfType<IntegerAttr>("weft.shared_bytes");
    NamedAttribute facts[] = {
        b.getNamedAttr(kSharedBytesAttr, b.getI64IntegerAttr(shared ? shared.getInt() : 0)),
        b.getNamedAttr(kThreadsAttr, b.getI64IntegerAttr(threads[0]))};
    kernels.push_back(gpu::KernelMetadataAttr::get(function.getSymNameAttr(), function.getFunctionType(),
                                                   /*argAttrs=*/nullptr, b.getDictionaryAttr(facts)));
  }
  return gpu::KernelTableAttr::get(b.getContext(), kernels);
}

struct EmbedDeviceCodePass : impl::EmbedDeviceCodeBase<EmbedDeviceCodePass> {
  void runOnOperation() override {
    if (getArchs().empty()) {
      getOperation().emitError("expected a target with architectures to generate code for: run weft-set-target{backend=cuda} first");
      return signalPassFailure();
    }
    auto devices = llvm::to_vector(getOperation().getOps<gpu::GPUModuleOp>());
    for (gpu::GPUModuleOp device : devices) {
      if (device->hasAttr(kArchAttr))
        continue;
      SmallVector<Attribute> objects;
      if (failed(addObjects(device, objects)))
        return signalPassFailure();
      OpBuilder b(device);
      gpu::BinaryOp::create(b, device.getLoc(), device.getSymName(), gpu::OffloadingLLVMTranslationAttrInterface(),
                            objects);
    }
    for (gpu::GPUModuleOp device : devices)
      device.erase();
  }

  LogicalResult addObjects(gpu::GPUModuleOp device, SmallVectorImpl<Attribute> &objects) {
    gpu::KernelTableAttr kernels = describeKernels(device);
    for (StringRef arch : getArchs()) {
      FailureOr<std::string> ptx = printPTX(arch);
      if (failed(ptx))
        return failure();
      FailureOr<std::string> cubin = assemble(device.getLoc(), *ptx, {arch.str()});
      if (failed(cubin))
        return failure();
      objects.push_back(makeObject(arch, gpu::CompilationTarget::Binary, *cubin, kernels));
    }
    // For those that come later: what is specific to one architecture does not run on them.
    std::string newest = getNewestGeneric(getArchs());
    FailureOr<std::string> ptx = printPTX(newest);
    if (failed(ptx))
      return failure();
    objects.push_back(makeObject(newest, gpu::CompilationTarget::Assembly, *ptx, kernels));
    return success();
  }

  SmallVector<StringRef> getArchs() { return spec::getTarget(getOperation()).getArchNames(); }

  FailureOr<std::string> printPTX(StringRef arch) {
    std::string text;
    llvm::raw_string_ostream stream(text);
    if (failed(emitPTX(getOperation(), {arch.str()}, stream)))
      return failure();
    return text;
  }

  Attribute makeObject(StringRef arch, gpu::CompilationTarget format, StringRef contents,
                       gpu::KernelTableAttr kernels) {
    MLIRContext *context = &getContext();
    auto target = NVVM::NVVMTargetAttr::get(context, /*optLevel=*/3, "nvptx64-nvidia-cuda", arch);
    return gpu::ObjectAttr::get(context, target, format, StringAttr::get(context, contents),
                                /*properties=*/nullptr, kernels);
  }
};

} // namespace
} // namespace weft
