// The CPU's part of the pipeline.
#ifndef WEFT_TARGET_CPU_PIPELINES_H
#define WEFT_TARGET_CPU_PIPELINES_H

#include "mlir/Pass/PassManager.h"

namespace weft {

/// Takes tile kernels to functions of the LLVM dialect; an exec.module beside them stays as it is.
void buildKernelsToLLVMPipeline(mlir::OpPassManager &pm);

} // namespace weft

#endif // WEFT_TARGET_CPU_PIPELINES_H
