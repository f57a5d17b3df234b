#include "FilledUp.h"

#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace weft;

/// Whether batches are filled up for the model: the targets of a cross entropy can be ignored.
static bool canIgnore(ModelOp model) {
  return llvm::any_of(model.getFunctionBody().front(), [](Operation &op) {
    if (auto loss = dyn_cast<CrossEntropyOp>(op))
      return loss.getIgnoreIndex().has_value();
    auto rows = dyn_cast<CrossEntropyRowsOp>(op);
    return rows && rows.getIgnoreIndex().has_value();
  });
}

/// An argument that `value` depends on past the cross entropies; null if there is none.
static BlockArgument findArgumentBesideLosses(Value value) {
  llvm::SetVector<Value> found;
  found.insert(value);
  for (unsigned i = 0; i < found.size(); ++i) {
    if (auto argument = dyn_cast<BlockArgument>(found[i]))
      return argument;
    Operation *op = found[i].getDefiningOp();
    if (!isa<CrossEntropyOp, CrossEntropyRowsOp>(op))
      found.insert(op->operand_begin(), op->operand_end());
  }
  return {};
}

void weft::warnOfFilledUp(ModelOp model) {
  auto isFromData = [&](unsigned i) { return model.getArgAttr(i, kFromDataAttr) != nullptr; };
  if (!canIgnore(model) || llvm::any_of(llvm::seq(model.getNumArguments()), isFromData))
    return;
  for (Value result : model.getFunctionBody().front().getTerminator()->getOperands()) {
    BlockArgument argument = findArgumentBesideLosses(result);
    if (!argument)
      continue;
    std::string name = getArgumentName(model, argument.getArgNumber());
    emitWarning(result.getLoc())
        << "this depends on '" << name
        << "' not only through targets that can be ignored: what fills the "
        << "last batch of an evaluation up would count in it; give the model an argument of f32 or "
           "f64, as "
        << "in `%real: tensor<8x64xf32> {" << kFromDataAttr
        << "}`, and multiply by it: it is 0 there";
    return;
  }
}
