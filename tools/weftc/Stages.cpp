#include "Stages.h"

#include "Flags.h"
#include "dialects/Exec/Exec.h"
#include "dialects/Weft/Weft.h"
#include "weft/Pipelines/Pipelines.h"

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

} // namespace

const Backend *weft::chooseTarget(ModuleOp module) {
  // The text may come from anywhere: what it says of its target is verified as what the flags say is.
  module.getContext()->loadDialect<spec::SpecDialect>();
  bool isAsked = askForTarget() || !module->hasAttr(spec::kTargetAttr);
  if (isAsked && failed(assignTarget(module, targetRequest())))
    return nullptr;
  const Backend *backend = findBackend(module);
  return backend && succeeded(backend->verify(module.getLoc(), spec::getTarget(module))) ? backend : nullptr;
}

LogicalResult weft::runStages(ModuleOp module, const Backend &backend) {
  PassManager pm(module.getContext());
  // One thread: a step is one function, and the order of diagnostics stays that of the text.
  struct Stage {
    Level level;
    void (*build)(OpPassManager &);
  };
  static constexpr Stage stages[] = {{Level::Graph, buildGraphPipeline},
                                     {Level::Grad, buildFusion},
                                     {Level::Grad, buildGradPipeline},
                                     {Level::Tile, buildTilePipeline},
                                     {Level::Exec, buildExecPipeline}};
  Level last = report != ReportKind::None ? Level::Exec : level.getValue();
  Level first = getInputLevel(module);
  for (const Stage &stage : stages)
    if (stage.level > first && stage.level <= last)
      stage.build(pm);
  if (last >= Level::LLVM)
    backend.buildKernels(pm);
  return pm.run(module);
}

LogicalResult weft::lowerPrograms(ModuleOp module, const Backend &backend) {
  PassManager pm(module.getContext());
  backend.buildPrograms(pm);
  return pm.run(module);
}
