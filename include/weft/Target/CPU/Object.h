// From the LLVM dialect to machine code.
#ifndef WEFT_TARGET_CPU_OBJECT_H
#define WEFT_TARGET_CPU_OBJECT_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"

namespace weft {

/// LLVM's machine for a processor of its own names, or "native": the one that the compiler runs on, with all its features;
/// reports why there is none at `loc`.
mlir::FailureOr<std::unique_ptr<llvm::TargetMachine>> createHostMachine(mlir::Location loc, llvm::StringRef march);

/// Writes a module of the machine's as a relocatable object, with no further optimisation of its IR.
mlir::LogicalResult emitCode(mlir::Location loc, llvm::Module &module, llvm::TargetMachine &machine,
                             llvm::raw_pwrite_stream &stream);

/// Whether this LLVM can generate code for the processor; reports why not at `loc`.
mlir::LogicalResult checkProcessor(mlir::Location loc, llvm::StringRef march);

/// Writes the optimised LLVM IR of a module in the LLVM dialect as text, for the processor of its target.
mlir::LogicalResult emitLLVMIR(mlir::ModuleOp module, llvm::raw_ostream &stream);

/// Writes a relocatable object for the processor of the module's target. The same module gives the same bytes.
mlir::LogicalResult emitObject(mlir::ModuleOp module, llvm::raw_pwrite_stream &stream);

} // namespace weft

#endif // WEFT_TARGET_CPU_OBJECT_H
