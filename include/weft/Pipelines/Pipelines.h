// The stages of the compiler up to placement, in order. Each function appends one stage's passes; the flat lists
// with the reasons for their order are in lib/Pipelines. What comes behind placement is each machine's own
// (weft/Target/Backend.h): lib/Target/CPU/CPUTarget.cpp and KernelPipeline.cpp beside it, and so in lib/Target/CUDA.
#ifndef WEFT_PIPELINES_PIPELINES_H
#define WEFT_PIPELINES_PIPELINES_H

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassOptions.h"

namespace weft {

struct FusionPipelineOptions : mlir::PassPipelineOptions<FusionPipelineOptions> {
  Option<bool> attention{*this, "attention", llvm::cl::desc("products with the softmax between become one op"),
                         llvm::cl::init(true)};
  Option<bool> loss{*this, "loss", llvm::cl::desc("logits are computed in pieces, with their loss"),
                    llvm::cl::init(true)};
};

/// Text as the user wrote it, to one flat model (`--emit=graph`).
void buildGraphPipeline(mlir::OpPassManager &pm);

/// A flat model to one with fused ops, which hold less and move less (before `--emit=grad`).
void buildFusionPipeline(mlir::OpPassManager &pm, const FusionPipelineOptions &options = {});

/// A flat model to graphs over variables: forward, backward, update (`--emit=grad`).
void buildGradPipeline(mlir::OpPassManager &pm);

/// Graphs to tile kernels and programs over unplaced buffers (`--emit=tile`).
void buildTilePipeline(mlir::OpPassManager &pm);

/// Programs to placed buffers (`--emit=exec`).
void buildExecPipeline(mlir::OpPassManager &pm);

} // namespace weft

#endif // WEFT_PIPELINES_PIPELINES_H
