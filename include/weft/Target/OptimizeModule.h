// What every target does with a module of LLVM IR.
#ifndef WEFT_TARGET_OPTIMIZEMODULE_H
#define WEFT_TARGET_OPTIMIZEMODULE_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

namespace weft {

/// Notes target and data layout, before the translation to LLVM IR, which takes alignments from it.
void setTarget(mlir::ModuleOp module, const llvm::TargetMachine &machine);

/// LLVM's passes of O3, for this machine.
void optimizeModule(llvm::Module &module, llvm::TargetMachine &machine);

/// Has words of 16 bits stand for numbers of bf16, but where they are computed with. A processor without instructions for
/// bf16 keeps such numbers as f32 between blocks of code, and rounds them in a library that not every machine has.
void keepBF16InWords(llvm::Module &module);

} // namespace weft

#endif // WEFT_TARGET_OPTIMIZEMODULE_H
