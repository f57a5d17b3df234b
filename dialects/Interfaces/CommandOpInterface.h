// The interface of ops that a program runs.
#ifndef WEFT_INTERFACES_COMMANDOPINTERFACE_H
#define WEFT_INTERFACES_COMMANDOPINTERFACE_H

#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/SymbolTable.h"

namespace weft {

/// What an op does to the memory of an operand.
enum class MemoryAccess {
  Read,
  Write,   // all of it, whatever was there
  Update,  // reads and writes
  Scratch, // writes and reads again; nothing of it is wanted before or behind
};

inline bool isWritten(MemoryAccess access) { return access != MemoryAccess::Read; }
/// Whether what is in the memory before matters.
inline bool needsContents(MemoryAccess access) { return access == MemoryAccess::Read || access == MemoryAccess::Update; }

double countBytes(mlir::Operation *command, mlir::SymbolTable &kernels);

} // namespace weft

#include "dialects/Interfaces/CommandOpInterface.h.inc"

#endif // WEFT_INTERFACES_COMMANDOPINTERFACE_H
