// Runs every kernel of a text on the simulated GPU and on the CPU, with the same random inputs, and compares.
//   SimulatedKernels FILE.mlir [--arch=sm_90a] [--schedule=round-robin|random|skewed|lazy] [--kernel=NAME [--plant=FAULT [--at=N]]]
// Prints a line a kernel: its name and the norm-wise difference of its outputs. A kernel of low precision is measured against the
// same in f64, and may be off by little more than the CPU's is, which stands beside it. --kernel runs one only, and prints how many
// places it has for each fault; --plant makes a fault at the Nth of them, which must be found. --places prints the same of every
// kernel that has some, and runs nothing. --write=PREFIX runs nothing either: it writes the device code as LLVM IR for sanitizers,
// and what SanitizedKernels runs it with.
#include "../CPU/KernelRunner.h"
#include "ExactKernels.h"
#include "KernelCase.h"
#include "dialects/Exec/Exec.h"
#include "dialects/Tile/Tile.h"
#include "sim/Simulator.h"
#include "weft/Pipelines/Registration.h"
#include "weft/Target/CUDA/DeviceCode.h"
#include "weft/Target/CUDA/Passes.h"
#include "weft/Target/CUDA/Pipelines.h"
#include "weft/Target/Sim/RetargetToHost.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/TargetSelect.h"


using namespace mlir;
using namespace weft;
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

enum class Fault { None, NoBarrier, LoneBarrier, NoWait, ShortWait, NoCommit, NoProxyFence, NoRegisterFence, NoProductWait, Misaligned, LittleShared };
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

/// A buffer that begins at a multiple of `alignment`, and of no more.
class Buffer {
public:
  Buffer(ArrayRef<char> contents, int64_t alignment) : bytes(contents.size() + 4 * alignment) {
    int64_t wanted = fault == Fault::Misaligned ? std::min<int64_t>(alignment, 16) / 2 : alignment;
    char *begin = reinterpret_cast<char *>(
        llvm::alignTo(reinterpret_cast<uintptr_t>(bytes.data()), 2 * alignment) + wanted);
    span = {begin, contents.size()};
    llvm::copy(contents, begin);
  }
  Buffer(Buffer &&) = default; // what it holds stays where it is
  std::span<char> get() const { return span; }

private:
  std::vector<char> bytes;
  std::span<char> span;
};

template <typename T> static double differenceOf(std::span<const char> a, std::span<const char> b) {
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
  // A NaN in one of them only makes the sum one, which no comparison would show.
  if (!hasNumbers || std::isnan(sum))
    return INFINITY;
  return sum == 0 ? 0 : std::sqrt(sum / std::max(norm, 1e-30));
}

using Buffers = std::vector<std::vector<char>>;

/// The largest norm-wise difference of buffers of these types.
static double differenceOf(ArrayRef<Type> types, const Buffers &a, const Buffers &b) {
  double worst = 0;
  for (auto [i, type] : llvm::enumerate(types)) {
    Type element = getElementTypeOrSelf(type);
    worst = std::max(worst, element.isInteger(32) ? differenceOf<int32_t>(a[i], b[i])
                                                  : differenceOf<double>(test::toDouble(element, a[i]),
                                                                         test::toDouble(element, b[i])));
  }
  return worst;
}

// ---- the two machines

class Device {
public:
  explicit Device(ModuleOp module) {
    PassManager pm(module.getContext());
    buildKernelsToNVVMPipeline(pm, {arch});
    if (failed(pm.run(module)))
      fail("the kernels cannot be lowered");
    eraseReplaced(module);
    if (places || !only.empty())
      module.walk(printPlaces);
    if (places)
      return;
    plant(module);
    noteLaunches(module);
    auto context = std::make_unique<llvm::LLVMContext>();
    auto translated = translateDeviceModule(module, *context, DeviceOptions{arch});
    if (failed(translated))
      fail("no device code");
    llvm::ExitOnError check("SimulatedKernels: ");
    jit = check(llvm::orc::LLJITBuilder().create());
    if (!prefix.empty()) {
      write(**translated);
      return;
    }
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

  /// Of each argument of a kernel, in bytes.
  ArrayRef<int64_t> alignmentsOf(StringRef kernel) { return alignments[kernel]; }
  sim::Launch launchOf(StringRef kernel) const { return launches.lookup(kernel); }

private:
  /// Of what is there for all architectures and for this one, which comes first, the latter stays.
  static void eraseReplaced(ModuleOp module) {
    llvm::StringSet<> names;
    for (LLVM::LLVMFuncOp function : all<LLVM::LLVMFuncOp>(module))
      if (!function.isExternal() && !names.insert(function.getName()).second)
        function.erase();
  }

  void noteLaunches(ModuleOp module) {
    module.walk([&](LLVM::LLVMFuncOp function) {
      if (function.isExternal())
        return;
      sim::Launch launch{};
      launch.grid = function->getAttrOfType<IntegerAttr>("weft.grid").getInt();
      launch.threads = function->getAttrOfType<DenseI32ArrayAttr>("nvvm.reqntid")[0];
      if (auto bytes = function->getAttrOfType<IntegerAttr>("weft.shared_bytes"))
        launch.sharedBytes = bytes.getInt() - (fault == Fault::LittleShared ? 1024 : 0);
      launches[function.getName()] = launch;
      alignments[function.getName()] =
          llvm::to_vector(function->getAttrOfType<DenseI64ArrayAttr>("weft.alignments").asArrayRef());
    });
  }

  /// The ops of one kind in the device code, in order.
  template <typename OpT> static SmallVector<OpT> all(Operation *code) {
    SmallVector<OpT> ops;
    code->walk([&](OpT op) { ops.push_back(op); });
    return ops;
  }

  static void printPlaces(LLVM::LLVMFuncOp function) {
    size_t barriers = all<NVVM::Barrier0Op>(function).size(), waits = all<NVVM::CpAsyncWaitGroupOp>(function).size();
    size_t commits = all<NVVM::CpAsyncCommitGroupOp>(function).size();
    if (function.isExternal() || (places && barriers + waits + commits == 0))
      return;
    llvm::outs() << function.getName() << ": no-barrier " << barriers << ", no-wait " << waits << ", short-wait " << waits
                 << ", no-commit " << commits;
    if (size_t productWaits = waitsForProducts(function).size())
      llvm::outs() << ", no-proxy-fence " << all<NVVM::FenceProxyOp>(function).size() << ", no-register-fence "
                   << all<NVVM::WgmmaFenceAlignedOp>(function).size() << ", no-product-wait " << productWaits;
    llvm::outs() << "\n";
  }

  static SmallVector<LLVM::InlineAsmOp> waitsForProducts(Operation *code) {
    return llvm::filter_to_vector(all<LLVM::InlineAsmOp>(code), [](LLVM::InlineAsmOp op) {
      return op.getAsmString().starts_with("wgmma.wait_group");
    });
  }

  static void plant(ModuleOp module) {
    auto barriers = all<NVVM::Barrier0Op>(module);
    auto waits = all<NVVM::CpAsyncWaitGroupOp>(module);
    auto commits = all<NVVM::CpAsyncCommitGroupOp>(module);
    auto proxyFences = all<NVVM::FenceProxyOp>(module);
    auto registerFences = all<NVVM::WgmmaFenceAlignedOp>(module);
    auto productWaits = waitsForProducts(module);
    auto chosen = [](const auto &ops) {
      if (place < 0 || place >= static_cast<int>(ops.size()))
        fail("no such place");
      return ops[place];
    };
    switch (fault) {
    case Fault::None:
    case Fault::Misaligned:
    case Fault::LittleShared:
      break;
    case Fault::NoBarrier:
      return chosen(barriers).erase();
    case Fault::LoneBarrier:
      return isolate(chosen(barriers));
    case Fault::NoWait:
      return chosen(waits).erase();
    case Fault::ShortWait:
      return lengthen(chosen(waits));
    case Fault::NoCommit:
      return chosen(commits).erase();
    case Fault::NoProxyFence:
      return chosen(proxyFences).erase();
    case Fault::NoRegisterFence:
      return chosen(registerFences).erase();
    case Fault::NoProductWait:
      return passOn(chosen(productWaits));
    }
  }

  /// Results as they are, in place of what is waited for.
  static void passOn(LLVM::InlineAsmOp wait) {
    OpBuilder b(wait);
    Value all = LLVM::UndefOp::create(b, wait.getLoc(), wait.getResultTypes().front());
    for (auto [i, value] : llvm::enumerate(wait.getOperands()))
      all = LLVM::InsertValueOp::create(b, wait.getLoc(), all, value, i);
    wait.replaceAllUsesWith(ValueRange(all));
    wait.erase();
  }

  static void lengthen(NVVM::CpAsyncWaitGroupOp wait) { wait.setN(wait.getN() + 1); }

  /// Behind a branch that only the first thread takes.
  static void isolate(Operation *op) {
    Location loc = op->getLoc();
    Block *before = op->getBlock(), *own = before->splitBlock(op), *after = own->splitBlock(op->getNextNode());
    OpBuilder b = OpBuilder::atBlockEnd(before);
    Value thread = NVVM::ThreadIdXOp::create(b, loc, b.getI32Type());
    Value zero = LLVM::ConstantOp::create(b, loc, b.getI32IntegerAttr(0));
    Value isFirst = LLVM::ICmpOp::create(b, loc, LLVM::ICmpPredicate::eq, thread, zero);
    LLVM::CondBrOp::create(b, loc, isFirst, own, after);
    b.setInsertionPointToEnd(own);
    LLVM::BrOp::create(b, loc, after);
  }

  void write(llvm::Module &module) {
    retargetToSanitizers(module, jit->getDataLayout(), jit->getTargetTriple());
    std::error_code problem;
    llvm::raw_fd_ostream stream(prefix + ".ll", problem);
    if (problem)
      fail("cannot write " + prefix + ".ll");
    stream << module;
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
  llvm::StringMap<SmallVector<int64_t>> alignments;
};

/// How much a kernel may differ: sums are associated otherwise, and functions approximated.
static double allowed(tile::KernelOp kernel) {
  bool isDouble = llvm::none_of(kernel.getArgumentTypes(), [](Type type) {
    return cast<MemRefType>(type).getElementType().isF32();
  });
  return isDouble ? 1e-13 : 1e-5;
}

static test::KernelCase describe(tile::KernelOp kernel, Device &device) {
  bool isPositive = kernel.walk([](Operation *op) {
    return isa<math::SqrtOp, math::RsqrtOp, math::LogOp, math::PowFOp>(op) ? WalkResult::interrupt()
                                                                         : WalkResult::advance();
  }).wasInterrupted();
  sim::Launch launch = device.launchOf(kernel.getSymName());
  test::KernelCase result{kernel.getSymName().str(), launch.grid, launch.threads, launch.sharedBytes, {}};
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

static void write(const test::KernelCase &kernel, raw_ostream &stream) {
  stream << kernel.name << " " << kernel.grid << " " << kernel.threads << " " << kernel.sharedBytes << " "
         << kernel.buffers.size();
  for (const test::CaseBuffer &b : kernel.buffers)
    stream << " " << b.element << " " << b.bytes << " " << b.alignment << " " << b.isScalar << b.isPositive
           << b.isWhole << " " << b.source << " " << b.ascendsTo;
  stream << "\n";
}

// ---- comparisons

static Buffers runOnHost(tile::KernelOp kernel, test::KernelRunner &cpu, const test::KernelCase &described,
                         Buffers buffers) {
  std::vector<void *> arguments;
  for (const test::CaseBuffer &buffer : described.buffers)
    arguments.push_back(buffers[buffer.source].data());
  cpu.lookup(kernel.getSymName())(arguments.data(), 0, kernel.getGrid());
  return buffers;
}

static Buffers runOnDevice(tile::KernelOp kernel, Device &device, const test::KernelCase &described,
                           const Buffers &buffers) {
  std::vector<Buffer> own;
  for (auto [contents, alignment] : llvm::zip_equal(buffers, device.alignmentsOf(kernel.getSymName())))
    own.emplace_back(contents, alignment);
  std::vector<void *> values, arguments;
  for (const test::CaseBuffer &buffer : described.buffers)
    values.push_back(own[buffer.source].get().data());
  for (void *&value : values)
    arguments.push_back(&value);
  std::vector<std::span<char>> memory;
  for (const Buffer &buffer : own)
    memory.push_back(buffer.get());
  device.run(kernel.getSymName(), arguments.data(), memory);
  Buffers results;
  for (std::span<char> buffer : memory)
    results.emplace_back(buffer.begin(), buffer.end());
  return results;
}

/// The kernels of low precision in f64.
static std::unique_ptr<test::KernelRunner> compileExact(ModuleOp module) {
  OwningOpRef<ModuleOp> exact = module.clone();
  for (auto kernel : llvm::make_early_inc_range(exact->getOps<tile::KernelOp>()))
    if (!test::isLowPrecision(kernel))
      kernel.erase();
  test::computeInDouble(*exact);
  std::string text;
  llvm::raw_string_ostream(text) << *exact;
  return std::make_unique<test::KernelRunner>(text);
}

/// Against f64 with the same inputs: the GPU's results may be 1.2 times as far off as the CPU's, which rounds in the
/// same places; f32 that is rounded to tf32 stays near its 11 bits.
static bool isNearExact(tile::KernelOp kernel, const Buffers &truth, const Buffers &host, const Buffers &device,
                        double &difference) {
  auto inDouble = [&](const Buffers &buffers) {
    Buffers wide;
    for (auto [type, buffer] : llvm::zip(kernel.getArgumentTypes(), buffers))
      wide.push_back(test::toDouble(getElementTypeOrSelf(type), buffer));
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
static bool compare(tile::KernelOp kernel, test::KernelRunner &cpu, Device &device, test::KernelRunner &exact,
                    double &difference) {
  std::mt19937 draw(1);
  test::KernelCase described = describe(kernel, device);
  Buffers inputs, wide;
  for (const test::CaseBuffer &buffer : described.buffers)
    buffer.fill(inputs.emplace_back(buffer.bytes), draw);
  Buffers host = runOnHost(kernel, cpu, described, inputs), simulated = runOnDevice(kernel, device, described, inputs);
  difference = differenceOf(kernel.getArgumentTypes(), simulated, host);
  if (!test::isLowPrecision(kernel))
    return difference <= allowed(kernel);
  for (auto [type, buffer] : llvm::zip(kernel.getArgumentTypes(), inputs))
    wide.push_back(test::toDouble(getElementTypeOrSelf(type), buffer));
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
  OwningOpRef<ModuleOp> kernels = module->clone();
  Device device(*module);
  if (places)
    return 0;
  if (!prefix.empty()) {
    std::error_code problem;
    llvm::raw_fd_ostream cases(prefix + ".cases", problem);
    for (auto kernel : kernels->getOps<tile::KernelOp>())
      write(describe(kernel, device), cases);
    return problem ? 1 : 0;
  }
  test::KernelRunner cpu(text);
  std::unique_ptr<test::KernelRunner> exact = compileExact(*kernels);
  for (auto kernel : kernels->getOps<tile::KernelOp>()) {
    double difference = 0;
    llvm::outs() << llvm::format("%-40s ", kernel.getSymName().str().c_str());
    bool isSame = compare(kernel, cpu, device, *exact, difference);
    llvm::outs() << llvm::format("%.1e", difference) << (isSame ? "\n" : " DIFFERS\n");
  }
  return 0;
}
