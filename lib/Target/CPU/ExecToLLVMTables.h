// The tables of WeftModule, from the declarations of an exec.module.
#ifndef WEFT_LIB_TARGET_CPU_EXECTOLLVMTABLES_H
#define WEFT_LIB_TARGET_CPU_EXECTOLLVMTABLES_H

#include "ExecToLLVMConstants.h"

namespace weft {

/// `WeftState[]`, in the order of the module.
mlir::LLVM::GlobalOp buildStates(ConstantBuilder &constants, llvm::ArrayRef<exec::StateOp> states);

/// `WeftInput[]`, in the order of the module.
mlir::LLVM::GlobalOp buildInputs(ConstantBuilder &constants, llvm::ArrayRef<exec::InputOp> inputs);

/// The WeftKernel of a lowered kernel that is called `name` in the text.
mlir::LLVM::GlobalOp buildKernel(ConstantBuilder &constants, llvm::StringRef name,
                                 mlir::LLVM::LLVMFuncOp function);

/// One launch site. `ordinal` makes its name unique.
mlir::LLVM::GlobalOp buildLaunch(ConstantBuilder &constants, mlir::LLVM::GlobalOp kernel,
                                 exec::LaunchOp op, int64_t grid, int64_t ordinal);

/// One matrix product site.
mlir::LLVM::GlobalOp buildMatmul(ConstantBuilder &constants, exec::MatmulOp op, int64_t ordinal);

/// One grouped product site.
mlir::LLVM::GlobalOp buildGroupedMatmul(ConstantBuilder &constants, exec::GroupedMatmulOp op,
                                        int64_t ordinal);

/// The exported `weft_module`.
mlir::LLVM::GlobalOp buildModule(ConstantBuilder &constants, exec::ModuleOp op, uint64_t textHash,
                                 mlir::LLVM::GlobalOp states, mlir::LLVM::GlobalOp inputs,
                                 mlir::LLVM::GlobalOp programs);

} // namespace weft

#endif // WEFT_LIB_TARGET_CPU_EXECTOLLVMTABLES_H
