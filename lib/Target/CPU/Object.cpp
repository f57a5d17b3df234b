#include "weft/Target/CPU/Object.h"

#include "weft/Target/OptimizeModule.h"

#include "dialects/Interfaces/Target.h"

#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Analysis/TargetTransformInfo.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Verifier.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/SubtargetFeature.h"

using namespace mlir;

namespace weft {

namespace {

struct Processor {
  std::string name, features;
};

Processor getProcessor(StringRef march) {
  if (march != spec::kNativeProcessor)
    return {march.str(), ""};
  llvm::SubtargetFeatures features;
  for (const auto &[feature, enabled] : llvm::sys::getHostCPUFeatures())
    features.AddFeature(feature, enabled);
  std::vector<std::string> sorted = features.getFeatures();
  llvm::sort(sorted);
  return {llvm::sys::getHostCPUName().str(), llvm::join(sorted, ",")};
}

// What clang would put on each function for these flags.
void setFunctionAttributes(llvm::Module &module, const llvm::TargetMachine &machine) {
  bool wide = machine.getMCSubtargetInfo()->checkFeatures("+avx512f");
  for (llvm::Function &function : module) {
    if (function.isDeclaration())
      continue;
    function.addFnAttr("target-cpu", machine.getTargetCPU());
    function.addFnAttr("target-features", machine.getTargetFeatureString());
    if (wide)
      function.addFnAttr("prefer-vector-width", "512");
  }
}

FailureOr<std::unique_ptr<llvm::Module>>
translate(mlir::ModuleOp module, llvm::LLVMContext &context, llvm::TargetMachine &machine) {
  setTarget(module, machine);
  // The name ends up in the object: it must not depend on where the file lies.
  std::unique_ptr<llvm::Module> result = translateModuleToLLVMIR(module, context, "weft");
  if (!result)
    return module.emitError("cannot be translated to LLVM IR");
  setFunctionAttributes(*result, machine);
  std::string problems;
  llvm::raw_string_ostream stream(problems);
  if (llvm::verifyModule(*result, &stream))
    return module.emitError("gives LLVM IR that is not valid: ") << problems;
  keepBF16InWords(*result);
  optimizeModule(*result, machine);
  return result;
}

} // namespace

FailureOr<std::unique_ptr<llvm::TargetMachine>> createHostMachine(Location loc, StringRef march) {
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  llvm::Triple triple(llvm::sys::getDefaultTargetTriple());
  std::string reason;
  const llvm::Target *target = llvm::TargetRegistry::lookupTarget(triple, reason);
  if (!target)
    return emitError(loc) << "cannot generate code for " << triple.str() << ": " << reason;
  // An unknown name would only be a warning of LLVM's, and code for the oldest processor.
  std::unique_ptr<llvm::MCSubtargetInfo> generic(target->createMCSubtargetInfo(triple, "", ""));
  if (march != spec::kNativeProcessor && !generic->isCPUStringValid(march))
    return emitError(loc) << "unknown processor '" << march
                          << "': expected native or a name that clang's -march takes, such as "
                             "x86-64-v3";
  // Products and sums contract: kernels are measured against f64, not bit by bit against C.
  llvm::TargetOptions targetOptions;
  targetOptions.AllowFPOpFusion = llvm::FPOpFusion::Fast;
  Processor processor = getProcessor(march);
  return std::unique_ptr<llvm::TargetMachine>(target->createTargetMachine(
      triple, processor.name, processor.features, targetOptions, llvm::Reloc::PIC_, std::nullopt,
      llvm::CodeGenOptLevel::Aggressive));
}

LogicalResult emitCode(Location loc, llvm::Module &module, llvm::TargetMachine &machine,
                       llvm::raw_pwrite_stream &stream) {
  llvm::legacy::PassManager codegen;
  if (machine.addPassesToEmitFile(codegen, stream, nullptr, llvm::CodeGenFileType::ObjectFile))
    return emitError(loc) << "this LLVM writes no object files for "
                          << machine.getTargetTriple().str();
  codegen.run(module);
  return success();
}

LogicalResult checkProcessor(Location loc, StringRef march) {
  return createHostMachine(loc, march);
}

LogicalResult emitLLVMIR(mlir::ModuleOp module, raw_ostream &stream) {
  auto machine = createHostMachine(module.getLoc(), spec::getTarget(module).getMarch());
  if (failed(machine))
    return failure();
  llvm::LLVMContext context;
  auto translated = translate(module, context, **machine);
  if (failed(translated))
    return failure();
  (*translated)->print(stream, nullptr);
  return success();
}

LogicalResult emitObject(mlir::ModuleOp module, llvm::raw_pwrite_stream &stream) {
  auto machine = createHostMachine(module.getLoc(), spec::getTarget(module).getMarch());
  if (failed(machine))
    return failure();
  llvm::LLVMContext context;
  auto translated = translate(module, context, **machine);
  if (failed(translated))
    return failure();
  return emitCode(module.getLoc(), **translated, **machine, stream);
}

} // namespace weft
