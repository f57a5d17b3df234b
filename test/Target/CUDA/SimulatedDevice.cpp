#include "SimulatedDevice.h"

#include "dialects/Interfaces/Target.h"
#include "weft/Target/CUDA/DeviceCode.h"
#include "weft/Target/CUDA/Pipelines.h"
#include "weft/Target/Sim/RetargetToHost.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace weft;
using namespace weft::test;

static llvm::ExitOnError check("SimulatedKernels: ");

void weft::test::fail(const Twine &what) {
  llvm::errs() << "SimulatedKernels: " << what << "\n";
  std::exit(1);
}

void weft::test::lowerKernels(ModuleOp module, StringRef arch) {
  std::string target = ("#spec.target<cuda, archs = [\"" + arch + "\"]>").str();
  module->setAttr(spec::kTargetAttr, parseAttribute(target, module.getContext()));
  PassManager pm(module.getContext());
  buildKernelsToNVVMPipeline(pm);
  if (failed(pm.run(module)))
    fail("the kernels cannot be lowered");
  // Of what is there for all architectures and for this one, which comes first, the latter stays.
  llvm::StringSet<> names;
  module.walk([&](LLVM::LLVMFuncOp function) {
    if (!function.isExternal() && !names.insert(function.getName()).second)
      function.erase();
  });
}

SimulatedDevice::SimulatedDevice(ModuleOp module, StringRef arch, Fault fault, int place)
    : context(std::make_unique<llvm::LLVMContext>()), jit(check(llvm::orc::LLJITBuilder().create())) {
  lowerKernels(module, arch);
  if (!plant(module, fault, place))
    fail("no such place");
  noteLaunches(module, fault == Fault::LittleShared ? 1024 : 0);
  auto translated = translateDeviceModule(module, *context, DeviceOptions{arch.str()});
  if (failed(translated))
    fail("no device code");
  code = std::move(*translated);
}

void SimulatedDevice::noteLaunches(ModuleOp module, int64_t missingShared) {
  module.walk([&](LLVM::LLVMFuncOp function) {
    if (function.isExternal())
      return;
    sim::Launch launch{};
    launch.grid = function->getAttrOfType<IntegerAttr>("weft.grid").getInt();
    launch.threads = function->getAttrOfType<DenseI32ArrayAttr>("nvvm.reqntid")[0];
    if (auto bytes = function->getAttrOfType<IntegerAttr>("weft.shared_bytes"))
      launch.sharedBytes = bytes.getInt() - missingShared;
    launches[function.getName()] = launch;
    alignments[function.getName()] =
        llvm::to_vector(function->getAttrOfType<DenseI64ArrayAttr>("weft.alignments").asArrayRef());
  });
}

void SimulatedDevice::write(StringRef path) {
  retargetToSanitizers(*code, jit->getDataLayout(), jit->getTargetTriple());
  std::error_code problem;
  llvm::raw_fd_ostream stream(path, problem);
  if (problem)
    fail("cannot write " + path);
  stream << *code;
}

void SimulatedDevice::compile() {
  retargetToHost(*code, jit->getDataLayout(), jit->getTargetTriple());
  llvm::orc::SymbolMap symbols;
  for (const sim::Function &function : sim::functions())
    symbols[jit->mangleAndIntern(simFunctionName(function.name))] = {llvm::orc::ExecutorAddr::fromPtr(function.address),
                                                                     llvm::JITSymbolFlags::Callable};
  check(jit->getMainJITDylib().define(llvm::orc::absoluteSymbols(std::move(symbols))));
  check(jit->addIRModule(llvm::orc::ThreadSafeModule(std::move(code), std::move(context))));
}

void SimulatedDevice::run(StringRef kernel, void **arguments, std::span<const std::span<char>> buffers,
                          sim::Schedule schedule) {
  auto entry = check(jit->lookup((kSimEntryPrefix + kernel).str())).toPtr<sim::Entry>();
  std::string name = kernel.str();
  sim::Launch launch = launches.lookup(kernel);
  launch.name = name.c_str(), launch.entry = entry, launch.arguments = arguments;
  launch.buffers = buffers;
  launch.schedule = schedule;
  sim::run(launch);
}
