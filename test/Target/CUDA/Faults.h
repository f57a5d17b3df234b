// Faults in device code that the simulated GPU must find.
#ifndef WEFT_TEST_TARGET_CUDA_FAULTS_H
#define WEFT_TEST_TARGET_CUDA_FAULTS_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/raw_ostream.h"

namespace weft::test {

/// The last two are of what a kernel is launched with, and plant none in its code.
enum class Fault {
  None, NoBarrier, LoneBarrier, NoWait, ShortWait, NoCommit, NoProxyFence, NoRegisterFence, NoProductWait, Misaligned, LittleShared
};

/// Makes a fault at one of its places in a module of the NVVM dialect; `place` counts them from 0. False: there are fewer.
bool plant(mlir::ModuleOp module, Fault fault, int place);

/// A line a kernel: how many places it has for each fault. `all`: those without any as well.
void printPlaces(mlir::ModuleOp module, bool all, llvm::raw_ostream &stream);

} // namespace weft::test

#endif // WEFT_TEST_TARGET_CUDA_FAULTS_H
