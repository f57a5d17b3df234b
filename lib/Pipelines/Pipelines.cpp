#include "weft/Pipelines/Pipelines.h"

#include "dialects/Tile/Tile.h"
#include "dialects/Weft/Weft.h"
#include "weft/Autodiff/Passes.h"
#include "weft/Conversion/WeftToExec/Passes.h"
#include "weft/Conversion/WeftToTile/Passes.h"
#include "weft/Fusion/Passes.h"
#include "weft/Memory/Passes.h"
#include "weft/Model/Passes.h"
#include "weft/Precision/Passes.h"

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

void weft::buildTilePipeline(OpPassManager &pm) {
  // Inputs are bounded and work is counted while ops are still whole.
  pm.addPass(createBoundInputs());
  pm.addPass(createCountFlops());
  // Autodiff adds up gradients, and a linear's bias comes behind its product.
  pm.addPass(createWidenArithmetic());
  pm.addPass(createDecompose());
  WidenArithmeticOptions widen;
  widen.products = true;
  widen.groupedProducts = true;
  pm.addPass(createWidenArithmetic(widen));
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  // Copies are elementwise ops: they join groups.
  pm.addPass(createInsertCopies());
  // Factors lie as a library reads them; what products take over is in no kernel.
  pm.addPass(createFuseEpilogues());
  // What products have not taken over.
  pm.addPass(createSplitSums());
  pm.addPass(createGroupKernels());
  pm.addPass(createConvertWeftToTile());
  pm.addNestedPass<tile::KernelOp>(createCanonicalizerPass());
  pm.addNestedPass<tile::KernelOp>(createCSEPass());
  pm.addPass(createConvertWeftToExec());
}

void weft::buildExecPipeline(OpPassManager &pm) {
  pm.addPass(createVerifyInitialization());
  pm.addPass(createVerifyAliasing());
  pm.addPass(createPlaceBuffers());
}
