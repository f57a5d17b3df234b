#include "Logits.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace weft;

static RankedTensorType tensorType(Value value) { return cast<RankedTensorType>(value.getType()); }

/// What the one cross entropy of the model reads, or read before it was split; null where there is none
/// or another.
static Value findOnlyLogits(ModelOp model) {
  Value logits;
  for (Operation &op : model.getFunctionBody().front()) {
    if (!op.hasAttr(kLogitsAttr))
      continue;
    if (logits)
      return {};
    logits = op.getResult(0);
  }
  if (logits)
    return logits;
  for (Operation &op : model.getFunctionBody().front()) {
    if (!isa<CrossEntropyOp, CrossEntropyRowsOp>(op))
      continue;
    if (logits)
      return {};
    logits = op.getOperand(0);
  }
  return logits;
}

/// The arguments that `value` depends on.
static llvm::SetVector<BlockArgument> findArguments(Value value) {
  llvm::SetVector<Value> found;
  found.insert(value);
  for (unsigned i = 0; i < found.size(); ++i)
    if (Operation *op = found[i].getDefiningOp())
      found.insert(op->operand_begin(), op->operand_end());
  llvm::SetVector<BlockArgument> arguments;
  for (Value each : found)
    if (auto argument = dyn_cast<BlockArgument>(each))
      arguments.insert(argument);
  return arguments;
}

std::optional<Logits> weft::findLogits(ModelOp model) {
  Value logits = findOnlyLogits(model);
  if (!logits)
    return std::nullopt;
  llvm::SetVector<BlockArgument> arguments = findArguments(logits);
  if (arguments.size() != 1)
    return std::nullopt;
  RankedTensorType ids = tensorType(arguments.front());
  if (!ids.getElementType().isInteger() || ids.getRank() != 2 ||
      ids.getNumElements() != getNumRows(tensorType(logits)))
    return std::nullopt;
  return Logits{logits, arguments.front()};
}

namespace {

class RowSelection {
public:
  RowSelection(OpBuilder &builder, Value row) : builder(builder), row(row) {}

  /// The row of a value; that of one which several ops read is computed once.
  Value select(Value value) {
    if (Value row = selected.lookup(value))
      return row;
    return selected[value] = compute(value);
  }

private:
  Value compute(Value value) {
    Operation *op = value.getDefiningOp();
    if (auto reshape = dyn_cast_or_null<ReshapeOp>(op); reshape && keepsRows(reshape))
      return select(reshape.getInput());
    if (auto linear = dyn_cast_or_null<LinearOp>(op))
      return rebuild(op, {pick(linear.getInput())});
    if (auto product = dyn_cast_or_null<MatmulOp>(op);
        product && tensorType(value).getRank() == 2 && !product.getTransposeA())
      return rebuild(op, {pick(product.getLhs())});
    if (op && isOnLogits(op) &&
        llvm::all_of(op->getOperands(), [&](Value v) { return read(v, value) != RowsRead::Shared; }))
      return rebuild(op, llvm::map_to_vector(op->getOperands(), [&](Value v) {
                       return read(v, value) == RowsRead::Own ? select(v) : withoutRows(v);
                     }));
    return pick(value);
  }

  static bool keepsRows(ReshapeOp op) {
    RankedTensorType input = tensorType(op.getInput());
    return input.getRank() > 0 && input.getShape().back() == op.getType().getShape().back();
  }

  static RowsRead read(Value operand, Value result) { return getRowsRead(tensorType(operand), tensorType(result)); }

  /// What is the same for all rows, as one of them reads it.
  Value withoutRows(Value value) {
    RankedTensorType type = tensorType(value);
    if (type.getRank() <= 1)
      return value;
    return ReshapeOp::create(builder, value.getLoc(), type.clone({type.getShape().back()}), value);
  }

  /// The row as it is, out of all of them.
  Value pick(Value value) {
    RankedTensorType type = tensorType(value);
    auto rows = type.clone({getNumRows(type), type.getShape().back()});
    if (rows != type)
      value = ReshapeOp::create(builder, value.getLoc(), rows, value);
    return EmbeddingOp::create(builder, value.getLoc(), row, value);
  }

  /// `op` over one row, with its first operands replaced.
  Value rebuild(Operation *op, ArrayRef<Value> operands) {
    Operation *copy = builder.clone(*op);
    copy->setOperands(0, operands.size(), operands);
    RankedTensorType type = tensorType(op->getResult(0));
    copy->getResult(0).setType(type.clone({1, type.getShape().back()}));
    return copy->getResult(0);
  }

  OpBuilder &builder;
  Value row;
  llvm::DenseMap<Value, Value> selected;
};

} // namespace

Value weft::selectRow(OpBuilder &builder, Value value, Value row) {
  return RowSelection(builder, row).select(value);
}
