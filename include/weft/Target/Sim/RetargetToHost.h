// Device code for this processor: what the simulated GPU runs.
#ifndef WEFT_TARGET_SIM_RETARGETTOHOST_H
#define WEFT_TARGET_SIM_RETARGETTOHOST_H

#include "llvm/ADT/StringRef.h"
#include "llvm/IR/Module.h"

namespace weft {

/// The prefix of a kernel's entry, which takes an array of pointers to its arguments.
inline constexpr llvm::StringLiteral kSimEntryPrefix = "weft_sim_entry_";
/// The prefix of a constant of 32 bits: how many arguments the kernel has.
inline constexpr llvm::StringLiteral kSimCountPrefix = "weft_sim_count_";
/// The prefix of the functions that stand for instructions; dots of their names become underscores.
inline constexpr llvm::StringLiteral kSimFunctionPrefix = "weft_sim_";
std::string simFunctionName(llvm::StringRef intrinsic);

/// Turns an optimised module for nvptx into one for the host: intrinsics of NVVM become calls of functions
/// that the simulator defines, each with the number of its place as first argument; each access to memory is
/// announced to it; each kernel gets an entry. Everything else is the code that goes to PTX.
void retargetToHost(llvm::Module &module, const llvm::DataLayout &layout,
                    const llvm::Triple &triple);

/// The same for LLVM's sanitizers, which see accesses themselves: nothing is announced, and all pointers are plain ones. A
/// linked program finds the entries between the symbols __start_weft_sim_entries and __stop_weft_sim_entries, as pairs of a
/// name and an address, and between those of weft_sim_slots the names of stand-ins and where to put their addresses.
void retargetToSanitizers(llvm::Module &module, const llvm::DataLayout &layout,
                          const llvm::Triple &triple);

} // namespace weft

#endif // WEFT_TARGET_SIM_RETARGETTOHOST_H
