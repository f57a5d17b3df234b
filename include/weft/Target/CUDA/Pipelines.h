// The part of the pipeline for NVIDIA's GPUs.
#ifndef WEFT_TARGET_CUDA_PIPELINES_H
#define WEFT_TARGET_CUDA_PIPELINES_H

#include "mlir/Pass/PassManager.h"

namespace weft {

/// Takes tile kernels to a `gpu.module` of the LLVM and NVVM dialects; an exec.module beside them stays as
/// it is. Kernels that one of the module's architectures has instructions of its own for also go to a `gpu.module` for it.
void buildKernelsToNVVMPipeline(mlir::OpPassManager &pm);

} // namespace weft

#endif // WEFT_TARGET_CUDA_PIPELINES_H
