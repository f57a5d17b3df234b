// weft-verify-initialization: no op reads what the arena happens to hold.
#include "dialects/Exec/Exec.h"
#include "dialects/Tile/Tile.h"
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

template <typename OpT> bool isOverwrittenBy(OpT product, OpOperand &operand) {
  return &operand == &product.getCMutable() &&
         product.getAccumulate() == exec::Accumulate::Overwrite;
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
    for (Operation &op : program.getBody().front()) {
      if (isa<exec::ViewOp>(op))
        continue;
      for (OpOperand &operand : op.getOpOperands())
        if (exec::BufferOp buffer = getBuffer(operand.get());
            buffer && !written.contains(buffer) && !isOverwritten(operand, kernels))
          return report(operand, buffer);
      for (Value operand : op.getOperands())
        if (exec::BufferOp buffer = getBuffer(operand))
          written.insert(buffer);
    }
    return success();
  }

  // Whether its op writes an operand and does not need what was there before.
  static bool isOverwritten(OpOperand &operand, SymbolTable &kernels) {
    Operation *op = operand.getOwner();
    if (auto product = dyn_cast<exec::MatmulOp>(op))
      return isOverwrittenBy(product, operand) || operand.get() == product.getWorkspace() ||
             (product.writesBias() && operand.get() == product.getBias()) ||
             (product.writesAux() && operand.get() == product.getAux());
    if (auto product = dyn_cast<exec::GroupedMatmulOp>(op))
      return isOverwrittenBy(product, operand);
    auto launch = dyn_cast<exec::LaunchOp>(op);
    auto kernel =
        launch ? kernels.lookup<tile::KernelOp>(launch.getKernel()) : tile::KernelOp();
    return kernel && operand.getOperandNumber() >= kernel.getNumInputs();
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
