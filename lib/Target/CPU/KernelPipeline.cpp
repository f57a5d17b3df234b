#include "weft/Target/CPU/Pipelines.h"

#include "dialects/Tile/Tile.h"
#include "weft/Target/CPU/Passes.h"

#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVMPass.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/ReconcileUnrealizedCasts/ReconcileUnrealizedCasts.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Conversion/UBToLLVM/UBToLLVM.h"
#include "mlir/Conversion/VectorToLLVM/ConvertVectorToLLVMPass.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

void weft::buildKernelsToLLVMPipeline(OpPassManager &pm) {
  OpPassManager &kernels = pm.nest<tile::KernelOp>();
  kernels.addPass(createWidenDots());
  kernels.addPass(createTilesToRows());
  pm.addPass(createTileToVector());
  // One nest: a function goes through all of these before the next one does.
  OpPassManager &functions = pm.nest<func::FuncOp>();
  functions.addPass(createExpandMath());
  // Masks and addresses are the same for all buffers of one tile.
  functions.addPass(createCanonicalizerPass());
  functions.addPass(createCSEPass());
  functions.addPass(createSCFToControlFlowPass());
  // While vectors of f64 can still be taken apart.
  pm.addPass(createErfToLibm());
  pm.addPass(createConvertVectorToLLVMPass());
  pm.addPass(createConvertMathToLLVMPass());
  pm.addPass(createConvertFuncToLLVMPass());
  pm.addPass(createConvertControlFlowToLLVMPass());
  pm.addPass(createArithToLLVMConversionPass());
  // Tiles of rank 2 are put together from poison.
  pm.addPass(createUBToLLVMConversionPass());
  pm.addPass(createReconcileUnrealizedCastsPass());
}
