#include "dialects/Interfaces/CommandOpInterface.h"

#include "mlir/IR/BuiltinTypes.h"

#include "dialects/Interfaces/CommandOpInterface.cpp.inc"

using namespace mlir;
using namespace weft;

/// How often each element goes between memory and the op.
static int countTransfers(std::optional<MemoryAccess> access) {
  if (!access)
    return 1;
  switch (*access) {
  case MemoryAccess::Read:
  case MemoryAccess::Write:
    return 1;
  case MemoryAccess::Update:
    return 2;
  case MemoryAccess::Scratch:
    return 0;
  }
  llvm_unreachable("an access that is none of these");
}

double weft::countBytes(Operation *command, SymbolTable &kernels) {
  auto interface = cast<CommandOpInterface>(command);
  double bits = 0;
  for (OpOperand &operand : command->getOpOperands()) {
    auto type = cast<MemRefType>(operand.get().getType());
    bits += static_cast<double>(countTransfers(interface.getAccess(operand, kernels))) * type.getNumElements() *
            type.getElementTypeBitWidth();
  }
  return bits / 8;
}
