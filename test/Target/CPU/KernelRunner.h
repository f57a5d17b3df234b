// Compiles tile kernels in this process, by the pipeline that weftc uses, and calls them.
#ifndef WEFT_TEST_TARGET_CPU_KERNELRUNNER_H
#define WEFT_TEST_TARGET_CPU_KERNELRUNNER_H

#include "weft-rt/ABI.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"

#include <memory>

namespace weft::test {

class KernelRunner {
public:
  /// Compiles a module of `tile.kernel`s; ends the process with a message where that fails.
  explicit KernelRunner(llvm::StringRef text);

  WeftKernelFn lookup(llvm::StringRef kernel);

  /// Runs programs [0, grid) on the given buffers.
  template <typename... T> void run(llvm::StringRef kernel, int64_t grid, T *...buffers) {
    void *args[] = {const_cast<void *>(static_cast<const void *>(buffers))...};
    lookup(kernel)(args, 0, grid);
  }

private:
  std::unique_ptr<llvm::orc::LLJIT> jit;
};

} // namespace weft::test

#endif // WEFT_TEST_TARGET_CPU_KERNELRUNNER_H
