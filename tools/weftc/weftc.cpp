// The compile driver: from text to an executable that trains, or to any level between.
#include "Output.h"
#include "Report.h"
#include "Traffic.h"
#include "dialects/Exec/Exec.h"
#include "dialects/Weft/Weft.h"
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
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/TargetSelect.h"

using namespace mlir;
using namespace weft;
namespace cl = llvm::cl;

namespace {

/// What to stop at and write.
enum class Level { Model, Graph, Grad, Tile, Exec, LLVM, PTX, Cubin, Object, Executable };
enum class ReportKind { None, Text, Json, Ops };

cl::OptionCategory category("weftc options");
cl::opt<std::string> inputPath(cl::Positional, cl::desc("<model.mlir>"), cl::init("-"),
                               cl::cat(category));
cl::opt<std::string>
    outputPath("o",
               cl::desc("Where the result goes (default: standard output for text, else the "
                        "input's name without its ending)"),
               cl::value_desc("file"), cl::cat(category));
cl::opt<Level>
    level("emit", cl::desc("What to write"), cl::init(Level::Executable), cl::cat(category),
          cl::values(clEnumValN(Level::Model, "model", "the text, parsed and verified"),
                     clEnumValN(Level::Graph, "graph", "one flat model"),
                     clEnumValN(Level::Grad, "grad", "forward, backward and update graphs"),
                     clEnumValN(Level::Tile, "tile", "tile kernels, and programs without places"),
                     clEnumValN(Level::Exec, "exec", "programs with every buffer placed"),
                     clEnumValN(Level::LLVM, "llvm", "optimised LLVM IR"),
#ifdef WEFT_CUDA
                     clEnumValN(Level::PTX, "ptx", "the kernels' code for NVIDIA's GPUs"),
                     clEnumValN(Level::Cubin, "cubin", "the same, assembled"),
#endif
                     clEnumValN(Level::Object, "obj", "an object file"),
                     clEnumValN(Level::Executable, "exe", "a training executable (default)")));
cl::opt<ReportKind> report("report", cl::desc("Print memory and work; build nothing"),
                           cl::init(ReportKind::None), cl::ValueOptional, cl::cat(category),
                           cl::values(clEnumValN(ReportKind::Text, "text", "as a table (default)"),
                                      clEnumValN(ReportKind::Text, "", ""),
                                      clEnumValN(ReportKind::Json, "json", "as one JSON object"),
                                      clEnumValN(ReportKind::Ops, "ops",
                                                 "bytes moved and FLOP of each kernel and product")));
enum class Fuse { All, None };
cl::opt<Fuse> fuse("fuse", cl::desc("Which computations become one op"), cl::init(Fuse::All), cl::cat(category),
                   cl::values(clEnumValN(Fuse::All, "all", "attention, logits with their loss, a GPU's products with biases and gelus (default)"),
                              clEnumValN(Fuse::None, "none", "what the text says, op by op")));
cl::opt<bool> bundle(
    "bundle",
    cl::desc("Copy the shared libraries that the executable needs, besides libc's, beside it"),
    cl::cat(category));
cl::opt<std::string> march("march", cl::desc("The processor to compile for (default: native)"),
                           cl::value_desc("cpu"), cl::init("native"), cl::cat(category));
#ifdef WEFT_CUDA
enum class Target { CPU, CUDA };
cl::opt<Target> target("target", cl::desc("Where the executable runs"), cl::init(Target::CPU), cl::cat(category),
                       cl::values(clEnumValN(Target::CPU, "cpu", "on this kind of processor (default)"),
                                  clEnumValN(Target::CUDA, "cuda", "on an NVIDIA GPU")));
cl::list<std::string> archs("arch", cl::desc("The GPUs to compile for (default: sm_80); newer ones get PTX"),
                            cl::value_desc("sm_N,..."), cl::CommaSeparated, cl::cat(category));
enum class Precision { F32, TF32 };
cl::opt<Precision> precision("precision", cl::desc("How exact a GPU's products of f32 are"), cl::init(Precision::F32),
                             cl::cat(category),
                             cl::values(clEnumValN(Precision::F32, "f32", "as f32 is (default)"),
                                        clEnumValN(Precision::TF32, "tf32", "factors rounded to 10 bits of mantissa")));
cl::opt<bool> sim("sim", cl::desc("Write a simulated GPU beside the executable, which it uses where WEFT_SIM=1 is set"),
                  cl::cat(category));
#endif

/// LLVM's libraries bring flags of their own, which --help does not list and weftc does not take.
void removeForeignOptions() {
  llvm::SmallVector<cl::Option *> foreign;
  for (auto &[name, option] : cl::getRegisteredOptions())
    if (llvm::none_of(option->Categories, [](const cl::OptionCategory *of) {
          return of == &category || of->getName() == "Generic Options";
        }))
      foreign.push_back(option);
  for (cl::Option *option : foreign)
    option->removeArgument();
}

bool isText(Level level) { return level <= Level::PTX; }
bool isDeviceCode(Level level) { return level == Level::PTX || level == Level::Cubin; }
#ifdef WEFT_CUDA
bool isForGPU() { return target == Target::CUDA || isDeviceCode(level); }
std::string arch() { return archs.empty() ? "sm_80" : archs.front(); }
CUDAPipelineOptions cudaOptions() {
  CUDAPipelineOptions options;
  options.archs.assign(archs.begin(), archs.end());
  if (archs.empty())
    options.archs.push_back(arch());
  options.tf32 = precision == Precision::TF32;
  return options;
}
#endif

/// ./model for dir/model.mlir; nothing for standard input, and never the source itself.
std::string defaultOutput() {
  if (inputPath == "-")
    return "a.out";
  std::string stem = llvm::sys::path::stem(inputPath).str();
  if (level == Level::Object)
    return stem + ".o";
  if (level == Level::Cubin)
    return stem + ".cubin";
  return stem == llvm::sys::path::filename(inputPath) ? stem + ".out" : stem;
}

/// The level that the text is at already. What is neither graphs nor programs counts as a model.
Level getInputLevel(ModuleOp module) {
  if (!module.getOps<exec::ModuleOp>().empty())
    return Level::Tile;
  bool graphs = !module.getOps<GraphOp>().empty() && module.getOps<TrainOp>().empty();
  return graphs ? Level::Grad : Level::Model;
}

void buildKernels(OpPassManager &pm) {
  TilePipelineOptions options;
#ifdef WEFT_CUDA
  if (isForGPU()) {
    options.separateBackward = true;
    options.shortProducts = true;
    // How many rows an expert has is known to the GPU alone.
    options.groupedKernels = true;
    options.epilogues = fuse == Fuse::All;
    // 16 bytes for each lane of a warp.
    options.rowBytes = 512;
    // Larger blocks would want more registers than there are.
    options.sharedBytes = 163 << 10;
    for (const std::string &each : cudaOptions().archs)
      options.sharedBytes = std::min<int64_t>(options.sharedBytes, getSharedMemory({each}));
  }
#endif
  buildTilePipeline(pm, options);
}

void buildPrograms(OpPassManager &pm) {
#ifdef WEFT_CUDA
  if (isForGPU())
    buildProductPipeline(pm, cudaOptions());
#endif
  buildExecPipeline(pm);
}

void buildCode(OpPassManager &pm) {
#ifdef WEFT_CUDA
  if (isForGPU())
    return buildNVVMPipeline(pm, cudaOptions());
#endif
  buildLLVMPipeline(pm);
}

LogicalResult runStages(ModuleOp module) {
  PassManager pm(module.getContext());
  // One thread: a step is one function, and the order of diagnostics stays that of the text.
  struct Stage {
    Level level;
    void (*build)(OpPassManager &);
  };
  static constexpr Stage stages[] = {{Level::Graph, buildGraphPipeline},
                                     {Level::Grad, buildFusionPipeline},
                                     {Level::Grad, buildGradPipeline},
                                     {Level::Tile, buildKernels},
                                     {Level::Exec, buildPrograms},
                                     {Level::LLVM, buildCode}};
  Level last = report != ReportKind::None ? Level::Exec : level.getValue();
  Level first = getInputLevel(module);
  for (const Stage &stage : stages)
    if (stage.level > first && stage.level <= last &&
        (fuse == Fuse::All || stage.build != buildFusionPipeline))
      stage.build(pm);
  return pm.run(module);
}

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

/// What goes together.
int checkOptions() {
  if (sim && (target != Target::CUDA || level != Level::Executable))
    return fail("--sim: expected --target=cuda and an executable, of which it is a simulated GPU");
  if (precision != Precision::F32 && !isForGPU())
    return fail("--precision=tf32: expected --target=cuda; other processors have no TF32");
  if (isDeviceCode(level) && archs.size() > 1)
    return fail("--arch: expected one architecture for --emit=ptx and --emit=cubin, found " +
                llvm::Twine(archs.size()));
  return 0;
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
  std::string path = outputPath.empty() ? defaultOutput() : outputPath.getValue();
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
  std::string path = outputPath.empty() ? "-" : outputPath.getValue();
  if (llvm::Error error = writeOutput(path, text))
    return failToWrite(path, std::move(error));
  return 0;
}

int writeObjectOrExecutable(ModuleOp module, const ObjectOptions &options, const LinkTools &tools) {
  std::string path = outputPath.empty() ? defaultOutput() : outputPath.getValue();
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
#ifdef WEFT_CUDA
  if (int code = checkOptions())
    return code;
#endif
  LinkTools tools;
  if (level == Level::Executable && report == ReportKind::None) {
    static int anchor; // an address in this very executable
    std::string self = llvm::sys::fs::getMainExecutable(program, &anchor);
    llvm::Expected<LinkTools> found = findLinkTools(llvm::sys::path::parent_path(self));
    if (!found)
      return fail(llvm::toString(found.takeError()));
    tools = *found;
  }
  if (inputPath != "-" && llvm::sys::fs::equivalent(inputPath, outputPath))
    return fail("'" + outputPath + "' is the source itself: give -o another name");
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
                           outputPath.empty() ? defaultOutput() : outputPath.getValue());
#endif
  return code;
}

} // namespace

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  removeForeignOptions();
  cl::SetVersionPrinter([](llvm::raw_ostream &os) {
    os << "weftc " WEFT_VERSION " (LLVM " LLVM_VERSION_STRING ")\n";
  });
  if (!cl::ParseCommandLineOptions(argc, argv, "Compiles one training step to an executable\n",
                                   &llvm::errs()))
    return kBadInput;
  return compile(argv[0]);
}
