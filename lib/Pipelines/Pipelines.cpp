#include "weft/Pipelines/Pipelines.h"

#include "dialects/Exec/Exec.h"
#include "dialects/Tile/Tile.h"
#include "dialects/Weft/Weft.h"
#include "weft/Autodiff/Passes.h"
#include "weft/Conversion/WeftToExec/Passes.h"
#include "weft/Conversion/WeftToTile/Passes.h"
#include "weft/Fusion/Passes.h"
#include "weft/Memory/Passes.h"
#include "weft/Model/Passes.h"
#include "weft/Precision/Passes.h"
#include "weft/Target/CPU/Passes.h"
#include "weft/Target/CPU/Pipelines.h"
#ifdef WEFT_CUDA
#include "weft/Target/CUDA/Passes.h"
#include "weft/Target/CUDA/Pipelines.h"
#endif

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

void weft::buildGraphPipeline(OpPassManager &pm) {
  pm.addPass(createInstantiate());
  // Derivatives are taken of what is computed in f32.
  pm.addPass(createWidenArithmetic());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

void weft::buildFusionPipeline(OpPassManager &pm, const FusionPipelineOptions &options) {
  if (options.attention) {
    pm.addPass(createFuseAttention());
    // What was fused is no longer used.
    pm.addPass(createCanonicalizerPass());
  }
  // Last: it leaves an op that only the program of the logits wants.
  if (options.loss)
    pm.addPass(createSplitLoss());
}

void weft::buildGradPipeline(OpPassManager &pm) {
  // The rows of the loss keep their log-sum-exp for the backward.
  pm.addPass(createDecomposeLoss());
  pm.addPass(createAutodiff());
  pm.addPass(createBuildUpdate());
  // What is written twice is computed once, before products claim their accumulators.
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  pm.addPass(createFuseAccumulation());
  pm.addPass(createSinkLoss());
}

void weft::buildTilePipeline(OpPassManager &pm, const TilePipelineOptions &options) {
  // Inputs are bounded and work is counted while ops are still whole.
  pm.addPass(createBoundInputs());
  pm.addPass(createCountFlops());
  // Autodiff adds up gradients, and a linear's bias comes behind its product.
  pm.addPass(createWidenArithmetic());
  pm.addPass(createDecompose());
  WidenArithmeticOptions widen;
  widen.products = !options.shortProducts;
  widen.groupedProducts = true;
  pm.addPass(createWidenArithmetic(widen));
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  // Copies are elementwise ops: they join groups.
  pm.addPass(createInsertCopies());
  // Factors lie as a library reads them; what products take over is in no kernel.
  if (options.epilogues)
    pm.addPass(createFuseEpilogues());
  // What products have not taken over.
  if (options.manyPrograms)
    pm.addPass(createSplitSums());
  pm.addPass(createGroupKernels());
  ConvertWeftToTileOptions kernels;
  kernels.separateBackward = options.separateBackward;
  kernels.sharedBytes = options.sharedBytes;
  kernels.rowBytes = options.rowBytes;
  kernels.manyPrograms = options.manyPrograms;
  kernels.groupedKernels = options.groupedKernels;
  pm.addPass(createConvertWeftToTile(kernels));
  pm.addNestedPass<tile::KernelOp>(createCanonicalizerPass());
  pm.addNestedPass<tile::KernelOp>(createCSEPass());
  pm.addPass(createConvertWeftToExec());
}

void weft::buildExecPipeline(OpPassManager &pm) {
  pm.addPass(createVerifyInitialization());
  pm.addPass(createVerifyAliasing());
  pm.addPass(createPlaceBuffers());
}

void weft::buildLLVMPipeline(OpPassManager &pm) {
  // Programs note the grids of their kernels before those become functions.
  pm.addPass(createBindKernels());
  buildKernelsToLLVMPipeline(pm);
  pm.addPass(createExecToLLVM());
}

#ifdef WEFT_CUDA
void weft::buildNVVMPipeline(OpPassManager &pm, const CUDAPipelineOptions &options) {
  // Programs note the grids of their kernels before those become device code.
  pm.addPass(createBindKernels());
  if (options.tf32)
    pm.addNestedPass<tile::KernelOp>(createAllowTf32());
  buildKernelsToNVVMPipeline(pm, options.archs);
  // The runtime launches them: tools that run single kernels go without.
  pm.addNestedPass<gpu::GPUModuleOp>(createMarkLaunches());
}

void weft::buildProductPipeline(OpPassManager &pm, const CUDAPipelineOptions &options) {
  UseCublasLtOptions products;
  products.tf32 = options.tf32;
  pm.addPass(createUseCublasLt(products));
}

void weft::buildCUDAPipeline(OpPassManager &pm, const CUDAPipelineOptions &options) {
  EmbedDeviceCodeOptions code;
  code.archs.assign(options.archs.begin(), options.archs.end());
  pm.addPass(createEmbedDeviceCode(code));
  pm.addPass(createExecToLLVM());
}
#endif
