// The dialects' enums, and types of elements, as the ABI's.
#ifndef WEFT_LIB_TARGET_CPU_ABIENUMS_H
#define WEFT_LIB_TARGET_CPU_ABIENUMS_H

#include "dialects/Exec/Exec.h"
#include "dialects/Interfaces/Target.h"
#include "weft-rt/ABI.h"

namespace weft {

/// The enums of dialects that the ABI has too, X(namespace, enum, enum of the ABI): with the same numbers and texts.
/// Where the ABI has a "none", the dialects leave the attribute out.
#define WEFT_SHARED_ENUMS(X)                                                                       \
  X(spec, Backend, WeftTarget)                                                                     \
  X(spec, Library, WeftLibrary)                                                                    \
  X(spec, Role, WeftRole)                                                                          \
  X(spec, InitKind, WeftInitKind)                                                                  \
  X(spec, EntryKind, WeftEntryKind)                                                                \
  X(spec, Epilogue, WeftEpilogue)                                                                  \
  X(exec, Accumulate, WeftAccumulate)                                                              \
  X(exec, Grouping, WeftGrouping)

// A test compares number by number, text by text.
#define WEFT_TO_ABI(space, Enum, ABIEnum)                                                          \
  static_assert(space::getMaxEnumValFor##Enum() == std::rbegin(abiEnumerators<ABIEnum>)->number,   \
                #ABIEnum " of ABI.def and " #space "::" #Enum " differ in their last enumerators"); \
  inline ABIEnum toABI(space::Enum value) { return static_cast<ABIEnum>(value); }
WEFT_SHARED_ENUMS(WEFT_TO_ABI)
#undef WEFT_TO_ABI

/// Nothing for a type that the ABI does not have.
std::optional<WeftDType> findDType(mlir::Type element);

/// Reports a type that the ABI does not have at the op that holds it.
mlir::LogicalResult verifyDType(mlir::Operation *op, mlir::Type element);

/// Bytes from the start of the step block.
int64_t getStepOffset(exec::StepField field);

} // namespace weft

#endif // WEFT_LIB_TARGET_CPU_ABIENUMS_H
