#include "weft/Pipelines/Registration.h"

#include "dialects/Exec/Exec.h"
#include "dialects/Tile/Tile.h"
#include "dialects/Weft/Weft.h"
#include "weft/Autodiff/Derivatives.h"
#include "weft/Autodiff/Passes.h"
#include "weft/Conversion/WeftToExec/Passes.h"
#include "weft/Conversion/WeftToTile/Passes.h"
#include "weft/Conversion/WeftToTile/TileBodies.h"
#include "weft/Fusion/Passes.h"
#include "weft/Memory/Passes.h"
#include "weft/Model/Passes.h"
#include "weft/Pipelines/Pipelines.h"
#include "weft/Precision/Passes.h"
#include "weft/Target/Backend.h"
#include "weft/Target/CPU/CPUTarget.h"
#include "weft/Target/Passes.h"
#ifdef WEFT_CUDA
#include "weft/Target/CUDA/CUDATarget.h"
#endif

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Target/LLVMIR/Dialect/All.h"

using namespace mlir;

void weft::registerDialects(DialectRegistry &registry) {
  registerAllDialects(registry);
  registerAllExtensions(registry);
  registerAllToLLVMIRTranslations(registry);
  registry.insert<spec::SpecDialect, WeftDialect, tile::TileDialect, exec::ExecDialect>();
  registerDerivatives(registry);
  registerTileBodies(registry);
}

void weft::registerTargets() {
  registerCPUTarget();
#ifdef WEFT_CUDA
  registerCUDATarget();
#endif
}

static void registerPipeline(StringRef name, StringRef what, void (*build)(OpPassManager &)) {
  PassPipelineRegistration<>(name, what, [build](OpPassManager &pm) { build(pm); });
}

void weft::registerPasses() {
  registerAllPasses();
  registerWeftModelPasses();
  registerWeftFusionPasses();
  registerWeftPrecisionPasses();
  registerWeftAutodiffPasses();
  registerWeftMemoryPasses();
  registerWeftConversionWeftToTilePasses();
  registerWeftConversionWeftToExecPasses();
  registerWeftTargetPasses();
  registerTargets();
  for (const std::unique_ptr<Backend> &backend : getBackends())
    backend->registerPasses();
  registerPipeline("weft-graph-pipeline", "text to one flat model", buildGraphPipeline);
  PassPipelineRegistration<FusionPipelineOptions>("weft-fusion-pipeline", "a flat model to one with fused ops",
                                                  buildFusionPipeline);
  registerPipeline("weft-grad-pipeline", "a flat model to forward, backward and update graphs",
                   buildGradPipeline);
  registerPipeline("weft-tile-pipeline", "graphs to tile kernels and unplaced programs", buildTilePipeline);
  registerPipeline("weft-exec-pipeline", "programs to placed programs", buildExecPipeline);
}
