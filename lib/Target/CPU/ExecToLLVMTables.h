// The tables of WeftModule, from the declarations of an exec.module.
#ifndef WEFT_LIB_TARGET_CPU_EXECTOLLVMTABLES_H
#define WEFT_LIB_TARGET_CPU_EXECTOLLVMTABLES_H

#include "ExecToLLVMConstants.h"

namespace weft {

/// `WeftState[]`, in the order of the module.
mlir::LLVM::GlobalOp buildStates(ConstantBuilder &constants, llvm::ArrayRef<exec::StateOp> states);

/// `WeftInput[]`, as globals of this name.
mlir::LLVM::GlobalOp buildInputs(ConstantBuilder &constants, const llvm::Twine &name,
                                 llvm::ArrayRef<exec::InputOp> inputs);

/// `WeftEntry[]`, in the order of the module. The other tables have the order of the module too.
mlir::LLVM::GlobalOp buildEntries(ConstantBuilder &constants, exec::ModuleOp op,
                                  mlir::LLVM::GlobalOp states, mlir::LLVM::GlobalOp programs);

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
                                 mlir::LLVM::GlobalOp states, mlir::LLVM::GlobalOp programs,
                                 mlir::LLVM::GlobalOp entries);

} // namespace weft

#endif // WEFT_LIB_TARGET_CPU_EXECTOLLVMTABLES_H
