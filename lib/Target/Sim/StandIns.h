// Instructions of a GPU as calls of functions that do what they do.
#ifndef WEFT_LIB_TARGET_SIM_STANDINS_H
#define WEFT_LIB_TARGET_SIM_STANDINS_H

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"

namespace weft {

/// Puts calls of a stand-in where there was an instruction of the GPU's: an intrinsic or a line of assembly. They stay where they
/// are, and each stays one.
void replaceInstructions(llvm::Module &module);

/// Neither side of a call of a stand-in knows how the other one passes on what is undefined.
void markDefined(llvm::CallInst &call);

/// An argument as a function in another language takes it: pairs of 16 bits and single bits as a word, any pointer as a plain one.
llvm::Value *asPlain(llvm::IRBuilder<> &b, llvm::Value *argument);

} // namespace weft

#endif // WEFT_LIB_TARGET_SIM_STANDINS_H
