// weft-exec-to-llvm: programs become functions, declarations become the tables of WeftModule.
#include "weft/Target/CPU/Passes.h"

#include "ABIEnums.h"
#include "ExecToLLVMPrograms.h"
#include "weft/Target/CPU/ExecAttributes.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_EXECTOLLVM
#include "weft/Target/CPU/Passes.h.inc"

namespace {

// The kernel has the C signature of WeftKernelFn.
LogicalResult verifyKernel(exec::LaunchOp launch, LLVM::LLVMFuncOp kernel) {
  if (!kernel)
    return launch.emitOpError("expects its kernel to be lowered to an llvm.func, got: ")
           << launch.getKernelAttr();
  auto expected = getABIFunction<WeftKernelFn>(kernel.getContext());
  if (kernel.getFunctionType() == expected && !kernel.isExternal())
    return success();
  return kernel.emitOpError("expects a body and the type of a kernel, ")
         << expected << ", got: " << kernel.getFunctionType();
}

// Lowers one exec.module and takes it away.
class ModuleLowering {
public:
  ModuleLowering(mlir::ModuleOp outer, exec::ModuleOp module)
      : outer(outer), module(module), constants(outer) {
    for (auto each : outer.getOps<gpu::BinaryOp>())
      binary = each;
    if (binary)
      constants.noteLocations();
  }

  LogicalResult run() {
    if (failed(checkPlaced()) || failed(checkTypes()) || failed(checkTarget()) || failed(bindKernels()))
      return failure();
    tables.runtime = declareEntryPoints(outer);
    collect<exec::InputOp>(tables.inputByName);
    SmallVector<exec::StateOp> states = collect<exec::StateOp>(tables.stateByName);
    for (auto [i, op] : llvm::enumerate(states))
      tables.stateIndex[op.getSymNameAttr()] = int64_t(i);
    tables.states = buildStates(constants, states);
    for (auto [i, word] : llvm::enumerate(exec::collectWords(module)))
      tables.wordIndex[word] = int64_t(i);
    FailureOr<LLVM::GlobalOp> programs = lowerPrograms();
    if (failed(programs))
      return failure();
    auto hash = module->getAttrOfType<IntegerAttr>(kTextHashAttr);
    LLVM::GlobalOp entries = buildEntries(constants, module, tables.states, *programs);
    buildModule(constants, module, hash.getInt(),
                {tables.states, *programs, entries, tables.kernels, buildImages(constants, binary)});
    module.erase();
    if (binary)
      binary.erase();
    return success();
  }

private:
  LogicalResult checkPlaced() {
    if (!module.getArena() || !module.getState() || !module.getInput())
      return module.emitOpError("is not placed: run weft-place-buffers first");
    for (Operation &op : module.getBody().front())
      if (isa<exec::StateOp, exec::InputOp>(op) && !op.hasAttr("at"))
        return op.emitOpError("has no place: run weft-place-buffers first");
    if (!module->getAttrOfType<IntegerAttr>(kTextHashAttr))
      return module.emitOpError(
          "has no text_hash: run weft-bind-kernels before kernels are lowered");
    return success();
  }

  // What tables describe, and what the runtime computes with by itself.
  LogicalResult checkTypes() {
    WalkResult result = module.walk([&](Operation *op) {
      auto type = TypeSwitch<Operation *, Type>(op)
                      .Case<exec::StateOp, exec::InputOp>([](auto op) { return op.getType(); })
                      .Case<exec::MatmulOp, exec::GroupedMatmulOp>([](auto op) { return op.getC().getType(); })
                      .Default(Type());
      return WalkResult(type ? verifyDType(op, getElementTypeOrSelf(type)) : success());
    });
    return failure(result.wasInterrupted());
  }

  // Gives every kernel that is launched its record, in the order of launches.
  LogicalResult bindKernels() {
    SymbolTable symbols(outer);
    SmallVector<KernelRecord> records;
    WalkResult result = module.walk([&](exec::LaunchOp launch) {
      StringAttr name = launch.getKernelAttr().getAttr();
      if (tables.kernelIndex.contains(name))
        return WalkResult::advance();
      FailureOr<KernelRecord> record = binary ? onGPU(launch) : onCPU(launch, symbols);
      if (failed(record))
        return WalkResult::interrupt();
      tables.kernelIndex[name] = int64_t(records.size());
      records.push_back(*record);
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      return failure();
    tables.kernels = buildKernels(constants, records);
    return success();
  }

  // Kernels and libraries are those of the module's target.
  LogicalResult checkTarget() {
    spec::TargetAttr target = spec::getTarget(module);
    if (target.getArchNames().empty() == bool(binary))
      return module.emitOpError("expects ")
             << (binary ? "no gpu.binary, which is not for its target, " : "a gpu.binary of its target, ") << target
             << (binary ? "" : ": run weft-embed-device-code first");
    WalkResult result = module.walk([&](Operation *op) {
      auto isKnown = [&](auto product) { return target.hasLibrary(product.getLibrary()); };
      if (TypeSwitch<Operation *, bool>(op).Case<exec::MatmulOp, exec::GroupedMatmulOp>(isKnown).Default(true))
        return WalkResult::advance();
      op->emitOpError("expects a library of the module's target, ") << target;
      return WalkResult::interrupt();
    });
    return failure(result.wasInterrupted());
  }

  // A function of the module, which is hidden: the exec.module, the only user, goes away.
  FailureOr<KernelRecord> onCPU(exec::LaunchOp launch, SymbolTable &symbols) {
    StringAttr name = launch.getKernelAttr().getAttr();
    auto kernel = symbols.lookup<LLVM::LLVMFuncOp>(name);
    if (failed(verifyKernel(launch, kernel)))
      return failure();
    kernel.setSymName(("weft_kernel_" + name.getValue()).str());
    kernel.setLinkage(LLVM::Linkage::Internal);
    return KernelRecord{name, kernel, launch.getNumOperands()};
  }

  // A function of the images, which say how it is launched.
  FailureOr<KernelRecord> onGPU(exec::LaunchOp launch) {
    StringAttr name = launch.getKernelAttr().getAttr();
    auto object = cast<gpu::ObjectAttr>(*binary.getObjects().begin());
    auto kernel = object.getKernels() ? object.getKernels().lookup(name) : gpu::KernelMetadataAttr();
    if (!kernel)
      return launch.emitOpError("expects its kernel to be in the gpu.binary, got: ")
             << launch.getKernelAttr();
    auto number = [&](StringRef what) {
      auto value = kernel.getAttr<IntegerAttr>(what);
      return value ? value.getInt() : 0;
    };
    return KernelRecord{name, nullptr, launch.getNumOperands(), number(kThreadsAttr),
                        number(kSharedBytesAttr)};
  }

  // The declarations of one kind in order, and by name.
  template <typename OpT> SmallVector<OpT> collect(DenseMap<StringAttr, OpT> &byName) {
    auto ops = llvm::to_vector(module.getBody().getOps<OpT>());
    for (OpT op : ops)
      byName[op.getSymNameAttr()] = op;
    return ops;
  }

  FailureOr<LLVM::GlobalOp> lowerPrograms() {
    ProgramBuilder builder(outer, constants, tables);
    SmallVector<std::pair<LLVM::GlobalOp, LLVM::LLVMFuncOp>> programs;
    for (auto program : module.getBody().getOps<exec::ProgramOp>()) {
      FailureOr<LLVM::LLVMFuncOp> function = builder.build(program);
      if (failed(function))
        return failure();
      programs.emplace_back(constants.string(program.getSymName()), *function);
    }
    return constants.structs<WeftProgram>("weft_programs", programs.size(), [&](OpBuilder &b, size_t i) {
      return StructWriter<WeftProgram>(b, outer.getLoc())
          .address<&WeftProgram::name>(programs[i].first)
          .address<&WeftProgram::run>(programs[i].second)
          .finish();
    });
  }

  mlir::ModuleOp outer;
  exec::ModuleOp module;
  gpu::BinaryOp binary; // of a GPU's code, or null
  ConstantBuilder constants;
  ProgramTables tables;
};

struct ExecToLLVM : impl::ExecToLLVMBase<ExecToLLVM> {
  void runOnOperation() override {
    auto modules = llvm::to_vector(getOperation().getOps<exec::ModuleOp>());
    if (modules.size() > 1) {
      modules[1].emitOpError("is a second one: an executable has one exec.module");
      return signalPassFailure();
    }
    for (exec::ModuleOp module : modules)
      if (failed(ModuleLowering(getOperation(), module).run()))
        return signalPassFailure();
  }
};

} // namespace
} // namespace weft
