// The kernels of a text on the simulated GPU, called one at a time.
#ifndef WEFT_TEST_TARGET_CUDA_SIMULATEDDEVICE_H
#define WEFT_TEST_TARGET_CUDA_SIMULATEDDEVICE_H

#include "Faults.h"
#include "sim/Simulator.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"

namespace weft::test {

class SimulatedDevice {
public:
  /// Takes a module of `tile.kernel`s to device code for an architecture, with a fault at one of its places. A failure ends the process
  /// with a message.
  SimulatedDevice(mlir::ModuleOp module, llvm::StringRef arch, Fault fault = Fault::None, int place = 0);

  /// Writes the code for sanitizers, in place of compiling it.
  void write(llvm::StringRef path);
  /// Before the first run.
  void compile();
  void run(llvm::StringRef kernel, void **arguments, std::span<const std::span<char>> buffers, sim::Schedule schedule);

  /// Of each argument of a kernel, in bytes.
  llvm::ArrayRef<int64_t> alignmentsOf(llvm::StringRef kernel) const { return alignments.find(kernel)->second; }
  sim::Launch launchOf(llvm::StringRef kernel) const { return launches.lookup(kernel); }

private:
  void noteLaunches(mlir::ModuleOp module, int64_t missingShared);

  std::unique_ptr<llvm::LLVMContext> context;
  std::unique_ptr<llvm::Module> code;
  std::unique_ptr<llvm::orc::LLJIT> jit;
  llvm::StringMap<sim::Launch> launches;
  llvm::StringMap<llvm::SmallVector<int64_t>> alignments;
};

/// Kernels to the NVVM dialect, as they run on an architecture.
void lowerKernels(mlir::ModuleOp module, llvm::StringRef arch);

/// Ends the process.
[[noreturn]] void fail(const llvm::Twine &what);

} // namespace weft::test

#endif // WEFT_TEST_TARGET_CUDA_SIMULATEDDEVICE_H
