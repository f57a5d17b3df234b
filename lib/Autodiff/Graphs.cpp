#include "Graphs.h"

using namespace mlir;
using namespace weft;

void ScopeListener::notifyOperationInserted(Operation *op, OpBuilder::InsertPoint) {
  if (!getPhase(op).empty() || op->hasTrait<OpTrait::IsTerminator>())
    return;
  setScope(op, scope);
  setPhase(op, phase);
  if (!origin.empty())
    op->setAttr(kOriginAttr, StringAttr::get(op->getContext(), origin));
}

FailureOr<VariableOp> VariableTable::create(OpBuilder &builder, Location loc, const Twine &name,
                                            spec::Role role, StringAttr logical,
                                            spec::InitAttr init, IntegerAttr key,
                                            RankedTensorType type) {
  StringAttr symbol = builder.getStringAttr(name);
  if (symbols.lookup(symbol))
    return emitError(loc) << "training needs a variable '" << symbol.getValue()
                          << "', but the name is taken; rename the parameter";
  auto variable =
      VariableOp::create(builder, loc, symbol, spec::RoleAttr::get(builder.getContext(), role),
                         logical, init, key, TypeAttr::get(type), /*padding_rows=*/DenseI64ArrayAttr());
  symbols.insert(variable);
  return variable;
}

FailureOr<VariableOp> VariableTable::share(OpBuilder &builder, Location loc, const Twine &name,
                                           spec::Role role, StringAttr logical, spec::InitAttr init,
                                           IntegerAttr key, RankedTensorType type) {
  auto known = symbols.lookup<VariableOp>(name.str());
  bool isThis = known && known.getRole() == role && known.getLogicalAttr() == logical &&
                known.getInit() == init && known.getKeyAttr() == key &&
                known.getTensorType() == type;
  return isThis ? known : create(builder, loc, name, role, logical, init, key, type);
}

static spec::InitAttr getZeros(OpBuilder &builder) {
  return spec::InitAttr::get(builder.getContext(), spec::InitKind::Zeros, 0.0);
}

FailureOr<VariableOp> VariableTable::createZeros(OpBuilder &builder, Location loc,
                                                 const Twine &name, spec::Role role,
                                                 StringAttr logical, RankedTensorType type) {
  return create(builder, loc, name, role, logical, getZeros(builder), IntegerAttr(), type);
}

FailureOr<VariableOp> VariableTable::shareZeros(OpBuilder &builder, Location loc, const Twine &name,
                                                spec::Role role, StringAttr logical,
                                                RankedTensorType type) {
  return share(builder, loc, name, role, logical, getZeros(builder), IntegerAttr(), type);
}

GraphOp weft::createGraph(OpBuilder &builder, Location loc, StringRef name, ArrayRef<Type> inputs,
                          ArrayAttr argAttrs) {
  auto type = builder.getFunctionType(inputs, {});
  auto graph = GraphOp::create(builder, loc, name, type);
  if (argAttrs)
    graph.setArgAttrsAttr(argAttrs);
  builder.setInsertionPointToStart(&graph.getFunctionBody().front());
  auto end = ReturnOp::create(builder, loc, ValueRange());
  builder.setInsertionPoint(end);
  return graph;
}

Value weft::createGet(OpBuilder &builder, Location loc, VariableOp variable) {
  return GetOp::create(builder, loc, variable.getTensorType(), variable.getSymName());
}

void weft::createSet(OpBuilder &builder, Location loc, VariableOp variable, Value value) {
  SetOp::create(builder, loc, variable.getSymName(), value);
}
