// The machines that programs are compiled for. Each registers itself; nobody else asks which there are.
#ifndef WEFT_TARGET_BACKEND_H
#define WEFT_TARGET_BACKEND_H

#include "dialects/Interfaces/Target.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"

#include <memory>
#include <string>

namespace weft {

/// What a user asks of a machine.
struct TargetRequest {
  spec::Backend backend = spec::Backend::CPU;
  std::string march = spec::kNativeProcessor.str();
  llvm::SmallVector<std::string> archs; // none: the backend's own choice
  bool tf32 = false;
  bool epilogues = true; // where its libraries have them
};

/// Device code that can be written by itself.
struct DeviceForm {
  llvm::StringRef name, description; // as `weftc --emit` lists them
  llvm::StringRef suffix;            // of a file's name; none of text, which goes to standard output
  mlir::LogicalResult (*write)(mlir::ModuleOp module, llvm::raw_ostream &os);
};

/// One kind of machine: what its attribute says, and the passes behind placement.
class Backend {
public:
  virtual ~Backend() = default;

  virtual spec::Backend getKind() const = 0;
  /// Where its programs run, for `weftc --help`.
  virtual llvm::StringRef getDescription() const = 0;

  /// The attribute of a module that is compiled for this. What it does not have is an error at `loc`.
  virtual mlir::FailureOr<spec::TargetAttr> getTarget(mlir::Location loc, const TargetRequest &request) const = 0;
  /// Fails at `loc` where this compiler generates no code for what the attribute names.
  virtual mlir::LogicalResult verify(mlir::Location loc, spec::TargetAttr target) const = 0;

  /// Tile kernels beside placed programs to their code.
  virtual void buildKernels(mlir::OpPassManager &pm) const = 0;
  /// Placed programs to the LLVM dialect, once their kernels are code.
  virtual void buildPrograms(mlir::OpPassManager &pm) const = 0;
  /// Its passes, and what of its pass lists has a name in `weft-opt`.
  virtual void registerPasses() const = 0;

  /// Between kernels and programs: the forms in which kernels can be written.
  virtual llvm::ArrayRef<DeviceForm> getDeviceForms() const { return {}; }
  /// There, too: an object file for this processor that does what the kernels do on the device; none on most machines.
  virtual bool canSimulate() const { return false; }
  virtual mlir::LogicalResult emitSimulation(mlir::ModuleOp, llvm::raw_pwrite_stream &) const { return mlir::failure(); }
};

/// Makes a kind of machine known, once.
void registerBackend(std::unique_ptr<Backend> backend);
/// All that are known, in the order of `spec::Backend`.
llvm::ArrayRef<std::unique_ptr<Backend>> getBackends();
/// None where this compiler was built without it.
const Backend *findBackend(spec::Backend kind);
/// The one that the module is compiled for; an error at the module where there is none.
const Backend *findBackend(mlir::ModuleOp module);

/// Has the module say what it is compiled for. Fails, with an error at the module, where no code can be generated for that, or
/// where it says another target already.
mlir::LogicalResult assignTarget(mlir::ModuleOp module, const TargetRequest &request);

} // namespace weft

#endif // WEFT_TARGET_BACKEND_H
