#include "ExecToLLVMPrograms.h"

#include "ABIEnums.h"
#include "dialects/Interfaces/Scope.h"
#include "weft/Target/CPU/ExecAttributes.h"

using namespace mlir;

namespace weft {

EntryPoints declareEntryPoints(mlir::ModuleOp module) {
  EntryPoints all;
  auto declare = [&](StringRef name, LLVM::LLVMFunctionType type) {
    OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
    return LLVM::LLVMFuncOp::create(builder, module.getLoc(), name, type);
  };
#define WEFT_ENTRY_POINT(name, parameters)                                                         \
  all.name = declare(#name, getABIFunction<decltype(&::name)>(module.getContext()));
#include "weft-rt/ABI.def"
  return all;
}

ProgramBuilder::ProgramBuilder(mlir::ModuleOp module, ConstantBuilder &constants,
                               const ProgramTables &tables)
    : constants(constants), tables(tables), builder(OpBuilder::atBlockEnd(module.getBody())),
      loc(module.getLoc()), pointer(LLVM::LLVMPointerType::get(module.getContext())) {}

FailureOr<LLVM::LLVMFuncOp> ProgramBuilder::build(exec::ProgramOp program) {
  OpBuilder::InsertionGuard guard(builder);
  LLVM::LLVMFuncOp function = createFunction(program);
  loadContext(function);
  allocateArguments(program);
  for (Operation &op : program.getBody().front())
    if (failed(lower(op)))
      return failure();
  LLVM::ReturnOp::create(builder, loc, ValueRange());
  addresses.clear();
  return function;
}

// Straight lines of address sums, stores and calls: optimising them takes time and gains nothing.
LLVM::LLVMFuncOp ProgramBuilder::createFunction(exec::ProgramOp program) {
  auto function =
      LLVM::LLVMFuncOp::create(builder, loc, ("weft_program_" + program.getSymName()).str(),
                               getABIFunction<WeftProgramFn>(builder.getContext()), LLVM::Linkage::Internal);
  function.setNoInline(true);
  function.setOptimizeNone(true);
  return function;
}

void ProgramBuilder::loadContext(LLVM::LLVMFuncOp function) {
  builder.setInsertionPointToStart(function.addEntryBlock(builder));
  context = function.getArgument(0);
  auto load = [&](size_t offset) -> Value {
    return LLVM::LoadOp::create(builder, loc, pointer, advance(context, offset));
  };
  state = load(offsetof(WeftContext, state));
  arena = load(offsetof(WeftContext, arena));
  input = load(offsetof(WeftContext, input));
  step = load(offsetof(WeftContext, step));
}

// One array of pointers on the stack serves all launches: the runtime is done with it when it
// returns.
void ProgramBuilder::allocateArguments(exec::ProgramOp program) {
  int64_t most = 0;
  for (auto launch : program.getBody().getOps<exec::LaunchOp>())
    most = std::max<int64_t>(most, launch.getNumOperands());
  Value count = LLVM::ConstantOp::create(builder, loc, builder.getI64IntegerAttr(most));
  arguments = LLVM::AllocaOp::create(builder, loc, pointer, pointer, count);
}

LogicalResult ProgramBuilder::lower(Operation &op) {
  return TypeSwitch<Operation *, LogicalResult>(&op)
      .Case([&](exec::BufferOp op) { return lowerBuffer(op); })
      .Case([&](exec::LaunchOp op) { return lowerLaunch(op); })
      .Case([&](exec::ViewOp op) { return lowerView(op), success(); })
      .Case([&](exec::MatmulOp op) { return lowerMatmul(op), success(); })
      .Case([&](exec::GroupedMatmulOp op) { return lowerGroupedMatmul(op), success(); })
      .Case([&](exec::InitializeOp op) { return lowerInitialize(op), success(); })
      .Case([&](exec::StateRefOp op) {
        auto declared = tables.stateByName.lookup(op.getSymbolAttr().getAttr());
        addresses[op.getResult()] = {state, int64_t(*declared.getAt())};
        return success();
      })
      .Case([&](exec::InputRefOp op) {
        auto declared = tables.inputByName.lookup(op.getSymbolAttr().getAttr());
        addresses[op.getResult()] = {input, int64_t(*declared.getAt())};
        return success();
      })
      .Case([&](exec::StepRefOp op) {
        addresses[op.getResult()] = {step, getStepOffset(op.getField())};
        return success();
      })
      .Case([&](exec::WordOp op) {
        int64_t index = tables.wordIndex.lookup(int32_t(op.getValue()));
        addresses[op.getResult()] = {step, int64_t(sizeof(WeftStep) + index * sizeof(int32_t))};
        return success();
      })
      .Default([](Operation *op) { return op->emitOpError("has no lowering to LLVM"); });
}

LogicalResult ProgramBuilder::lowerBuffer(exec::BufferOp op) {
  if (!op.getAt())
    return op.emitOpError("has no place: run weft-place-buffers first");
  addresses[op.getResult()] = {arena, int64_t(*op.getAt())};
  return success();
}

void ProgramBuilder::lowerView(exec::ViewOp op) {
  Address address = addresses.lookup(op.getSource());
  address.offset += *exec::countBytes(op.getResult().getType().getElementType(), int64_t(op.getOffset()));
  addresses[op.getResult()] = address;
}

LogicalResult ProgramBuilder::lowerLaunch(exec::LaunchOp op) {
  auto grid = op->getAttrOfType<IntegerAttr>(kGridAttr);
  if (!grid)
    return op.emitOpError("has no grid: run weft-bind-kernels before kernels are lowered");
  for (auto [i, operand] : llvm::enumerate(op.getOperands()))
    LLVM::StoreOp::create(builder, loc, getPointer(operand),
                          advance(arguments, int64_t(i * sizeof(void *))));
  Value launch = LLVM::AddressOfOp::create(builder, loc, getLaunch(op, grid.getInt()));
  call(tables.runtime.weft_rt_launch, {context, launch, arguments});
  return success();
}

// Launches of one kernel from one place of the model share a record.
LLVM::GlobalOp ProgramBuilder::getLaunch(exec::LaunchOp op, int64_t grid) {
  Attribute key = builder.getArrayAttr({op.getKernelAttr(), builder.getStringAttr(getScope(op)),
                                        builder.getStringAttr(getPhase(op)),
                                        constants.location(op).getSymNameAttr()});
  LLVM::GlobalOp &launch = launches[key];
  if (!launch)
    launch = buildLaunch(constants, tables.kernels,
                         tables.kernelIndex.lookup(op.getKernelAttr().getAttr()), op, grid,
                         ++numLaunches);
  return launch;
}

void ProgramBuilder::lowerMatmul(exec::MatmulOp op) {
  Value matmul = LLVM::AddressOfOp::create(builder, loc, buildMatmul(constants, op, ++numMatmuls));
  SmallVector<Value> operands{context, matmul, getPointer(op.getA()), getPointer(op.getB()), getPointer(op.getC())};
  if (!op.getEpilogue())
    return call(tables.runtime.weft_rt_matmul, operands);
  Value none = LLVM::ZeroOp::create(builder, loc, pointer);
  for (Value each : {op.getBias(), op.getAux()})
    operands.push_back(each ? getPointer(each) : none);
  call(tables.runtime.weft_rt_matmul_epilogue, operands);
}

void ProgramBuilder::lowerGroupedMatmul(exec::GroupedMatmulOp op) {
  Value matmul =
      LLVM::AddressOfOp::create(builder, loc, buildGroupedMatmul(constants, op, ++numMatmuls));
  call(tables.runtime.weft_rt_grouped_matmul, {context, matmul, getPointer(op.getA()), getPointer(op.getB()),
                              getPointer(op.getC()), getPointer(op.getOffsets())});
}

void ProgramBuilder::lowerInitialize(exec::InitializeOp op) {
  Value states = LLVM::AddressOfOp::create(builder, loc, tables.states);
  int64_t index = tables.stateIndex.lookup(op.getStateAttr().getAttr());
  call(tables.runtime.weft_rt_initialize, {context, advance(states, index * int64_t(sizeof(WeftState)))});
}

// The index is a value: as an attribute of the op it would be cut to 32 bits.
Value ProgramBuilder::advance(Value base, int64_t bytes) {
  if (bytes == 0)
    return base;
  Value index = LLVM::ConstantOp::create(builder, loc, builder.getI64IntegerAttr(bytes));
  return LLVM::GEPOp::create(builder, loc, pointer, builder.getI8Type(), base,
                             ArrayRef<LLVM::GEPArg>{index});
}

Value ProgramBuilder::getPointer(Value buffer) {
  Address address = addresses.lookup(buffer);
  return advance(address.base, address.offset);
}

void ProgramBuilder::call(LLVM::LLVMFuncOp callee, ValueRange arguments) {
  LLVM::CallOp::create(builder, loc, callee, arguments);
}

} // namespace weft
