#include "weft/Target/Sim/RetargetToHost.h"
#include "StandIns.h"
#include "weft/Target/OptimizeModule.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/ReplaceConstant.h"
#include "llvm/TargetParser/Triple.h"
#include "llvm/Transforms/Utils/LowerAtomic.h"

using namespace llvm;

std::string weft::simFunctionName(StringRef intrinsic) {
  std::string name = (kSimFunctionPrefix + intrinsic).str();
  std::ranges::replace_if(name, [](char c) { return c == '.' || c == ':'; }, '_');
  return name;
}

/// What an atomic access is to, how wide, and in which order; no pointer: it is none.
struct AtomicAccess {
  Value *pointer = nullptr;
  Type *type = nullptr;
  AtomicOrdering order = AtomicOrdering::NotAtomic;
};

static AtomicAccess atomicAccessOf(Instruction &instruction) {
  if (auto *op = dyn_cast<AtomicRMWInst>(&instruction))
    return {op->getPointerOperand(), op->getType(), op->getOrdering()};
  if (auto *op = dyn_cast<AtomicCmpXchgInst>(&instruction))
    return {op->getPointerOperand(), op->getCompareOperand()->getType(), op->getMergedOrdering()};
  if (!instruction.isAtomic() || !getLoadStorePointerOperand(&instruction))
    return {};
  auto *load = dyn_cast<LoadInst>(&instruction);
  return {getLoadStorePointerOperand(&instruction), getLoadStoreType(&instruction),
          load ? load->getOrdering() : cast<StoreInst>(instruction).getOrdering()};
}

/// Announces each atomic access, at which threads switch.
static void announceAtomics(Module &module) {
  Type *i32 = Type::getInt32Ty(module.getContext());
  auto *pointerType = PointerType::getUnqual(module.getContext());
  uint32_t site = 0;
  for (Function &function : module)
    for (Instruction &instruction : instructions(function)) {
      AtomicAccess access = atomicAccessOf(instruction);
      if (!access.pointer)
        continue;
      IRBuilder<> b(&instruction);
      FunctionCallee announce = module.getOrInsertFunction(
          weft::simFunctionName("atomic_access"),
          FunctionType::get(b.getVoidTy(), {i32, pointerType, i32, i32, i32}, false));
      uint64_t bytes = module.getDataLayout().getTypeStoreSize(access.type).getFixedValue();
      weft::markDefined(*b.CreateCall(announce, {b.getInt32(++site), weft::asPlain(b, access.pointer), b.getInt32(bytes),
                                           b.getInt32(isAcquireOrStronger(access.order)),
                                           b.getInt32(isReleaseOrStronger(access.order))}));
    }
}

/// ThreadSanitizer knows nothing of atomic arithmetic that no processor has.
static void expandAtomics(Module &module) {
  SmallVector<AtomicRMWInst *> ops;
  for (Function &function : module)
    for (Instruction &instruction : instructions(function))
      if (auto *op = dyn_cast<AtomicRMWInst>(&instruction);
          op && (op->getOperation() > AtomicRMWInst::Xor || !op->getType()->isIntegerTy()))
        ops.push_back(op);
  for (AtomicRMWInst *op : ops) {
    BasicBlock *before = op->getParent(), *after = before->splitBasicBlock(op);
    BasicBlock *loop = BasicBlock::Create(module.getContext(), "", before->getParent(), after);
    before->getTerminator()->setSuccessor(0, loop);
    IRBuilder<> b(before->getTerminator());
    Type *word = b.getIntNTy(op->getType()->getPrimitiveSizeInBits());
    auto *first = b.CreateAlignedLoad(word, op->getPointerOperand(), op->getAlign());
    first->setAtomic(AtomicOrdering::Monotonic, op->getSyncScopeID());
    b.SetInsertPoint(loop);
    PHINode *old = b.CreatePHI(word, 2);
    old->addIncoming(first, before);
    Value *previous = b.CreateBitCast(old, op->getType());
    Value *next = buildAtomicRMWValue(op->getOperation(), b, previous, op->getValOperand());
    Value *pair = b.CreateAtomicCmpXchg(op->getPointerOperand(), old, b.CreateBitCast(next, word), op->getAlign(),
                                        op->getOrdering(), AtomicOrdering::Monotonic, op->getSyncScopeID());
    old->addIncoming(b.CreateExtractValue(pair, 0), loop);
    b.CreateCondBr(b.CreateExtractValue(pair, 1), after, loop);
    op->replaceAllUsesWith(previous);
    op->eraseFromParent();
  }
}

/// Announces each access to memory, with its size and whether it writes, so that it can be checked.
static void announceAccesses(Module &module) {
  Type *i32 = Type::getInt32Ty(module.getContext());
  auto *pointerType = PointerType::getUnqual(module.getContext());
  uint32_t site = 0;
  for (Function &function : module)
    for (Instruction &instruction : instructions(function)) {
      Value *pointer = getLoadStorePointerOperand(&instruction);
      unsigned space = pointer ? pointer->getType()->getPointerAddressSpace() : 0;
      // Tables of libdevice are no buffers.
      bool isTable = space == 1 && isa<GlobalVariable>(getUnderlyingObject(pointer));
      if ((space != 1 && space != 3) || isTable || instruction.isAtomic())
        continue;
      IRBuilder<> b(&instruction);
      FunctionCallee check = module.getOrInsertFunction(
          weft::simFunctionName(space == 3 ? "shared_access" : "global_access"),
          FunctionType::get(b.getVoidTy(), {i32, pointerType, i32, i32}, false));
      uint64_t bytes =
          module.getDataLayout().getTypeStoreSize(getLoadStoreType(&instruction)).getFixedValue();
      b.CreateCall(check, {b.getInt32(++site), b.CreateAddrSpaceCast(pointer, pointerType),
                           b.getInt32(bytes), b.getInt32(isa<StoreInst>(instruction))});
    }
}

/// The block's memory, which each block has where it likes, in place of a symbol.
static void replaceSharedMemory(Module &module) {
  SmallVector<GlobalVariable *> shared;
  for (GlobalVariable &global : module.globals())
    if (global.getAddressSpace() == 3)
      shared.push_back(&global);
  for (GlobalVariable *global : shared) {
    convertUsersOfConstantsToInstructions({global});
    FunctionCallee place = module.getOrInsertFunction(
        weft::simFunctionName(global->getName()),
        FunctionType::get(PointerType::getUnqual(module.getContext()),
                          {Type::getInt32Ty(module.getContext())}, false));
    for (Use &use : make_early_inc_range(global->uses())) {
      auto *user = cast<Instruction>(use.getUser());
      auto *phi = dyn_cast<PHINode>(user);
      IRBuilder<> b(phi ? phi->getIncomingBlock(use)->getTerminator() : user);
      use.set(b.CreateAddrSpaceCast(b.CreateCall(place, {b.getInt32(0)}), global->getType()));
    }
    global->eraseFromParent();
  }
}

static void addEntry(Module &module, Function &kernel) {
  auto *pointer = PointerType::getUnqual(module.getContext());
  auto *entry = Function::Create(
      FunctionType::get(Type::getVoidTy(module.getContext()), {pointer}, false),
      GlobalValue::ExternalLinkage, weft::kSimEntryPrefix + kernel.getName(), module);
  entry->addParamAttr(0, Attribute::NoUndef);
  IRBuilder<> b(BasicBlock::Create(module.getContext(), "", entry));
  SmallVector<Value *> arguments;
  for (Argument &argument : kernel.args()) {
    Value *place = b.CreateLoad(
        pointer, b.CreateConstInBoundsGEP1_64(pointer, entry->getArg(0), arguments.size()));
    arguments.push_back(b.CreateLoad(argument.getType(), place));
  }
  b.CreateCall(&kernel, arguments);
  b.CreateRetVoid();
  new GlobalVariable(module, b.getInt32Ty(), /*isConstant=*/true, GlobalValue::ExternalLinkage,
                     b.getInt32(kernel.arg_size()), weft::kSimCountPrefix + kernel.getName());
}

/// Of accesses: plain pointers, which are all that sanitizers look at.
static void stripAddressSpaces(Module &module) {
  auto *plain = PointerType::getUnqual(module.getContext());
  for (Function &function : module)
    for (Instruction &instruction : instructions(function)) {
      Value *pointer = getLoadStorePointerOperand(&instruction);
      pointer = pointer ? pointer : atomicAccessOf(instruction).pointer;
      if (!pointer || pointer->getType() == plain)
        continue;
      unsigned operand = isa<StoreInst>(instruction) ? StoreInst::getPointerOperandIndex() : 0;
      instruction.setOperand(operand, IRBuilder<>(&instruction).CreateAddrSpaceCast(pointer, plain));
    }
}

/// A stand-in jumps to where its slot says.
static void addSlots(Module &module) {
  std::string text;
  raw_string_ostream assembly(text);
  auto note = [&](StringRef section, StringRef name, const Twine &address) {
    assembly << ".section " << section << ",\"aw\",@progbits\n.quad .Lname_" << name << ", " << address
             << "\n.section .rodata\n.Lname_" << name << ": .asciz \"" << name << "\"\n";
  };
  for (Function &function : module)
    if (StringRef name = function.getName(); name.starts_with(weft::kSimEntryPrefix)) {
      note("weft_sim_entries", name, name);
    } else if (function.isDeclaration() && name.starts_with(weft::kSimFunctionPrefix)) {
      assembly << ".text\n.globl " << name << "\n.type " << name << ", @function\n" << name
               << ": jmp *.Lslot_" << name << "(%rip)\n.data\n.balign 8\n.Lslot_" << name << ": .quad 0\n";
      note("weft_sim_slots", name, ".Lslot_" + name);
    }
  assembly << ".text\n";
  module.appendModuleInlineAsm(text);
}

static void retarget(Module &module, const DataLayout &layout, const Triple &triple) {
  weft::keepBF16InWords(module);
  announceAtomics(module);
  weft::replaceInstructions(module);
  replaceSharedMemory(module);
  SmallVector<Function *> kernels;
  for (Function &function : module) {
    if (function.getCallingConv() == CallingConv::PTX_Kernel)
      kernels.push_back(&function);
    // A GPU's conventions mean nothing here.
    function.setCallingConv(CallingConv::C);
    for (Instruction &instruction : instructions(function))
      if (auto *call = dyn_cast<CallInst>(&instruction))
        call->setCallingConv(CallingConv::C);
    function.removeFnAttr("target-cpu");
    function.removeFnAttr("target-features");
  }
  for (Function *kernel : kernels)
    addEntry(module, *kernel);
  module.setDataLayout(layout);
  module.setTargetTriple(triple);
}

void weft::retargetToHost(Module &module, const DataLayout &layout, const Triple &triple) {
  announceAccesses(module);
  retarget(module, layout, triple);
}

void weft::retargetToSanitizers(Module &module, const DataLayout &layout, const Triple &triple) {
  retarget(module, layout, triple);
  expandAtomics(module);
  stripAddressSpaces(module);
  for (Function &function : module)
    if (!function.isDeclaration())
      for (Attribute::AttrKind kind :
           {Attribute::SanitizeAddress, Attribute::SanitizeThread, Attribute::SanitizeMemory})
        function.addFnAttr(kind);
  addSlots(module);
}
