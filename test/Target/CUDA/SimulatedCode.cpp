// Runs a kernel that is written by hand, as LLVM IR of a GPU's, on the simulated GPU.
//   SimulatedCode FILE.ll --blocks=N --block-size=N --shared=BYTES [--words=N] [--schedule=round-robin|random|skewed|lazy]
// The kernel takes two buffers of 32-bit words: one that holds 0, 1, 2 and so on, and one of zeros, which is printed in the
// end. --write=PREFIX runs nothing: it writes what sanitize.sh compiles and runs.
#include "KernelCase.h"
#include "sim/Simulator.h"
#include "weft/Target/Sim/RetargetToHost.h"

#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/IRReader/IRReader.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/TargetSelect.h"

#include <numeric>

using namespace weft;
namespace cl = llvm::cl;

static cl::opt<std::string> path(cl::Positional, cl::Required, cl::desc("FILE.ll"));
static cl::opt<unsigned> grid("blocks", cl::init(1), cl::desc("Blocks")), threads("block-size", cl::init(32), cl::desc("Threads a block")),
    shared("shared", cl::init(0), cl::desc("Bytes of shared memory")), words("words", cl::init(32), cl::desc("Of each buffer"));
static cl::opt<std::string> prefix("write", cl::desc("PREFIX of PREFIX.ll and PREFIX.cases"));
static cl::opt<sim::Schedule> schedule("schedule", cl::init(sim::Schedule::RoundRobin), cl::desc("Which thread goes on"),
                                       cl::values(clEnumValN(sim::Schedule::RoundRobin, "round-robin", ""),
                                                  clEnumValN(sim::Schedule::Random, "random", ""),
                                                  clEnumValN(sim::Schedule::Skewed, "skewed", ""),
                                                  clEnumValN(sim::Schedule::Lazy, "lazy", "")));

[[noreturn]] static void fail(const llvm::Twine &what) {
  llvm::errs() << "SimulatedCode: " << what << "\n";
  std::exit(1);
}

static void write(const llvm::Module &module, const std::string &kernel) {
  std::error_code problem;
  llvm::raw_fd_ostream code(prefix + ".ll", problem), cases(prefix + ".cases", problem);
  if (problem)
    fail("cannot write " + prefix + ".ll");
  code << module;
  cases << kernel << " " << grid << " " << threads << " " << shared << " 2";
  for (int i = 0; i < 2; ++i)
    cases << " i32 " << words * sizeof(int32_t) << " 64 000 " << i << " -1";
  cases << "\n";
}

static void run(llvm::orc::LLJIT &jit, const std::string &kernel) {
  llvm::ExitOnError check("SimulatedCode: ");
  llvm::orc::SymbolMap symbols;
  for (const sim::Function &function : sim::functions())
    symbols[jit.mangleAndIntern(simFunctionName(function.name))] = {llvm::orc::ExecutorAddr::fromPtr(function.address),
                                                                    llvm::JITSymbolFlags::Callable};
  check(jit.getMainJITDylib().define(llvm::orc::absoluteSymbols(std::move(symbols))));
  std::vector<int32_t> from(words), to(words);
  std::iota(from.begin(), from.end(), 0);
  void *values[] = {from.data(), to.data()}, *arguments[] = {&values[0], &values[1]};
  auto bytesOf = [](std::vector<int32_t> &buffer) {
    return std::span(reinterpret_cast<char *>(buffer.data()), buffer.size() * sizeof(int32_t));
  };
  std::span<char> buffers[] = {bytesOf(from), bytesOf(to)};
  sim::Launch launch{};
  launch.name = kernel.c_str(), launch.entry = check(jit.lookup(kSimEntryPrefix.str() + kernel)).toPtr<sim::Entry>();
  launch.grid = grid, launch.threads = threads, launch.sharedBytes = shared;
  launch.arguments = arguments, launch.buffers = buffers, launch.schedule = schedule;
  sim::run(launch);
  for (int32_t word : to)
    llvm::outs() << word << " ";
  llvm::outs() << "\n";
}

int main(int argc, char **argv) {
  cl::ParseCommandLineOptions(argc, argv, "A kernel on the simulated GPU\n");
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  auto context = std::make_unique<llvm::LLVMContext>();
  llvm::SMDiagnostic problem;
  std::unique_ptr<llvm::Module> module = llvm::parseIRFile(path, problem, *context);
  if (!module)
    return problem.print("SimulatedCode", llvm::errs()), 1;
  std::string kernel;
  for (llvm::Function &function : *module)
    if (function.getCallingConv() == llvm::CallingConv::PTX_Kernel)
      kernel = function.getName().str();
  llvm::ExitOnError check("SimulatedCode: ");
  std::unique_ptr<llvm::orc::LLJIT> jit = check(llvm::orc::LLJITBuilder().create());
  if (!prefix.empty()) {
    retargetToSanitizers(*module, jit->getDataLayout(), jit->getTargetTriple());
    write(*module, kernel);
    return 0;
  }
  retargetToHost(*module, jit->getDataLayout(), jit->getTargetTriple());
  check(jit->addIRModule(llvm::orc::ThreadSafeModule(std::move(module), std::move(context))));
  run(*jit, kernel);
  return 0;
}
