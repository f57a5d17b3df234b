// Device code of a gpu.module: LLVM IR for nvptx, PTX, cubins.
#ifndef WEFT_TARGET_CUDA_DEVICECODE_H
#define WEFT_TARGET_CUDA_DEVICECODE_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/IR/Module.h"

namespace weft {

struct DeviceOptions {
  std::string arch = "sm_80";
};

/// NVIDIA's toolkit: CUDA_HOME, the one that this compiler was configured with, or /usr/local/cuda.
struct Toolkit {
  std::string ptxas, libdevice;
  /// Says what was looked for and not found.
  static mlir::FailureOr<Toolkit> find(mlir::Location loc);
};

/// Fails with a diagnostic where no code can be generated for the architecture: below sm_80, or unknown.
llvm::LogicalResult checkArchitecture(mlir::Location loc, const DeviceOptions &options);

/// "sm_90" for sm_80 and sm_90a: the newest of some architectures, without what makes its code specific to it.
std::string getNewestGeneric(llvm::ArrayRef<llvm::StringRef> archs);

/// Bytes of shared memory that one block may have; 0 of an unknown architecture.
int64_t getSharedMemory(const DeviceOptions &options);

/// The optimised module of all kernels, as it goes to PTX: with libdevice linked in.
mlir::FailureOr<std::unique_ptr<llvm::Module>>
translateDeviceModule(mlir::ModuleOp module, llvm::LLVMContext &context,
                      const DeviceOptions &options);

llvm::LogicalResult emitPTX(mlir::ModuleOp module, const DeviceOptions &options,
                            llvm::raw_ostream &stream);

/// What ptxas makes of PTX.
mlir::FailureOr<std::string> assemble(mlir::Location loc, llvm::StringRef ptx,
                                      const DeviceOptions &options);

} // namespace weft

#endif // WEFT_TARGET_CUDA_DEVICECODE_H
