#include "weft/Target/CUDA/DeviceCode.h"

#include "Specialization.h"
#include "weft/Target/OptimizeModule.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Verifier.h"
#include "llvm/IRReader/IRReader.h"
#include "llvm/Linker/Linker.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Transforms/IPO/Internalize.h"

using namespace mlir;

namespace weft {

namespace {

/// Kernels use cp.async and NaN-keeping maxima, which came with it.
constexpr int kOldestArchitecture = 80;

/// 90 of "sm_90a"; 0 of what is no architecture.
int numberOf(StringRef arch) {
  int number = 0;
  if (!arch.consume_front("sm_") || arch.consumeInteger(10, number))
    return 0;
  return number;
}

FailureOr<std::unique_ptr<llvm::TargetMachine>> createMachine(Location loc,
                                                              const DeviceOptions &options) {
  LLVMInitializeNVPTXTargetInfo();
  LLVMInitializeNVPTXTarget();
  LLVMInitializeNVPTXTargetMC();
  LLVMInitializeNVPTXAsmPrinter();
  llvm::Triple triple("nvptx64-nvidia-cuda");
  std::string reason;
  const llvm::Target *target = llvm::TargetRegistry::lookupTarget(triple, reason);
  if (!target)
    return emitError(loc) << "cannot generate code for NVIDIA's GPUs: " << reason;
  std::unique_ptr<llvm::MCSubtargetInfo> generic(target->createMCSubtargetInfo(triple, "", ""));
  if (numberOf(options.arch) < kOldestArchitecture || !generic->isCPUStringValid(options.arch))
    return emitError(loc) << "unknown architecture '" << options.arch
                          << "': expected one from sm_80 up, such as sm_80, sm_90a or sm_100a";
  llvm::TargetOptions targetOptions;
  targetOptions.AllowFPOpFusion = llvm::FPOpFusion::Fast; // as for the CPU
  return std::unique_ptr<llvm::TargetMachine>(
      target->createTargetMachine(triple, options.arch, "", targetOptions, llvm::Reloc::PIC_,
                                  std::nullopt, llvm::CodeGenOptLevel::Aggressive));
}

/// libdevice asks how exact it shall be: as IEEE 754 says, with subnormal numbers.
void answerReflections(llvm::Module &module, int arch) {
  llvm::Function *reflect = module.getFunction("__nvvm_reflect");
  if (!reflect)
    return;
  for (llvm::User *user : llvm::make_early_inc_range(reflect->users())) {
    auto *call = cast<llvm::CallInst>(user);
    auto *global = dyn_cast<llvm::GlobalVariable>(call->getArgOperand(0)->stripPointerCasts());
    auto *name = global && global->hasInitializer()
                     ? dyn_cast<llvm::ConstantDataSequential>(global->getInitializer())
                     : nullptr;
    StringRef question = name ? name->getAsCString() : "";
    int answer = question == "__CUDA_ARCH" ? arch * 10 : question.contains("_PREC_") ? 1 : 0;
    call->replaceAllUsesWith(llvm::ConstantInt::get(call->getType(), answer));
    call->eraseFromParent();
  }
}

LogicalResult linkLibdevice(llvm::Module &module, Location loc, int arch) {
  bool isWanted = llvm::any_of(module, [](llvm::Function &function) {
    return function.isDeclaration() && function.getName().starts_with("__nv_");
  });
  if (!isWanted)
    return success();
  FailureOr<Toolkit> toolkit = Toolkit::find(loc);
  if (failed(toolkit))
    return failure();
  llvm::SMDiagnostic problem;
  std::unique_ptr<llvm::Module> library =
      llvm::parseIRFile(toolkit->libdevice, problem, module.getContext());
  if (!library)
    return emitError(loc) << "cannot read '" << toolkit->libdevice << "': " << problem.getMessage();
  library->setDataLayout(module.getDataLayout());
  library->setTargetTriple(module.getTargetTriple());
  if (llvm::Linker::linkModules(module, std::move(library), llvm::Linker::LinkOnlyNeeded))
    return emitError(loc) << "cannot link '" << toolkit->libdevice << "'";
  answerReflections(module, arch);
  return success();
}

/// Kernels are all that is called from outside.
void internalize(llvm::Module &module) {
  llvm::internalizeModule(module, [](const llvm::GlobalValue &value) {
    auto *function = dyn_cast<llvm::Function>(&value);
    return !function || function->getCallingConv() == llvm::CallingConv::PTX_Kernel;
  });
}

/// The contents of device modules as a module of their own, with the target's data layout. What an earlier one has
/// takes the place of what later ones have under that name.
OwningOpRef<ModuleOp> unwrap(MutableArrayRef<gpu::GPUModuleOp> devices, const llvm::TargetMachine &machine) {
  OwningOpRef<ModuleOp> module = ModuleOp::create(devices.front().getLoc());
  setTarget(*module, machine);
  llvm::StringSet<> names;
  for (gpu::GPUModuleOp device : devices)
    for (Operation &op : *device.getBody()) {
      auto symbol = dyn_cast<SymbolOpInterface>(op);
      if (!symbol || names.insert(symbol.getName()).second)
        module->push_back(op.clone());
    }
  return module;
}

/// What is for this architecture alone, and what is for all.
SmallVector<gpu::GPUModuleOp> devicesFor(mlir::ModuleOp module, StringRef arch) {
  SmallVector<gpu::GPUModuleOp> special, general;
  for (auto device : module.getOps<gpu::GPUModuleOp>()) {
    auto own = device->getAttrOfType<StringAttr>(kArchAttr);
    if (!own)
      general.push_back(device);
    else if (own.getValue() == arch)
      special.push_back(device);
  }
  special.append(general);
  return special;
}

/// A kernel that no block can hold would only fail when it is launched.
LogicalResult checkSharedMemory(mlir::ModuleOp device, const DeviceOptions &options) {
  int64_t most = getSharedMemory(options);
  for (Operation &op : *device.getBody()) {
    auto bytes = op.getAttrOfType<IntegerAttr>("weft.shared_bytes");
    if (bytes && bytes.getInt() > most)
      return op.emitError("kernel '")
             << cast<SymbolOpInterface>(op).getName() << "' needs " << bytes.getInt()
             << " bytes of shared memory; " << options.arch << " has " << most
             << " for a block: rows of fewer numbers, or numbers of fewer bits, need less";
  }
  return success();
}

FailureOr<std::unique_ptr<llvm::Module>> translate(mlir::ModuleOp module,
                                                   llvm::LLVMContext &context,
                                                   const DeviceOptions &options,
                                                   llvm::TargetMachine &machine) {
  SmallVector<gpu::GPUModuleOp> devices = devicesFor(module, options.arch);
  if (devices.empty())
    return module.emitError("expected a gpu.module, which weft-convert-tile-to-nvvm makes");
  OwningOpRef<ModuleOp> unwrapped = unwrap(devices, machine);
  if (failed(checkSharedMemory(*unwrapped, options)))
    return failure();
  std::unique_ptr<llvm::Module> result = translateModuleToLLVMIR(*unwrapped, context, "weft");
  if (!result)
    return module.emitError("cannot be translated to LLVM IR");
  if (failed(linkLibdevice(*result, module.getLoc(), numberOf(options.arch))))
    return failure();
  std::string problems;
  llvm::raw_string_ostream stream(problems);
  if (llvm::verifyModule(*result, &stream))
    return module.emitError("gives LLVM IR that is not valid: ") << problems;
  internalize(*result);
  optimizeModule(*result, machine);
  return result;
}

} // namespace

std::string getNewestGeneric(ArrayRef<StringRef> archs) {
  int newest = 0;
  for (StringRef arch : archs)
    newest = std::max(newest, numberOf(arch));
  return "sm_" + std::to_string(newest);
}

// CUDA C++ Programming Guide, table of technical specifications by compute capability.
int64_t getSharedMemory(const DeviceOptions &options) {
  constexpr int64_t reserved = 1; // KiB of each block's
  switch (numberOf(options.arch)) {
  case 0:
    return 0;
  case 80:
  case 87:
    return (164 - reserved) << 10;
  case 86:
  case 89:
  case 120:
  case 121:
    return (100 - reserved) << 10;
  default:
    return (228 - reserved) << 10;
  }
}

LogicalResult checkArchitecture(Location loc, const DeviceOptions &options) {
  return createMachine(loc, options);
}

FailureOr<std::unique_ptr<llvm::Module>> translateDeviceModule(mlir::ModuleOp module,
                                                               llvm::LLVMContext &context,
                                                               const DeviceOptions &options) {
  auto machine = createMachine(module.getLoc(), options);
  if (failed(machine))
    return failure();
  return translate(module, context, options, **machine);
}

LogicalResult emitPTX(mlir::ModuleOp module, const DeviceOptions &options, raw_ostream &stream) {
  auto machine = createMachine(module.getLoc(), options);
  if (failed(machine))
    return failure();
  llvm::LLVMContext context;
  auto translated = translate(module, context, options, **machine);
  if (failed(translated))
    return failure();
  SmallVector<char, 0> text;
  llvm::raw_svector_ostream buffer(text);
  llvm::legacy::PassManager codegen;
  if ((*machine)->addPassesToEmitFile(codegen, buffer, nullptr,
                                      llvm::CodeGenFileType::AssemblyFile))
    return module.emitError("this LLVM writes no PTX");
  codegen.run(**translated);
  stream << StringRef(text.data(), text.size());
  return success();
}

} // namespace weft
