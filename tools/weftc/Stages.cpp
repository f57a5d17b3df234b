#include "Stages.h"

#include "Flags.h"
#include "dialects/Exec/Exec.h"
#include "dialects/Weft/Weft.h"
#ifdef WEFT_CUDA
#include "weft/Target/CUDA/DeviceCode.h"
#endif

#include "mlir/Pass/PassManager.h"

using namespace mlir;
using namespace weft;
using namespace weft::flags;

namespace {

/// The level that the text is at already. What is neither graphs nor programs counts as a model.
Level getInputLevel(ModuleOp module) {
  if (!module.getOps<exec::ModuleOp>().empty())
    return Level::Tile;
  bool graphs = !module.getOps<GraphOp>().empty() && module.getOps<TrainOp>().empty();
  return graphs ? Level::Grad : Level::Model;
}

void buildFusion(OpPassManager &pm) {
  FusionPipelineOptions options;
  options.attention = fuses(Fuse::Attention);
  options.loss = fuses(Fuse::Loss);
  buildFusionPipeline(pm, options);
}

void buildKernels(OpPassManager &pm) {
  TilePipelineOptions options;
#ifdef WEFT_CUDA
  if (isForGPU()) {
    options.separateBackward = true;
    options.shortProducts = true;
    options.manyPrograms = true;
    // How many rows an expert has is known to the GPU alone.
    options.groupedKernels = true;
    options.epilogues = fuses(Fuse::Epilogues);
    // 16 bytes for each lane of a warp.
    options.rowBytes = 512;
    // Larger blocks would want more registers than there are.
    options.sharedBytes = 163 << 10;
    for (const std::string &each : cudaOptions().archs)
      options.sharedBytes = std::min<int64_t>(options.sharedBytes, getSharedMemory({each}));
  }
#endif
  buildTilePipeline(pm, options);
}

void buildPrograms(OpPassManager &pm) {
#ifdef WEFT_CUDA
  if (isForGPU())
    buildProductPipeline(pm, cudaOptions());
#endif
  buildExecPipeline(pm);
}

void buildCode(OpPassManager &pm) {
#ifdef WEFT_CUDA
  if (isForGPU())
    return buildNVVMPipeline(pm, cudaOptions());
#endif
  buildLLVMPipeline(pm);
}

} // namespace

LogicalResult weft::runStages(ModuleOp module) {
  PassManager pm(module.getContext());
  // One thread: a step is one function, and the order of diagnostics stays that of the text.
  struct Stage {
    Level level;
    void (*build)(OpPassManager &);
  };
  static constexpr Stage stages[] = {{Level::Graph, buildGraphPipeline},
                                     {Level::Grad, buildFusion},
                                     {Level::Grad, buildGradPipeline},
                                     {Level::Tile, buildKernels},
                                     {Level::Exec, buildPrograms},
                                     {Level::LLVM, buildCode}};
  Level last = report != ReportKind::None ? Level::Exec : level.getValue();
  Level first = getInputLevel(module);
  for (const Stage &stage : stages)
    if (stage.level > first && stage.level <= last)
      stage.build(pm);
  return pm.run(module);
}
