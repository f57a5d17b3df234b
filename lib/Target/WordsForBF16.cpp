#include "weft/Target/OptimizeModule.h"

#include "llvm/ADT/SmallVectorExtras.h"
#include "llvm/Analysis/VectorUtils.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace {

bool isBF16(Type *type) { return type->getScalarType()->isBFloatTy(); }
Type *wordOf(Type *type) { return isBF16(type) ? type->getWithNewType(Type::getInt16Ty(type->getContext())) : type; }

bool isWord(Type *type) { return type->getScalarType()->isIntegerTy(16); }

/// Rounds an f32 as IEEE 754 says: to the nearest, ties to even. A carry must not make a NaN an infinity.
Value *rounded(IRBuilder<> &b, Value *x) {
  Type *word = x->getType()->getWithNewType(b.getInt32Ty());
  auto number = [&](uint64_t value) { return ConstantInt::get(word, value); };
  Value *bits = b.CreateBitCast(x, word), *upper = b.CreateLShr(bits, number(16));
  Value *carry = b.CreateAdd(b.CreateAnd(upper, number(1)), number(0x7fff));
  Value *near = b.CreateLShr(b.CreateAdd(bits, carry), number(16));
  Value *result = b.CreateSelect(b.CreateFCmpUNO(x, x), b.CreateOr(upper, number(0x40)), near);
  return b.CreateTrunc(result, x->getType()->getWithNewType(b.getInt16Ty()));
}

/// One function's numbers of bf16, instruction by instruction.
class Words {
public:
  explicit Words(Function &function) {
    for (Instruction &instruction : instructions(function)) {
      Place place{&instruction, isBF16(instruction.getType()), {}};
      for (Use &use : instruction.operands())
        if (isBF16(use->getType()))
          place.operands.push_back(&use);
      if (place.isResult || !place.operands.empty())
        places.push_back(std::move(place));
    }
  }

  // What moves numbers takes words once their types are changed; what computes with them gets them back around it.
  void run() {
    for (Place &place : places)
      for (Use *use : place.operands)
        if (auto *constant = dyn_cast<Constant>(use->get()))
          use->set(ConstantExpr::getBitCast(constant, wordOf(constant->getType())));
    for (Place &place : places)
      if (place.isResult)
        place.instruction->mutateType(wordOf(place.instruction->getType()));
    for (Place &place : places)
      if (!moves(*place.instruction))
        finish(place);
  }

private:
  struct Place {
    Instruction *instruction;
    bool isResult;
    SmallVector<Use *> operands;
  };

  static bool moves(Instruction &instruction) {
    return isa<LoadInst, StoreInst, PHINode, SelectInst, ShuffleVectorInst, InsertElementInst, ExtractElementInst, BitCastInst,
               FreezeInst>(instruction);
  }

  static void finish(Place &place) {
    IRBuilder<> b(place.instruction);
    Value *result = computed(b, *place.instruction);
    if (!result)
      return surround(b, place);
    place.instruction->replaceAllUsesWith(result);
    place.instruction->eraseFromParent();
  }

  /// What computes with numbers, in f32, and then rounded; null for anything else.
  static Value *computed(IRBuilder<> &b, Instruction &instruction) {
    auto isWide = [](Value *x) { return x->getType()->getScalarType()->isFloatTy(); };
    auto in32 = [&](unsigned i) { return widened(b, instruction.getOperand(i)); };
    if (isa<FPTruncInst>(instruction) && isWide(instruction.getOperand(0)))
      return rounded(b, instruction.getOperand(0));
    if (isa<FPExtInst>(instruction))
      return b.CreateFPExt(in32(0), instruction.getType());
    if (auto *compare = dyn_cast<FCmpInst>(&instruction))
      return b.CreateFCmp(compare->getPredicate(), in32(0), in32(1));
    if (auto *binary = dyn_cast<BinaryOperator>(&instruction))
      return rounded(b, b.CreateBinOp(binary->getOpcode(), in32(0), in32(1)));
    if (auto *unary = dyn_cast<UnaryOperator>(&instruction))
      return rounded(b, b.CreateUnOp(unary->getOpcode(), in32(0)));
    if (auto *call = dyn_cast<IntrinsicInst>(&instruction))
      return callOfWords(b, *call);
    return nullptr;
  }

  /// A word's number as an f32, which has it in its upper half.
  static Value *widened(IRBuilder<> &b, Value *word) {
    Type *wide = word->getType()->getWithNewType(b.getInt32Ty());
    Value *bits = b.CreateShl(b.CreateZExt(word, wide), ConstantInt::get(wide, 16));
    return b.CreateBitCast(bits, word->getType()->getWithNewType(b.getFloatTy()));
  }

  /// Masked loads and the like, which are named after their types, and functions of numbers, which take f32 as well; null for
  /// what takes bf16 alone.
  static Value *callOfWords(IRBuilder<> &b, IntrinsicInst &call) {
    SmallVector<Value *> arguments(call.args());
    if (isTriviallyVectorizable(call.getIntrinsicID()) && all_of(arguments, [](Value *x) { return isWord(x->getType()); })) {
      for (Value *&argument : arguments)
        argument = widened(b, argument);
      Value *result = b.CreateIntrinsic(arguments.front()->getType(), call.getIntrinsicID(), arguments);
      return rounded(b, result);
    }
    SmallVector<Type *> types = map_to_vector(arguments, [](Value *v) { return v->getType(); }), overloaded;
    if (!Intrinsic::getIntrinsicSignature(call.getIntrinsicID(), FunctionType::get(call.getType(), types, false), overloaded))
      return nullptr;
    CallInst *result = b.CreateCall(
        Intrinsic::getOrInsertDeclaration(call.getModule(), call.getIntrinsicID(), overloaded), arguments);
    result->setAttributes(call.getAttributes());
    return result;
  }

  static void surround(IRBuilder<> &b, Place &place) {
    auto *number = Type::getBFloatTy(b.getContext());
    for (Use *use : place.operands)
      use->set(b.CreateBitCast(use->get(), (*use)->getType()->getWithNewType(number)));
    if (!place.isResult)
      return;
    Type *word = place.instruction->getType();
    place.instruction->mutateType(word->getWithNewType(number));
    b.SetInsertPoint(place.instruction->getNextNode());
    auto *back = cast<Instruction>(b.Insert(new BitCastInst(PoisonValue::get(place.instruction->getType()), word)));
    place.instruction->replaceAllUsesWith(back);
    back->setOperand(0, place.instruction);
  }

  SmallVector<Place> places;
};

} // namespace

void weft::keepBF16InWords(llvm::Module &module) {
  for (Function &function : module)
    Words(function).run();
}
