// Runs every kernel of a text on the simulated GPU and on the CPU, with the same random inputs, and compares.
//   SimulatedKernels FILE.mlir [--schedule=round-robin|random|skewed] [--drop-barrier=N]
// Prints a line a kernel: its name and the norm-wise difference of its outputs. --drop-barrier leaves the Nth
// barrier of the device code out, which must be found.
#include "../CPU/KernelRunner.h"
#include "dialects/Exec/Exec.h"
#include "dialects/Tile/Tile.h"
#include "sim/Simulator.h"
#include "weft/Pipelines/Registration.h"
#include "weft/Target/CUDA/DeviceCode.h"
#include "weft/Target/CUDA/Pipelines.h"
#include "weft/Target/Sim/RetargetToHost.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/TargetSelect.h"

#include <random>

using namespace mlir;
using namespace weft;
namespace cl = llvm::cl;

static cl::opt<std::string> path(cl::Positional, cl::Required, cl::desc("FILE.mlir"));
static cl::opt<sim::Schedule>
    schedule("schedule", cl::init(sim::Schedule::RoundRobin), cl::desc("Which thread goes on"),
             cl::values(clEnumValN(sim::Schedule::RoundRobin, "round-robin", ""),
                        clEnumValN(sim::Schedule::Random, "random", ""),
                        clEnumValN(sim::Schedule::Skewed, "skewed", "")));
static cl::opt<int> dropBarrier("drop-barrier", cl::init(-1), cl::desc("Leave one barrier out"));

[[noreturn]] static void fail(const Twine &what) {
  llvm::errs() << "SimulatedKernels: " << what << "\n";
  std::exit(1);
}

// ---- buffers

/// Bytes of what a buffer of this type spans.
static size_t bytesOf(MemRefType type) {
  int64_t last = 0;
  for (auto [size, stride] : llvm::zip(type.getShape(), type.getStridesAndOffset().first))
    last += (size - 1) * stride;
  return (last + 1) * type.getElementTypeBitWidth() / 8;
}

/// Numbers of both signs; only positive ones where roots and logarithms are taken of what may be any. Integers
/// are rows of any table. A single double is a step's number.
static std::vector<char> randomBuffer(MemRefType type, bool isPositive, std::mt19937 &draw) {
  std::vector<char> bytes(bytesOf(type));
  std::normal_distribution<double> distribution(0, 1);
  auto normal = [&](std::mt19937 &draw) {
    double x = distribution(draw);
    return isPositive ? std::abs(x) + 0.1 : x;
  };
  auto fill = [&](auto value) {
    for (size_t at = 0; at + sizeof(value()) <= bytes.size(); at += sizeof(value())) {
      auto x = value();
      std::memcpy(bytes.data() + at, &x, sizeof x);
    }
  };
  if (type.getElementType().isInteger(32))
    fill([&] { return static_cast<int32_t>(draw() % 2); });
  else if (type.getElementType().isF64())
    fill([&] { return type.getRank() == 0 ? 1.0 : normal(draw); });
  else
    fill([&] { return static_cast<float>(normal(draw)); });
  return bytes;
}

template <typename T> static double differenceOf(const std::vector<char> &a, const std::vector<char> &b) {
  double sum = 0, norm = 0;
  bool hasNumbers = false; // what is NaN throughout says nothing
  for (size_t at = 0; at < a.size(); at += sizeof(T)) {
    T x, y;
    std::memcpy(&x, a.data() + at, sizeof x);
    std::memcpy(&y, b.data() + at, sizeof y);
    if (std::isnan(double(x)) && std::isnan(double(y)))
      continue;
    hasNumbers = true;
    if (double(x) == double(y)) // infinities too
      continue;
    sum += (double(x) - y) * (double(x) - y), norm += double(y) * y;
  }
  if (!hasNumbers)
    return INFINITY;
  return sum == 0 ? 0 : std::sqrt(sum / std::max(norm, 1e-30));
}

// ---- the two machines

class Device {
public:
  explicit Device(ModuleOp module) {
    PassManager pm(module.getContext());
    buildKernelsToNVVMPipeline(pm);
    if (failed(pm.run(module)))
      fail("the kernels cannot be lowered");
    noteLaunches(module);
    auto context = std::make_unique<llvm::LLVMContext>();
    auto translated = translateDeviceModule(module, *context, DeviceOptions());
    if (failed(translated))
      fail("no device code");
    llvm::ExitOnError check("SimulatedKernels: ");
    jit = check(llvm::orc::LLJITBuilder().create());
    retargetToHost(**translated, jit->getDataLayout(), jit->getTargetTriple());
    define();
    check(jit->addIRModule(llvm::orc::ThreadSafeModule(std::move(*translated), std::move(context))));
  }

  void run(StringRef kernel, void **arguments, std::span<const std::span<char>> buffers) {
    llvm::ExitOnError check("SimulatedKernels: ");
    auto entry = check(jit->lookup((kSimEntryPrefix + kernel).str())).toPtr<sim::Entry>();
    std::string name = kernel.str();
    sim::Launch launch = launches.lookup(kernel);
    launch.name = name.c_str(), launch.entry = entry, launch.arguments = arguments;
    launch.buffers = buffers;
    launch.schedule = schedule;
    sim::run(launch);
  }

private:
  void noteLaunches(ModuleOp module) {
    int barrier = 0;
    module.walk([&](LLVM::LLVMFuncOp function) {
      if (function.isExternal())
        return;
      sim::Launch launch{};
      launch.grid = function->getAttrOfType<IntegerAttr>("weft.grid").getInt();
      launch.threads = function->getAttrOfType<DenseI32ArrayAttr>("nvvm.reqntid")[0];
      if (auto bytes = function->getAttrOfType<IntegerAttr>("weft.shared_bytes"))
        launch.sharedBytes = bytes.getInt();
      launches[function.getName()] = launch;
      function.walk([&](NVVM::Barrier0Op op) {
        if (barrier++ == dropBarrier)
          op.erase();
      });
    });
    llvm::outs() << barrier << " barriers\n";
  }

  void define() {
    llvm::orc::SymbolMap symbols;
    for (const sim::Function &function : sim::functions())
      symbols[jit->mangleAndIntern(simFunctionName(function.name))] = {
          llvm::orc::ExecutorAddr::fromPtr(function.address), llvm::JITSymbolFlags::Callable};
    llvm::ExitOnError check("SimulatedKernels: ");
    check(jit->getMainJITDylib().define(llvm::orc::absoluteSymbols(std::move(symbols))));
  }

  std::unique_ptr<llvm::orc::LLJIT> jit;
  llvm::StringMap<sim::Launch> launches;
};

/// How much a kernel may differ: sums are associated otherwise, and functions approximated.
static double allowed(tile::KernelOp kernel) {
  bool isDouble = llvm::none_of(kernel.getArgumentTypes(), [](Type type) {
    return cast<MemRefType>(type).getElementType().isF32();
  });
  return isDouble ? 1e-13 : 1e-5;
}

/// The largest norm-wise difference of a kernel's outputs.
static double compare(tile::KernelOp kernel, test::KernelRunner &cpu, Device &device) {
  std::mt19937 draw(1);
  bool isPositive = kernel.walk([](Operation *op) {
    return isa<math::SqrtOp, math::RsqrtOp, math::LogOp, math::PowFOp>(op) ? WalkResult::interrupt()
                                                                         : WalkResult::advance();
  }).wasInterrupted();
  std::vector<std::vector<char>> ours, theirs;
  for (Type type : kernel.getArgumentTypes())
    ours.push_back(randomBuffer(cast<MemRefType>(type), isPositive, draw));
  // What is added to must be the very buffer that it is read from.
  std::vector<size_t> place(ours.size());
  std::iota(place.begin(), place.end(), 0);
  if (kernel->hasAttr("in_place_required"))
    place[kernel.getNumInputs()] = 0;
  theirs = ours;
  std::vector<void *> hostArguments, values, deviceArguments;
  for (size_t i = 0; i < ours.size(); ++i) {
    hostArguments.push_back(ours[place[i]].data());
    values.push_back(theirs[place[i]].data());
  }
  for (void *&value : values)
    deviceArguments.push_back(&value);
  cpu.lookup(kernel.getSymName())(hostArguments.data(), 0, kernel.getGrid());
  std::vector<std::span<char>> buffers(theirs.begin(), theirs.end());
  device.run(kernel.getSymName(), deviceArguments.data(), buffers);
  double worst = 0;
  for (size_t i = 0; i < ours.size(); ++i) {
    Type element = cast<MemRefType>(kernel.getArgumentTypes()[i]).getElementType();
    worst = std::max(worst, element.isF32()   ? differenceOf<float>(theirs[i], ours[i])
                            : element.isF64() ? differenceOf<double>(theirs[i], ours[i])
                                              : differenceOf<int32_t>(theirs[i], ours[i]));
  }
  return worst;
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
  for (auto program : llvm::make_early_inc_range(module->getOps<exec::ModuleOp>()))
    program->erase();
  std::string text;
  llvm::raw_string_ostream(text) << *module;
  test::KernelRunner cpu(text);
  OwningOpRef<ModuleOp> kernels = module->clone();
  Device device(*module);
  for (auto kernel : kernels->getOps<tile::KernelOp>()) {
    double difference = compare(kernel, cpu, device);
    llvm::outs() << llvm::format("%-40s %.1e", kernel.getSymName().str().c_str(), difference)
                 << (difference <= allowed(kernel) ? "\n" : " DIFFERS\n");
  }
  return 0;
}
