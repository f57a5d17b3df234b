// The stages of the compiler, in order. Each function appends one stage's passes; the flat lists
// with the reasons for their order are in lib/Pipelines.
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

struct TilePipelineOptions : mlir::PassPipelineOptions<TilePipelineOptions> {
  Option<bool> separateBackward{
      *this, "separate-backward",
      llvm::cl::desc("attention's gradients of queries and of keys in two kernels, as a GPU wants them"),
      llvm::cl::init(false)};
  Option<int64_t> sharedBytes{
      *this, "shared-bytes",
      llvm::cl::desc("most bytes of memory that an attention's tiles may take together; 0: no limit"),
      llvm::cl::init(0)};
  Option<int64_t> rowBytes{
      *this, "row-bytes",
      llvm::cl::desc("bytes of a tile of a row, four times that where rows are few, as a GPU wants it; 0: those of other tiles"),
      llvm::cl::init(0)};
  Option<bool> manyPrograms{
      *this, "many-programs",
      llvm::cl::desc("work in pieces for the many processors of a GPU: sums over rows in two steps, short chunks, an embedding's gradient by rows"),
      llvm::cl::init(false)};
  Option<bool> shortProducts{
      *this, "short-products",
      llvm::cl::desc("leave products of bf16 and f16 to a library that has them, as a GPU's does"),
      llvm::cl::init(false)};
  Option<bool> groupedKernels{
      *this, "grouped-kernels",
      llvm::cl::desc("products by expert as kernels, as a GPU wants them, instead of calls of a library"),
      llvm::cl::init(false)};
  Option<bool> epilogues{
      *this, "epilogues",
      llvm::cl::desc("products with the biases and gelus around them, which a GPU's library computes together"),
      llvm::cl::init(false)};
};

/// Text as the user wrote it, to one flat model (`--emit=graph`).
void buildGraphPipeline(mlir::OpPassManager &pm);

/// A flat model to one with fused ops, which hold less and move less (before `--emit=grad`).
void buildFusionPipeline(mlir::OpPassManager &pm, const FusionPipelineOptions &options = {});

/// A flat model to graphs over variables: forward, backward, update (`--emit=grad`).
void buildGradPipeline(mlir::OpPassManager &pm);

/// Graphs to tile kernels and programs over unplaced buffers (`--emit=tile`).
void buildTilePipeline(mlir::OpPassManager &pm, const TilePipelineOptions &options = {});

/// Programs to placed buffers (`--emit=exec`).
void buildExecPipeline(mlir::OpPassManager &pm);

struct CUDAPipelineOptions {
  llvm::SmallVector<std::string> archs; // "sm_80"
  bool tf32 = false;                    // products may round factors of f32 to TF32
};

/// Kernels to a module of the NVVM dialect, for NVIDIA's GPUs; programs stay as they are. Not there where Weft is
/// built without CUDA.
void buildNVVMPipeline(mlir::OpPassManager &pm, const CUDAPipelineOptions &options = {});

/// Unplaced programs' products to cuBLASLt's, before buffers are placed. Not there without CUDA.
void buildProductPipeline(mlir::OpPassManager &pm, const CUDAPipelineOptions &options);

/// Placed programs to the LLVM dialect, and their kernels to device code, for NVIDIA's GPUs. Not there without CUDA.
void buildCUDAPipeline(mlir::OpPassManager &pm, const CUDAPipelineOptions &options);

/// Placed programs and their kernels to the LLVM dialect, for the CPU.
void buildLLVMPipeline(mlir::OpPassManager &pm);

} // namespace weft

#endif // WEFT_PIPELINES_PIPELINES_H
