// Runs every kernel of a text on the simulated GPU and on the CPU, with the same random inputs, and compares.
//   SimulatedKernels FILE.mlir [--arch=sm_90a] [--schedule=round-robin|random|skewed|lazy] [--kernel=NAME [--plant=FAULT [--at=N]]]
// Prints a line a kernel: its name and the norm-wise difference of its outputs. A kernel of low precision is measured against the
// same in f64, and may be off by little more than the CPU's is, which stands beside it. --kernel runs one only, and prints how many
// places it has for each fault; --plant makes a fault at the Nth of them, which must be found. --places prints the same of every
// kernel that has some, and runs nothing. --write=PREFIX runs nothing either: it writes the device code as LLVM IR for sanitizers,
// and what SanitizedKernels runs it with.
#include "../CPU/KernelRunner.h"
#include "Buffers.h"
#include "ExactKernels.h"
#include "KernelCase.h"
#include "SimulatedDevice.h"
#include "dialects/Exec/Exec.h"
#include "dialects/Tile/Tile.h"
#include "weft/Pipelines/Registration.h"
#include "weft/Target/CUDA/Passes.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/TargetSelect.h"

using namespace mlir;
using namespace weft;
using namespace weft::test;
namespace cl = llvm::cl;

static cl::opt<std::string> path(cl::Positional, cl::Required, cl::desc("FILE.mlir"));
static cl::opt<sim::Schedule>
    schedule("schedule", cl::init(sim::Schedule::RoundRobin), cl::desc("Which thread goes on"),
             cl::values(clEnumValN(sim::Schedule::RoundRobin, "round-robin", ""),
                        clEnumValN(sim::Schedule::Random, "random", ""),
                        clEnumValN(sim::Schedule::Skewed, "skewed", ""),
                        clEnumValN(sim::Schedule::Lazy, "lazy", "")));

static cl::opt<std::string> arch("arch", cl::init("sm_80"), cl::desc("The GPU to simulate"));

static cl::opt<std::string> only("kernel", cl::desc("The one to run"));

static cl::opt<std::string> prefix("write", cl::desc("PREFIX of PREFIX.ll and PREFIX.cases"));

static cl::opt<Fault>
    fault("plant", cl::init(Fault::None), cl::desc("Make a fault"),
          cl::values(clEnumValN(Fault::NoBarrier, "no-barrier", "Leave a barrier out"),
                     clEnumValN(Fault::LoneBarrier, "lone-barrier", "Let the first thread alone come to a barrier"),
                     clEnumValN(Fault::NoWait, "no-wait", "Leave a wait for copies out"),
                     clEnumValN(Fault::ShortWait, "short-wait", "Let one more group of copies be on its way"),
                     clEnumValN(Fault::NoCommit, "no-commit", "Leave a commit of copies out"),
                     clEnumValN(Fault::NoProxyFence, "no-proxy-fence", "Leave out a fence that shows writes to warpgroups"),
                     clEnumValN(Fault::NoRegisterFence, "no-register-fence", "Leave out a fence of a warpgroup's registers"),
                     clEnumValN(Fault::NoProductWait, "no-product-wait", "Leave a wait for a warpgroup's products out"),
                     clEnumValN(Fault::Misaligned, "misaligned", "Let buffers begin at half of what a wide access needs"),
                     clEnumValN(Fault::LittleShared, "little-shared", "Launch with 1 KiB of shared memory less")));
static cl::opt<bool> places("places", cl::desc("Print the places for faults of all kernels"));
static cl::opt<int> place("at", cl::init(0), cl::desc("Where the fault is made"));

/// How much a kernel may differ: sums are associated otherwise, and functions approximated.
static double allowed(tile::KernelOp kernel) {
  bool isDouble = llvm::none_of(kernel.getArgumentTypes(), [](Type type) {
    return cast<MemRefType>(type).getElementType().isF32();
  });
  return isDouble ? 1e-13 : 1e-5;
}

static KernelCase describe(tile::KernelOp kernel, const SimulatedDevice &device) {
  bool isPositive = kernel.walk([](Operation *op) {
    return isa<math::SqrtOp, math::RsqrtOp, math::LogOp, math::PowFOp>(op) ? WalkResult::interrupt()
                                                                         : WalkResult::advance();
  }).wasInterrupted();
  sim::Launch launch = device.launchOf(kernel.getSymName());
  KernelCase result{kernel.getSymName().str(), launch.grid, launch.threads, launch.sharedBytes, {}};
  ArrayRef<int64_t> alignments = device.alignmentsOf(kernel.getSymName());
  for (auto [i, argument] : llvm::enumerate(kernel.getArgumentTypes())) {
    auto type = cast<MemRefType>(argument);
    std::string element;
    llvm::raw_string_ostream(element) << type.getElementType();
    size_t inputs = kernel.getNumInputs(), whole = type.getNumElements() * type.getElementTypeBitWidth() / 8;
    // What is added to must be the very buffer that it is read from.
    bool isAdded = kernel->hasAttr("in_place_required") && i == inputs;
    result.buffers.push_back({element, bytesOf(type), alignments[i], type.getRank() == 0, isPositive,
                              i >= inputs && !isAdded && whole == bytesOf(type), isAdded ? 0 : i});
  }
  if (auto offsets = kernel->getAttrOfType<IntegerAttr>("group_offsets"))
    result.buffers[offsets.getInt()].ascendsTo = cast<MemRefType>(kernel.getArgumentTypes().front()).getDimSize(0);
  return result;
}

static void write(const KernelCase &kernel, raw_ostream &stream) {
  stream << kernel.name << " " << kernel.grid << " " << kernel.threads << " " << kernel.sharedBytes << " "
         << kernel.buffers.size();
  for (const CaseBuffer &b : kernel.buffers)
    stream << " " << b.element << " " << b.bytes << " " << b.alignment << " " << b.isScalar << b.isPositive
           << b.isWhole << " " << b.source << " " << b.ascendsTo;
  stream << "\n";
}

static int writeCases(ModuleOp kernels, const SimulatedDevice &device) {
  std::error_code problem;
  llvm::raw_fd_ostream cases(prefix + ".cases", problem);
  for (auto kernel : kernels.getOps<tile::KernelOp>())
    write(describe(kernel, device), cases);
  return problem ? 1 : 0;
}

// ---- comparisons

static Buffers runOnHost(tile::KernelOp kernel, KernelRunner &cpu, const KernelCase &described,
                         Buffers buffers) {
  std::vector<void *> arguments;
  for (const CaseBuffer &buffer : described.buffers)
    arguments.push_back(buffers[buffer.source].data());
  cpu.lookup(kernel.getSymName())(arguments.data(), 0, kernel.getGrid());
  return buffers;
}

static Buffers runOnDevice(tile::KernelOp kernel, SimulatedDevice &device, const KernelCase &described,
                           const Buffers &buffers) {
  std::vector<AlignedBuffer> own;
  for (auto [contents, alignment] : llvm::zip_equal(buffers, device.alignmentsOf(kernel.getSymName())))
    own.emplace_back(contents, fault == Fault::Misaligned ? std::min<int64_t>(alignment, 16) / 2 : alignment);
  std::vector<void *> values, arguments;
  for (const CaseBuffer &buffer : described.buffers)
    values.push_back(own[buffer.source].get().data());
  for (void *&value : values)
    arguments.push_back(&value);
  std::vector<std::span<char>> memory;
  for (const AlignedBuffer &buffer : own)
    memory.push_back(buffer.get());
  device.run(kernel.getSymName(), arguments.data(), memory, schedule);
  Buffers results;
  for (std::span<char> buffer : memory)
    results.emplace_back(buffer.begin(), buffer.end());
  return results;
}

/// The kernels of low precision in f64.
static std::unique_ptr<KernelRunner> compileExact(ModuleOp module) {
  OwningOpRef<ModuleOp> exact = module.clone();
  for (auto kernel : llvm::make_early_inc_range(exact->getOps<tile::KernelOp>()))
    if (!isLowPrecision(kernel))
      kernel.erase();
  computeInDouble(*exact);
  std::string text;
  llvm::raw_string_ostream(text) << *exact;
  return std::make_unique<KernelRunner>(text);
}

/// Against f64 with the same inputs: the GPU's results may be 1.2 times as far off as the CPU's, which rounds in the
/// same places; f32 that is rounded to tf32 stays near its 11 bits.
static bool isNearExact(tile::KernelOp kernel, const Buffers &truth, const Buffers &host, const Buffers &device,
                        double &difference) {
  auto inDouble = [&](const Buffers &buffers) {
    Buffers wide;
    for (auto [type, buffer] : llvm::zip(kernel.getArgumentTypes(), buffers))
      wide.push_back(toDouble(getElementTypeOrSelf(type), buffer));
    return wide;
  };
  SmallVector<Type> types;
  for (Type type : kernel.getArgumentTypes()) {
    Type element = getElementTypeOrSelf(type);
    types.push_back(isa<FloatType>(element) ? Type(Float64Type::get(type.getContext())) : element);
  }
  difference = differenceOf(types, inDouble(device), truth);
  double ofHost = differenceOf(types, inDouble(host), truth);
  constexpr double ofShort = 0x1p-7, ofTF32 = 0x1p-10;
  bool isShort = llvm::any_of(kernel.getArgumentTypes(), [](Type type) {
    return getElementTypeOrSelf(type).getIntOrFloatBitWidth() == 16;
  });
  llvm::outs() << llvm::format("(the CPU's %.1e) ", ofHost);
  return isShort ? ofHost <= ofShort && difference <= 1.2 * ofHost + 1e-6 : difference <= ofTF32;
}

/// Whether a kernel gives the same on both, and how far apart they are.
static bool compare(tile::KernelOp kernel, KernelRunner &cpu, SimulatedDevice &device, KernelRunner &exact,
                    double &difference) {
  std::mt19937 draw(1);
  KernelCase described = describe(kernel, device);
  Buffers inputs, wide;
  for (const CaseBuffer &buffer : described.buffers)
    buffer.fill(inputs.emplace_back(buffer.bytes), draw);
  Buffers host = runOnHost(kernel, cpu, described, inputs), simulated = runOnDevice(kernel, device, described, inputs);
  difference = differenceOf(kernel.getArgumentTypes(), simulated, host);
  if (!isLowPrecision(kernel))
    return difference <= allowed(kernel);
  for (auto [type, buffer] : llvm::zip(kernel.getArgumentTypes(), inputs))
    wide.push_back(toDouble(getElementTypeOrSelf(type), buffer));
  return isNearExact(kernel, runOnHost(kernel, exact, described, wide), host, simulated, difference);
}

int main(int argc, char **argv) {
  cl::ParseCommandLineOptions(argc, argv, "Kernels on the simulated GPU and on the CPU\n");
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  DialectRegistry registry;
  registerDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(path, &context);
  if (!module)
    return 2;
  // Launches say how buffers are aligned; kernels are called from here.
  PassManager pm(&context);
  pm.addPass(createAlignAccesses());
  if (failed(pm.run(*module)))
    return 2;
  for (auto program : llvm::make_early_inc_range(module->getOps<exec::ModuleOp>()))
    program->erase();
  for (auto kernel : llvm::make_early_inc_range(module->getOps<tile::KernelOp>()))
    if (!only.empty() && kernel.getSymName() != only)
      kernel->erase();
  std::string text;
  llvm::raw_string_ostream(text) << *module;
  if (places || !only.empty()) {
    OwningOpRef<ModuleOp> lowered = module->clone();
    lowerKernels(*lowered, arch);
    printPlaces(*lowered, !places, llvm::outs());
  }
  if (places)
    return 0;
  OwningOpRef<ModuleOp> kernels = module->clone();
  SimulatedDevice device(*module, arch, fault, place);
  if (!prefix.empty()) {
    device.write(prefix + ".ll");
    return writeCases(*kernels, device);
  }
  device.compile();
  KernelRunner cpu(text);
  std::unique_ptr<KernelRunner> exact = compileExact(*kernels);
  for (auto kernel : kernels->getOps<tile::KernelOp>()) {
    double difference = 0;
    llvm::outs() << llvm::format("%-40s ", kernel.getSymName().str().c_str());
    bool isSame = compare(kernel, cpu, device, *exact, difference);
    llvm::outs() << llvm::format("%.1e", difference) << (isSame ? "\n" : " DIFFERS\n");
  }
  return 0;
}
