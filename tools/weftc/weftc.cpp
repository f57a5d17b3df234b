// The compile driver: from text to an executable that trains, or to any level between.
#include "Flags.h"
#include "Output.h"
#include "Report.h"
#include "Stages.h"
#include "Traffic.h"
#include "dialects/Exec/Exec.h"
#include "weft/Pipelines/Pipelines.h"
#include "weft/Pipelines/Registration.h"
#include "weft/Support/OutputFile.h"
#include "weft/Target/CPU/Link.h"
#include "weft/Target/CPU/Object.h"
#ifdef WEFT_CUDA
#include "weft/Target/CUDA/DeviceCode.h"
#include "weft/Target/Sim/WriteSimulation.h"
#endif

#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/FileUtilities.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/TargetSelect.h"

using namespace mlir;
using namespace weft;
using namespace weft::flags;

namespace {

#ifdef WEFT_CUDA
/// Programs for a GPU, once its kernels are device code.
LogicalResult embedDeviceCode(ModuleOp module) {
  PassManager pm(module.getContext());
  buildCUDAPipeline(pm, cudaOptions());
  return pm.run(module);
}

LogicalResult emitSimulation(ModuleOp module, llvm::SmallVectorImpl<char> &object) {
  llvm::raw_svector_ostream os(object);
  return emitSimulatedKernels(module, arch(), os);
}

LogicalResult writePTX(ModuleOp module, llvm::raw_ostream &os) {
  return emitPTX(module, {arch()}, os);
}

int writeCubin(ModuleOp module) {
  std::string ptx;
  llvm::raw_string_ostream os(ptx);
  if (failed(writePTX(module, os)))
    return kBadInput;
  FailureOr<std::string> cubin = assemble(module.getLoc(), ptx, {arch()});
  if (failed(cubin))
    return kBadInput;
  std::string path = output();
  if (llvm::Error error = writeOutput(path, *cubin))
    return failToWrite(path, std::move(error));
  return 0;
}
#else
LogicalResult writePTX(ModuleOp, llvm::raw_ostream &) { return failure(); }
#endif

int writeText(ModuleOp module, const ObjectOptions &options) {
  std::string text;
  llvm::raw_string_ostream os(text);
  if (report == ReportKind::Ops)
    writeTraffic(module, os);
  else if (report != ReportKind::None)
    writeReport(module, report == ReportKind::Json, os);
  else if (level == Level::LLVM) {
    if (failed(emitLLVMIR(module, options, os)))
      return kBadInput;
  } else if (level == Level::PTX) {
    if (failed(writePTX(module, os)))
      return kBadInput;
  } else
    module.print(os);
  std::string path = textOutput();
  if (llvm::Error error = writeOutput(path, text))
    return failToWrite(path, std::move(error));
  return 0;
}

int writeObjectOrExecutable(ModuleOp module, const ObjectOptions &options, const LinkTools &tools) {
  std::string path = output();
  llvm::SmallVector<char, 0> object;
  llvm::raw_svector_ostream os(object);
  if (failed(emitObject(module, options, os)))
    return kBadInput;
  if (level == Level::Object) {
    if (llvm::Error error = writeOutput(path, os.str()))
      return failToWrite(path, std::move(error));
    return 0;
  }
  llvm::SmallString<128> objectPath;
  int code = writeTemporary(os.str(), objectPath);
  llvm::FileRemover remover(objectPath);
  return code != 0 ? code : writeExecutable(tools, objectPath, path, bundle);
}

int compile(const char *program) {
  LinkTools tools;
  if (level == Level::Executable && report == ReportKind::None) {
    static int anchor; // an address in this very executable
    std::string self = llvm::sys::fs::getMainExecutable(program, &anchor);
    llvm::Expected<LinkTools> found = findLinkTools(llvm::sys::path::parent_path(self));
    if (!found)
      return fail(llvm::toString(found.takeError()));
    tools = *found;
  }
  std::string message;
  auto file = openInputFile(inputPath, &message);
  if (!file)
    return fail(message);
  llvm::SourceMgr sources;
  sources.AddNewSourceBuffer(std::move(file), llvm::SMLoc());

  DialectRegistry registry;
  registerDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  // The user's line says enough; the op behind it may be the whole module.
  context.printOpOnDiagnostic(false);
  SourceMgrDiagnosticHandler handler(sources, &context);
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(sources, &context);
  if (!module)
    return kBadInput;
  ObjectOptions options;
  options.march = march;
#ifdef WEFT_CUDA
  for (const std::string &each : cudaOptions().archs)
    if (failed(checkArchitecture(module->getLoc(), {each})))
      return kBadInput;
#endif
  if (failed(checkProcessor(module->getLoc(), options)) || failed(runStages(*module)))
    return kBadInput;
  bool needsPrograms =
      report != ReportKind::None || (level >= Level::LLVM && !isDeviceCode(level.getValue()));
  if (needsPrograms && !module->lookupSymbol("weft_module") &&
      module->getOps<exec::ModuleOp>().empty())
    return fail("'" + inputPath + "' has nothing to run: expected a weft.train");
  if (report != ReportKind::None)
    return writeText(*module, options);
#ifdef WEFT_CUDA
  if (level == Level::Cubin)
    return writeCubin(*module);
  llvm::SmallVector<char, 0> simulated;
  if (sim && failed(emitSimulation(*module, simulated)))
    return kBadInput;
  if (target == Target::CUDA && needsPrograms && failed(embedDeviceCode(*module)))
    return kBadInput;
#endif
  if (isText(level))
    return writeText(*module, options);
  int code = writeObjectOrExecutable(*module, options, tools);
#ifdef WEFT_CUDA
  if (code == 0 && sim)
    return writeSimulation(tools, {simulated.data(), simulated.size()},
                           output());
#endif
  return code;
}

} // namespace

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  if (int code = parse(argc, argv))
    return code;
  return compile(argv[0]);
}
