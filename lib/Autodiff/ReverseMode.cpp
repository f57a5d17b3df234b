#include "ReverseMode.h"

#include "dialects/Interfaces/DifferentiableOpInterface.h"

using namespace mlir;
using namespace weft;

static bool isFloatTensor(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && isa<FloatType>(type.getElementType());
}

void ReverseMode::findActiveValues(ArrayRef<Operation *> ops) {
  active = parameterIndex;
  for (Operation *op : ops) {
    auto source =
        llvm::find_if(op->getOperands(), [&](Value operand) { return active.contains(operand); });
    if (source == op->getOperands().end())
      continue;
    unsigned index = active.lookup(*source);
    for (Value result : op->getResults())
      if (isFloatTensor(result))
        active[result] = index;
  }
}

void ReverseMode::addGradient(Location loc, Value value, Value gradient) {
  if (auto it = parameterIndex.find(value); it != parameterIndex.end()) {
    contribute(it->second, gradient);
    return;
  }
  Value &total = gradients[value];
  total = total ? AddOp::create(builder, loc, total, gradient).getResult() : gradient;
}

LogicalResult ReverseMode::differentiate(Operation *op) {
  SmallVector<Value> resultGrads;
  for (Value result : op->getResults())
    resultGrads.push_back(gradients.lookup(result));
  SmallVector<bool> needed;
  for (Value operand : op->getOperands())
    needed.push_back(active.contains(operand));
  auto isSet = [](Value gradient) { return static_cast<bool>(gradient); };
  if (llvm::none_of(resultGrads, isSet) || !llvm::is_contained(needed, true))
    return success();

  auto rule = dyn_cast<DifferentiableOpInterface>(op);
  if (!rule) {
    unsigned first = llvm::find(needed, true) - needed.begin();
    return op->emitError() << "no derivative rule for '" << op->getName()
                           << "', needed for parameter '"
                           << names[active.lookup(op->getOperand(first))] << "'";
  }
  listener.set(getScope(op), "backward", (op->getName().stripDialect() + "_backward").str());
  SmallVector<Value> operandGrads(op->getNumOperands());
  if (failed(rule.buildDerivative(builder, resultGrads, needed, operandGrads)))
    return failure();
  for (auto [operand, gradient] : llvm::zip_equal(op->getOperands(), operandGrads))
    if (gradient)
      addGradient(op->getLoc(), operand, gradient);
  return success();
}

LogicalResult ReverseMode::run(Value sum) {
  SmallVector<Operation *> ops;
  for (Operation &op :
       llvm::make_range(builder.getInsertionBlock()->begin(), builder.getInsertionPoint()))
    ops.push_back(&op);
  findActiveValues(ops);
  if (!active.contains(sum))
    return success();

  auto type = cast<RankedTensorType>(sum.getType());
  Attribute one = FloatAttr::get(type.getElementType(), 1.0);
  if (Operation *op = sum.getDefiningOp())
    listener.set(getScope(op), "backward");
  addGradient(sum.getLoc(), sum,
              ConstantOp::create(builder, sum.getLoc(), type, DenseElementsAttr::get(type, one)));
  for (Operation *op : llvm::reverse(ops))
    if (failed(differentiate(op)))
      return failure();
  return success();
}
