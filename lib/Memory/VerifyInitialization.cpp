// weft-verify-initialization: no op reads what the arena happens to hold.
#include "dialects/Exec/Exec.h"
#include "weft/Memory/Passes.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_VERIFYINITIALIZATION
#include "weft/Memory/Passes.h.inc"

namespace {

// The buffer whose memory `value` names; null for states, inputs and numbers of the step.
exec::BufferOp getBuffer(Value value) {
  while (auto view = value.getDefiningOp<exec::ViewOp>())
    value = view.getSource();
  return value.getDefiningOp<exec::BufferOp>();
}

struct VerifyInitialization : impl::VerifyInitializationBase<VerifyInitialization> {
  void runOnOperation() override {
    markAllAnalysesPreserved();
    SymbolTable kernels(getOperation());
    WalkResult result = getOperation().walk([&](exec::ProgramOp program) {
      return failed(verifyProgram(program, kernels)) ? WalkResult::interrupt()
                                                     : WalkResult::advance();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }

  LogicalResult verifyProgram(exec::ProgramOp program, SymbolTable &kernels) {
    DenseSet<Operation *> written; // looked up, never iterated
    for (auto command : program.getBody().getOps<CommandOpInterface>()) {
      for (OpOperand &operand : command->getOpOperands()) {
        exec::BufferOp buffer = getBuffer(operand.get());
        std::optional<MemoryAccess> access = command.getAccess(operand, kernels);
        if (buffer && !written.contains(buffer) && (!access || needsContents(*access)))
          return report(operand, buffer);
      }
      for (Value operand : command->getOperands())
        if (exec::BufferOp buffer = getBuffer(operand))
          written.insert(buffer);
    }
    return success();
  }

  static LogicalResult report(OpOperand &operand, exec::BufferOp buffer) {
    InFlightDiagnostic error = operand.getOwner()->emitOpError("reads operand ")
                               << operand.getOperandNumber()
                               << " before anything is written to it";
    error.attachNote(buffer.getLoc()) << "its buffer is here";
    return error;
  }
};

} // namespace
} // namespace weft
