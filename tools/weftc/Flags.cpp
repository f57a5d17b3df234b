#include "Flags.h"

#include "Output.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace weft;
using namespace weft::flags;
namespace cl = llvm::cl;

static cl::OptionCategory category("weftc options");

cl::opt<std::string> flags::inputPath(cl::Positional, cl::desc("<model.mlir>"), cl::init("-"), cl::cat(category));

static cl::opt<std::string>
    outputPath("o", cl::desc("Where the result goes (default: standard output for text, else the input's name without its ending)"),
               cl::value_desc("file"), cl::cat(category));

cl::opt<Level> flags::level(
    "emit", cl::desc("What to write"), cl::init(Level::Executable), cl::cat(category),
    cl::values(clEnumValN(Level::Model, "model", "the text, parsed and verified"),
               clEnumValN(Level::Graph, "graph", "one flat model"),
               clEnumValN(Level::Grad, "grad", "forward, backward and update graphs"),
               clEnumValN(Level::Tile, "tile", "tile kernels, and programs without places"),
               clEnumValN(Level::Exec, "exec", "programs with every buffer placed"),
               clEnumValN(Level::LLVM, "llvm", "optimised LLVM IR"),
               clEnumValN(Level::Object, "obj", "an object file"),
               clEnumValN(Level::Executable, "exe", "a training executable (default)")));

cl::opt<ReportKind> flags::report(
    "report", cl::desc("Print memory and work; build nothing"), cl::init(ReportKind::None), cl::ValueOptional,
    cl::cat(category),
    cl::values(clEnumValN(ReportKind::Text, "text", "as a table (default)"), clEnumValN(ReportKind::Text, "", ""),
               clEnumValN(ReportKind::Json, "json", "as one JSON object"),
               clEnumValN(ReportKind::Ops, "ops", "bytes moved and FLOP of each kernel and product")));

static cl::list<Fuse> fuse(
    "fuse", cl::desc("Which computations become one op"), cl::CommaSeparated, cl::cat(category),
    cl::values(clEnumValN(Fuse::All, "all", "whatever can be (default)"),
               clEnumValN(Fuse::None, "none", "what the text says, op by op"),
               clEnumValN(Fuse::Attention, "attention", "products with the softmax between"),
               clEnumValN(Fuse::Loss, "loss", "logits with their loss"),
               clEnumValN(Fuse::Epilogues, "epilogues", "a GPU's products with biases and gelus")));

cl::opt<bool> flags::bundle("bundle",
                            cl::desc("Copy the shared libraries that the executable needs, besides libc's, beside it"),
                            cl::cat(category));

static cl::opt<std::string> march("march", cl::desc("The processor to compile for (default: native)"), cl::value_desc("cpu"),
                                  cl::init(spec::kNativeProcessor.str()), cl::cat(category));

static cl::opt<std::string> target("target", cl::value_desc("name"), cl::init(spec::stringifyBackend(spec::Backend::CPU).str()), cl::cat(category));

namespace {

enum class Precision { F32, TF32 };

/// What only machines with device code understand: not there where this compiler knows none.
struct DeviceFlags {
  cl::list<std::string> archs{"arch", cl::desc("The GPUs to compile for (default: sm_80); newer ones get PTX"),
                              cl::value_desc("sm_N,..."), cl::CommaSeparated, cl::cat(category)};
  cl::opt<Precision> precision{
      "precision", cl::desc("How exact a GPU's products of f32 are"), cl::init(Precision::F32), cl::cat(category),
      cl::values(clEnumValN(Precision::F32, "f32", "as f32 is (default)"),
                 clEnumValN(Precision::TF32, "tf32", "factors rounded to 10 bits of mantissa"))};
  cl::opt<bool> sim{"sim", cl::desc("Write a simulated GPU beside the executable, which it uses where WEFT_SIM=1 is set"),
                    cl::cat(category)};
};
std::optional<DeviceFlags> device;

/// Where device code can be written by itself, and by whom.
struct KnownForm {
  const Backend *backend;
  const DeviceForm *form;
};
std::vector<KnownForm> forms;

const KnownForm *chosenForm() {
  int number = int(level.getValue()) - int(Level::FirstDeviceForm);
  return number < 0 ? nullptr : &forms[number];
}

const Backend *chosenBackend() {
  if (target.getNumOccurrences() == 0 && chosenForm())
    return chosenForm()->backend;
  std::optional<spec::Backend> kind = spec::symbolizeBackend(target);
  return kind ? findBackend(*kind) : nullptr;
}

} // namespace

/// Gives --target, --emit and the rest what the backends of this compiler add to them.
static void addBackends() {
  static std::string targets = "Where the executable runs:";
  for (const std::unique_ptr<Backend> &backend : getBackends()) {
    llvm::StringRef name = spec::stringifyBackend(backend->getKind());
    targets += (targets.back() == ':' ? " " : "; ") + name.str() + ", " + backend->getDescription().str();
    for (const DeviceForm &form : backend->getDeviceForms()) {
      level.getParser().addLiteralOption(form.name, Level(int(Level::FirstDeviceForm) + forms.size()), form.description);
      forms.push_back({backend.get(), &form});
    }
  }
  target.setDescription(targets);
  if (!forms.empty())
    device.emplace();
}

/// LLVM's libraries bring flags of their own, which --help does not list and weftc does not take.
static void removeForeignOptions() {
  llvm::SmallVector<cl::Option *> foreign;
  for (auto &[name, option] : cl::getRegisteredOptions())
    if (llvm::none_of(option->Categories, [](const cl::OptionCategory *of) {
          return of == &category || of->getName() == "Generic Options";
        }))
      foreign.push_back(option);
  for (cl::Option *option : foreign)
    option->removeArgument();
}

// ---- what goes together

/// All or nothing, or what is listed.
static int checkFuse() {
  bool isWhole = llvm::is_contained(fuse, Fuse::All) || llvm::is_contained(fuse, Fuse::None);
  if (isWhole && fuse.size() > 1)
    return fail("--fuse: expected 'all' or 'none' alone, found " + llvm::Twine(fuse.size()) + " values");
  return 0;
}

/// The result does not replace the source.
static int checkOutput() {
  if (inputPath != "-" && llvm::sys::fs::equivalent(inputPath, outputPath))
    return fail("'" + outputPath + "' is the source itself: give -o another name");
  return 0;
}

static int checkTarget() {
  const Backend *backend = chosenBackend();
  if (!backend) {
    std::string known = llvm::join(llvm::map_range(getBackends(), [](const auto &each) {
                                     return spec::stringifyBackend(each->getKind()).str();
                                   }), " or ");
    return fail("--target=" + target + ": expected " + known +
                (spec::symbolizeBackend(target) ? "; this weftc was built without the other: configure its build tree with "
                                                  "-DWEFT_CUDA=ON and build it again"
                                                : ""));
  }
  return 0;
}

int flags::checkBackend(const Backend &backend) {
  llvm::StringRef name = spec::stringifyBackend(backend.getKind());
  if (chosenForm() && chosenForm()->backend != &backend)
    return fail("--emit=" + chosenForm()->form->name + ": expected the target " +
                spec::stringifyBackend(chosenForm()->backend->getKind()) + ", found " + name);
  if (simulates() && (!backend.canSimulate() || level != Level::Executable))
    return fail("--sim: expected --target=cuda and an executable, of which it is a simulated GPU");
  return 0;
}

int flags::parse(int argc, char **argv) {
  removeForeignOptions();
  addBackends();
  cl::SetVersionPrinter([](llvm::raw_ostream &os) { os << "weftc " WEFT_VERSION " (LLVM " LLVM_VERSION_STRING ")\n"; });
  if (!cl::ParseCommandLineOptions(argc, argv, "Compiles one training step to an executable\n", &llvm::errs()))
    return kBadInput;
  if (int code = checkFuse())
    return code;
  if (int code = checkTarget())
    return code;
  return checkOutput();
}

// ---- what follows from them

bool flags::fuses(Fuse what) {
  return fuse.empty() || llvm::is_contained(fuse, Fuse::All) || llvm::is_contained(fuse, what);
}

bool flags::askForTarget() {
  bool isForDevice = device && (device->archs.getNumOccurrences() || device->precision.getNumOccurrences());
  return isForDevice || target.getNumOccurrences() || march.getNumOccurrences() || fuse.getNumOccurrences();
}

TargetRequest flags::targetRequest() {
  TargetRequest request;
  request.backend = chosenBackend()->getKind();
  request.march = march;
  request.epilogues = fuses(Fuse::Epilogues);
  if (device) {
    request.archs.assign(device->archs.begin(), device->archs.end());
    request.tf32 = device->precision == Precision::TF32;
  }
  return request;
}

bool flags::simulates() { return device && device->sim; }

const DeviceForm *flags::deviceForm() { return chosenForm() ? chosenForm()->form : nullptr; }

std::string flags::output() {
  if (!outputPath.empty())
    return outputPath;
  if (inputPath == "-")
    return "a.out";
  std::string stem = llvm::sys::path::stem(inputPath).str();
  if (level == Level::Object)
    return stem + ".o";
  if (deviceForm())
    return stem + deviceForm()->suffix.str();
  return stem == llvm::sys::path::filename(inputPath) ? stem + ".out" : stem;
}

std::string flags::textOutput() { return outputPath.empty() ? "-" : outputPath.getValue(); }
