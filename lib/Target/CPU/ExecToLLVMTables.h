// The tables of WeftModule, from the declarations of an exec.module.
#ifndef WEFT_LIB_TARGET_CPU_EXECTOLLVMTABLES_H
#define WEFT_LIB_TARGET_CPU_EXECTOLLVMTABLES_H

#include "ExecToLLVMConstants.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"

namespace weft {

/// `WeftState[]`, in the order of the module.
mlir::LLVM::GlobalOp buildStates(ConstantBuilder &constants, llvm::ArrayRef<exec::StateOp> states);

/// `WeftInput[]`, as globals of this name.
mlir::LLVM::GlobalOp buildInputs(ConstantBuilder &constants, const llvm::Twine &name,
                                 llvm::ArrayRef<exec::InputOp> inputs);

/// `WeftEntry[]`, in the order of the module. The other tables have the order of the module too.
mlir::LLVM::GlobalOp buildEntries(ConstantBuilder &constants, exec::ModuleOp op,
                                  mlir::LLVM::GlobalOp states, mlir::LLVM::GlobalOp programs);

/// A kernel that is launched, under its name in the text.
struct KernelRecord {
  llvm::StringRef name;
  mlir::LLVM::LLVMFuncOp function; // null for a GPU
  int64_t numArguments, threads = 0, sharedBytes = 0;
};

/// `WeftKernel[]`.
mlir::LLVM::GlobalOp buildKernels(ConstantBuilder &constants, llvm::ArrayRef<KernelRecord> kernels);

/// `WeftImage[]`, of the objects of a `gpu.binary`; empty where there is none.
mlir::LLVM::GlobalOp buildImages(ConstantBuilder &constants, mlir::gpu::BinaryOp binary);

/// One launch site. `ordinal` makes its name unique.
mlir::LLVM::GlobalOp buildLaunch(ConstantBuilder &constants, mlir::LLVM::GlobalOp kernels,
                                 int64_t kernel, exec::LaunchOp op, int64_t grid, int64_t ordinal);

/// One matrix product site.
mlir::LLVM::GlobalOp buildMatmul(ConstantBuilder &constants, exec::MatmulOp op, int64_t ordinal);

/// One grouped product site.
mlir::LLVM::GlobalOp buildGroupedMatmul(ConstantBuilder &constants, exec::GroupedMatmulOp op,
                                        int64_t ordinal);

/// The tables that a module points to.
struct ModuleTables {
  mlir::LLVM::GlobalOp states, programs, entries, kernels, images;
};

/// The exported `weft_module`. It is for a GPU where it has images.
void buildModule(ConstantBuilder &constants, exec::ModuleOp op, uint64_t textHash,
                 const ModuleTables &tables);

} // namespace weft

#endif // WEFT_LIB_TARGET_CPU_EXECTOLLVMTABLES_H
