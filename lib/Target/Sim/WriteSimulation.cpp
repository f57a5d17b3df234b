#include "weft/Target/Sim/WriteSimulation.h"

#include "dialects/Exec/Exec.h"
#include "weft/Target/CPU/ExecAttributes.h"
#include "weft/Target/CPU/Object.h"
#include "weft/Target/CUDA/DeviceCode.h"
#include "weft/Target/Sim/RetargetToHost.h"

#include "llvm/IR/Constants.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/IRBuilder.h"

using namespace mlir;

namespace weft {

static void addConstant(llvm::Module &module, StringRef name, llvm::Constant *value) {
  new llvm::GlobalVariable(module, value->getType(), /*isConstant=*/true, llvm::GlobalValue::ExternalLinkage, value,
                           kSimFunctionPrefix + name);
}

/// Each function of the simulator's that is called gets a body here, which goes through a pointer. The list of names and
/// pointers, `weft_sim_imports`, ends with nulls; who loads the library fills them in, and can say what is missing.
static void importSimulator(llvm::Module &module) {
  auto *pointer = llvm::PointerType::getUnqual(module.getContext());
  llvm::SmallVector<llvm::Function *> wanted;
  for (llvm::Function &function : module)
    if (function.isDeclaration() && function.getName().starts_with(kSimFunctionPrefix) && !function.use_empty())
      wanted.push_back(&function);
  auto *pair = llvm::StructType::get(pointer, pointer);
  llvm::SmallVector<llvm::Constant *> list;
  llvm::Constant *none = llvm::ConstantPointerNull::get(pointer);
  for (llvm::Function *function : wanted) {
    auto *slot = new llvm::GlobalVariable(module, pointer, /*isConstant=*/false, llvm::GlobalValue::InternalLinkage, none);
    auto *text = llvm::ConstantDataArray::getString(module.getContext(), function->getName());
    auto *name = new llvm::GlobalVariable(module, text->getType(), /*isConstant=*/true, llvm::GlobalValue::InternalLinkage,
                                          text);
    list.push_back(llvm::ConstantStruct::get(pair, {name, slot}));
    function->setLinkage(llvm::GlobalValue::InternalLinkage);
    llvm::IRBuilder<> b(llvm::BasicBlock::Create(module.getContext(), "", function));
    llvm::SmallVector<llvm::Value *> arguments;
    for (llvm::Argument &argument : function->args())
      arguments.push_back(&argument);
    llvm::CallInst *call = b.CreateCall(function->getFunctionType(), b.CreateLoad(pointer, slot), arguments);
    function->getReturnType()->isVoidTy() ? b.CreateRetVoid() : b.CreateRet(call);
  }
  list.push_back(llvm::ConstantStruct::get(pair, {none, none}));
  auto *type = llvm::ArrayType::get(pair, list.size());
  addConstant(module, "imports", llvm::ConstantArray::get(type, list));
}

LogicalResult emitSimulatedKernels(mlir::ModuleOp module, StringRef arch, llvm::raw_pwrite_stream &stream) {
  // Not the newest that this machine has: conversions to bf16 of some flush small numbers.
  auto machine = createHostMachine(module.getLoc(), "x86-64-v3");
  if (failed(machine))
    return failure();
  llvm::LLVMContext context;
  auto device = translateDeviceModule(module, context, {arch.str()});
  if (failed(device))
    return failure();
  retargetToHost(**device, (*machine)->createDataLayout(), (*machine)->getTargetTriple());
  importSimulator(**device);
  int number = 0;
  arch.drop_front(StringRef("sm_").size()).consumeInteger(10, number);
  addConstant(**device, "architecture", llvm::ConstantInt::get(llvm::Type::getInt32Ty(context), number));
  for (auto program : module.getOps<exec::ModuleOp>())
    if (auto hash = program->getAttrOfType<IntegerAttr>(kTextHashAttr))
      addConstant(**device, "text_hash",
                  llvm::ConstantInt::get(llvm::Type::getInt64Ty(context), uint64_t(hash.getInt())));
  return emitCode(module.getLoc(), **device, **machine, stream);
}

} // namespace weft
