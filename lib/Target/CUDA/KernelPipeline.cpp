#include "dialects/Tile/Tile.h"
#include "weft/Target/CUDA/Passes.h"
#include "weft/Target/CUDA/Pipelines.h"

#include "mlir/Conversion/GPUToNVVM/GPUToNVVMPass.h"
#include "mlir/Conversion/ReconcileUnrealizedCasts/ReconcileUnrealizedCasts.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

void weft::buildKernelsToNVVMPipeline(OpPassManager &pm) {
  // While launches say where buffers begin.
  pm.addPass(createAlignAccesses());
  pm.addPass(createSpecializeKernels());
  OpPassManager &kernels = pm.nest<tile::KernelOp>();
  kernels.addPass(createAllowTf32());
  kernels.addPass(createExpToExp2());
  kernels.addPass(createAssignLayouts());
  kernels.addPass(createStageShared());
  kernels.addPass(createPipelineLoads());
  kernels.addPass(createUseWarpgroupDots());
  kernels.addPass(createSliceDots());
  // What is not read needs no memory, and no barrier.
  kernels.addPass(createCanonicalizerPass());
  kernels.addPass(createCSEPass());
  kernels.addPass(createAllocateShared());
  kernels.addPass(createInsertBarriers());
  pm.addPass(createConvertTileToNVVM());
  OpPassManager &device = pm.nest<gpu::GPUModuleOp>();
  device.addPass(createCanonicalizerPass());
  device.addPass(createCSEPass());
  device.addPass(createSCFToControlFlowPass());
  device.addPass(createConvertGpuOpsToNVVMOps());
  device.addPass(createReconcileUnrealizedCastsPass());
}
