// weft-exec-to-llvm: programs become functions, declarations become the tables of WeftModule.
#include "weft/Target/CPU/Passes.h"

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
  Builder b(kernel.getContext());
  Type pointer = LLVM::LLVMPointerType::get(kernel.getContext()), i64 = b.getI64Type();
  auto expected = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(kernel.getContext()),
                                              {pointer, i64, i64});
  if (kernel.getFunctionType() == expected && !kernel.isExternal())
    return success();
  return kernel.emitOpError("expects a body and the type of a kernel, ")
         << expected << ", got: " << kernel.getFunctionType();
}

// Lowers one exec.module and takes it away.
class ModuleLowering {
public:
  ModuleLowering(mlir::ModuleOp outer, exec::ModuleOp module)
      : outer(outer), module(module), constants(outer) {}

  LogicalResult run() {
    if (failed(checkPlaced()) || failed(bindKernels()))
      return failure();
    declareRuntime();
    collect<exec::InputOp>(tables.inputByName);
    SmallVector<exec::StateOp> states = collect<exec::StateOp>(tables.stateByName);
    for (auto [i, op] : llvm::enumerate(states))
      tables.stateIndex[op.getSymNameAttr()] = int64_t(i);
    tables.states = buildStates(constants, states);
    FailureOr<LLVM::GlobalOp> programs = lowerPrograms();
    if (failed(programs))
      return failure();
    auto hash = module->getAttrOfType<IntegerAttr>(kTextHashAttr);
    LLVM::GlobalOp entries = buildEntries(constants, module, tables.states, *programs);
    buildModule(constants, module, hash.getInt(), tables.states, *programs, entries);
    module.erase();
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

  // Gives every kernel that is launched its record, in the order of launches, and hides it.
  LogicalResult bindKernels() {
    SymbolTable symbols(outer);
    WalkResult result = module.walk([&](exec::LaunchOp launch) {
      StringAttr name = launch.getKernelAttr().getAttr();
      if (tables.kernel.contains(name))
        return WalkResult::advance();
      auto kernel = symbols.lookup<LLVM::LLVMFuncOp>(name);
      if (failed(verifyKernel(launch, kernel)))
        return WalkResult::interrupt();
      // The exec.module, the only user, goes away.
      kernel.setSymName(("weft_kernel_" + name.getValue()).str());
      kernel.setLinkage(LLVM::Linkage::Internal);
      tables.kernel[name] = buildKernel(constants, name, kernel);
      return WalkResult::advance();
    });
    return failure(result.wasInterrupted());
  }

  void declareRuntime() {
    auto declare = [&](StringRef name, size_t numPointers) {
      OpBuilder builder = OpBuilder::atBlockBegin(outer.getBody());
      SmallVector<Type> pointers(numPointers, constants.getTypes().pointer);
      auto type =
          LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(outer.getContext()), pointers);
      return LLVM::LLVMFuncOp::create(builder, outer.getLoc(), name, type);
    };
    tables.launch = declare("weft_rt_launch", 3);
    tables.matmul = declare("weft_rt_matmul", 5);
    tables.groupedMatmul = declare("weft_rt_grouped_matmul", 6);
    tables.initialize = declare("weft_rt_initialize", 2);
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
    LLVM::LLVMStructType type = constants.getTypes().program;
    return constants.array("weft_programs", type, programs.size(), [&](OpBuilder &b, size_t i) {
      return StructWriter(b, outer.getLoc(), type)
          .address(programs[i].first)
          .address(programs[i].second)
          .finish();
    });
  }

  mlir::ModuleOp outer;
  exec::ModuleOp module;
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
