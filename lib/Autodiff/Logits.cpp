#include "Logits.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace weft;

static RankedTensorType tensorType(Value value) { return cast<RankedTensorType>(value.getType()); }

static int64_t numRows(RankedTensorType type) {
  return type.getNumElements() / type.getShape().back();
}

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
      ids.getNumElements() != numRows(tensorType(logits)))
    return std::nullopt;
  return Logits{logits, arguments.front()};
}

namespace {

class RowSelection {
public:
  RowSelection(OpBuilder &builder, Value row) : builder(builder), row(row) {}

  Value select(Value value) {
    Operation *op = value.getDefiningOp();
    if (auto reshape = dyn_cast_or_null<ReshapeOp>(op); reshape && keepsRows(reshape))
      return select(reshape.getInput());
    if (auto linear = dyn_cast_or_null<LinearOp>(op))
      return rebuild(op, {pick(linear.getInput())});
    if (auto product = dyn_cast_or_null<MatmulOp>(op);
        product && tensorType(value).getRank() == 2 && !product.getTransposeA())
      return rebuild(op, {pick(product.getLhs())});
    if (isa_and_nonnull<AddOp, SubOp, MulOp, DivOp, MinOp, MaxOp, TanhOp, CastOp>(op) &&
        llvm::all_of(op->getOperands(), [&](Value v) { return isRowwise(v, value); }))
      return rebuild(op, llvm::map_to_vector(op->getOperands(), [&](Value v) {
                       return isWhole(v, value) ? select(v) : v;
                     }));
    return pick(value);
  }

private:
  static bool keepsRows(ReshapeOp op) {
    RankedTensorType input = tensorType(op.getInput());
    return input.getRank() > 0 && input.getShape().back() == op.getType().getShape().back();
  }

  /// Whether an operand has a row for each row of the result, or is the same in all of them.
  static bool isWhole(Value operand, Value result) {
    return tensorType(operand).getShape() == tensorType(result).getShape();
  }
  static bool isRowwise(Value operand, Value result) {
    return isWhole(operand, result) || tensorType(operand).getRank() <= 1;
  }

  /// The row as it is, out of all of them.
  Value pick(Value value) {
    RankedTensorType type = tensorType(value);
    auto rows = type.clone({numRows(type), type.getShape().back()});
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
};

} // namespace

Value weft::selectRow(OpBuilder &builder, Value value, Value row) {
  return RowSelection(builder, row).select(value);
}
