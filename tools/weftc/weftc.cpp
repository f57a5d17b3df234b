// The compile driver: from text to an executable that trains, or to any level between.
#include "Flags.h"
#include "Output.h"
#include "Report.h"
#include "Stages.h"
#include "Traffic.h"
#include "dialects/Exec/Exec.h"
#include "weft/Pipelines/Registration.h"
#include "weft/Support/OutputFile.h"
#include "weft/Target/CPU/Link.h"
#include "weft/Target/CPU/Object.h"

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

/// The kernels' code alone, as text or in a file.
int writeDeviceCode(ModuleOp module, const DeviceForm &form) {
  std::string code;
  llvm::raw_string_ostream os(code);
  if (failed(form.write(module, os)))
    return kBadInput;
  std::string path = form.suffix.empty() ? textOutput() : output();
  if (llvm::Error error = writeOutput(path, code))
    return failToWrite(path, std::move(error));
  return 0;
}

int writeText(ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream os(text);
  if (report == ReportKind::Ops)
    writeTraffic(module, os);
  else if (report != ReportKind::None)
    writeReport(module, report == ReportKind::Json, os);
  else if (level == Level::LLVM) {
    if (failed(emitLLVMIR(module, os)))
      return kBadInput;
  } else
    module.print(os);
  std::string path = textOutput();
  if (llvm::Error error = writeOutput(path, text))
    return failToWrite(path, std::move(error));
  return 0;
}

int writeObjectOrExecutable(ModuleOp module, const LinkTools &tools) {
  std::string path = output();
  llvm::SmallVector<char, 0> object;
  llvm::raw_svector_ostream os(object);
  if (failed(emitObject(module, os)))
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

/// LLVM IR, an object or an executable; with a simulated device beside it, where one was asked for.
int writePrograms(ModuleOp module, const Backend &backend, const LinkTools &tools) {
  llvm::SmallVector<char, 0> simulated;
  llvm::raw_svector_ostream os(simulated);
  if (simulates() && failed(backend.emitSimulation(module, os)))
    return kBadInput;
  if (failed(lowerPrograms(module, backend)))
    return kBadInput;
  if (level == Level::LLVM)
    return writeText(module);
  if (int code = writeObjectOrExecutable(module, tools))
    return code;
  return simulates() ? writeSimulation(tools, os.str(), output()) : 0;
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
  const Backend *backend = chooseTarget(*module);
  if (!backend)
    return kBadInput;
  if (int code = checkBackend(*backend))
    return code;
  if (failed(runStages(*module, *backend)))
    return kBadInput;
  bool needsPrograms = report != ReportKind::None || (level >= Level::LLVM && !deviceForm());
  if (needsPrograms && !module->lookupSymbol("weft_module") && module->getOps<exec::ModuleOp>().empty())
    return fail("'" + inputPath + "' has nothing to run: expected a weft.train");
  if (report != ReportKind::None || level < Level::LLVM)
    return writeText(*module);
  if (deviceForm())
    return writeDeviceCode(*module, *deviceForm());
  return writePrograms(*module, *backend, tools);
}

} // namespace

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  registerTargets();
  if (int code = parse(argc, argv))
    return code;
  return compile(argv[0]);
}
