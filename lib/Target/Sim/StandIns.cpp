// Calls of a stand-in where there was an instruction of the GPU's.
#include "StandIns.h"
#include "weft/Target/Sim/RetargetToHost.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

/// For each operand, which of the results it is as well; -1 for one that is none.
static SmallVector<int> tiesOf(const CallInst &call) {
  SmallVector<int> ties;
  if (auto *assembly = dyn_cast<InlineAsm>(call.getCalledOperand()))
    for (const InlineAsm::ConstraintInfo &constraint : assembly->ParseConstraints())
      if (constraint.Type == InlineAsm::isInput) {
        int result = -1;
        ties.push_back(StringRef(constraint.Codes.front()).getAsInteger(10, result) ? -1 : result);
      }
  ties.resize(call.arg_size(), -1);
  return ties;
}

static bool hasTies(ArrayRef<int> ties) {
  return any_of(ties, [](int tie) { return tie >= 0; });
}

/// A letter for each operand that is no result: "rl" takes a word and one of 64 bits.
static std::string ownInputs(const InlineAsm &assembly) {
  std::string letters;
  for (const InlineAsm::ConstraintInfo &constraint : assembly.ParseConstraints())
    if (constraint.Type == InlineAsm::isInput && !isDigit(constraint.Codes.front()[0]))
      letters += constraint.Codes.front();
  return letters;
}

/// "asm." and the first instruction in some assembly that computes; in front of it "if." where that is under a
/// predicate, "loop." behind a label; behind it ".64" where it is on words of 64 bits, or the letters of its operands where some
/// of these are results too, because one instruction then has several forms.
static std::string nameOf(const CallInst &call, const InlineAsm &assembly) {
  auto prepares = [](StringRef instruction) {
    return instruction.starts_with(".") || instruction.starts_with("mov.") || instruction.starts_with("setp.");
  };
  StringRef rest = assembly.getAsmString(), instruction;
  std::string name = "asm.";
  for (bool isFound = false; !isFound;) {
    rest = rest.ltrim("{; \t\n");
    instruction = rest.take_until([](char c) { return isSpace(c) || c == ';'; });
    if (prepares(instruction))
      rest = rest.drop_until([](char c) { return c == ';'; });
    else if (instruction.starts_with("@"))
      rest = rest.drop_front(instruction.size()), name += "if.";
    else if (instruction.ends_with(":"))
      rest = rest.drop_front(instruction.size()), name += "loop.";
    else
      isFound = true;
  }
  name += instruction;
  if (!hasTies(tiesOf(call)))
    return name + (StringRef(assembly.getConstraintString()).contains('l') ? ".64" : "");
  std::string letters = ownInputs(assembly);
  return letters.empty() ? name : name + "." + letters;
}

/// What stands for a call: of an intrinsic by its name, of assembly by its instruction's; empty for any
/// other call.
static std::string standInFor(const CallInst &call) {
  if (auto *assembly = dyn_cast<InlineAsm>(call.getCalledOperand()))
    return weft::simFunctionName(nameOf(call, *assembly));
  const Function *callee = call.getCalledFunction();
  bool isIntrinsic = callee && callee->getName().starts_with("llvm.nvvm.");
  return isIntrinsic ? weft::simFunctionName(callee->getName()) : "";
}

void weft::markDefined(CallInst &call) {
  for (unsigned i = 0; i < call.arg_size(); ++i)
    call.addParamAttr(i, Attribute::NoUndef);
  if (!call.getType()->isVoidTy())
    call.addRetAttr(Attribute::NoUndef);
}

static void announceResults(IRBuilder<> &b, Value *results, uint64_t bytes) {
  Module &module = *b.GetInsertBlock()->getModule();
  FunctionCallee written = module.getOrInsertFunction(
      weft::simFunctionName("results"),
      FunctionType::get(b.getVoidTy(), {b.getInt32Ty(), b.getPtrTy(), b.getInt32Ty()}, false));
  weft::markDefined(*b.CreateCall(written, {b.getInt32(0), results, b.getInt32(bytes)}));
}

Value *weft::asPlain(IRBuilder<> &b, Value *argument) {
  Type *type = argument->getType();
  if (type->isPointerTy() && type->getPointerAddressSpace())
    return b.CreateAddrSpaceCast(argument, PointerType::getUnqual(b.getContext()));
  if (type->isVectorTy() && type->getPrimitiveSizeInBits() == 32)
    return b.CreateBitCast(argument, b.getInt32Ty());
  if (type->isIntegerTy(1))
    return b.CreateZExt(argument, b.getInt32Ty());
  return argument;
}

/// Operands that are results too come where the results go, behind how many there are.
static void addTied(IRBuilder<> &b, CallInst &call, Value *results, function_ref<void(Value *)> add) {
  SmallVector<int> ties = tiesOf(call);
  for (auto [tie, argument] : zip(ties, call.args()))
    if (tie >= 0)
      b.CreateStore(argument, b.CreateStructGEP(call.getType(), results, tie));
  if (hasTies(ties))
    add(b.getInt32(call.getType()->getStructNumElements()));
}

void weft::replaceInstructions(Module &module) {
  SmallVector<CallInst *> calls;
  for (Function &function : module)
    for (Instruction &instruction : instructions(function))
      if (auto *call = dyn_cast<CallInst>(&instruction); call && !standInFor(*call).empty())
        calls.push_back(call);
  for (auto [site, call] : enumerate(calls)) {
    IRBuilder<> b(call);
    SmallVector<Value *> arguments{b.getInt32(site + 1)};
    SmallVector<Type *> types{b.getInt32Ty()};
    auto add = [&](Value *argument) {
      arguments.push_back(argument);
      types.push_back(argument->getType());
    };
    // Several results go through memory: how they are returned differs between languages.
    Value *results = nullptr;
    Type *type = call->getType();
    if (type->isStructTy()) {
      BasicBlock &entry = call->getFunction()->getEntryBlock();
      results = IRBuilder<>(&entry, entry.getFirstInsertionPt()).CreateAlloca(type);
      add(results);
      addTied(b, *call, results, add);
    }
    for (auto [tie, argument] : zip(tiesOf(*call), call->args()))
      if (tie < 0)
        add(weft::asPlain(b, argument));
    FunctionCallee standIn = module.getOrInsertFunction(
        standInFor(*call), FunctionType::get(results ? b.getVoidTy() : type, types, false));
    CallInst *replacement = b.CreateCall(standIn, arguments);
    weft::markDefined(*replacement);
    for (Attribute::AttrKind kind :
         {Attribute::Convergent, Attribute::NoMerge, Attribute::NoDuplicate})
      replacement->addFnAttr(kind);
    Value *result = replacement;
    if (results) {
      announceResults(b, results, module.getDataLayout().getTypeStoreSize(type));
      result = b.CreateLoad(type, results);
    }
    call->replaceAllUsesWith(result);
    call->eraseFromParent();
  }
}
