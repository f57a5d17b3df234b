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

VariableTable::VariableTable(ModuleOp module, ArrayRef<std::string> reserved) : symbols(module) {
  this->reserved.insert(kInit);
  this->reserved.insert_range(reserved);
}

VariableOp VariableTable::create(OpBuilder &builder, Location loc, StringRef symbol,
                                 spec::Role role, StringAttr logical, spec::InitAttr init,
                                 IntegerAttr key, RankedTensorType type) {
  auto variable =
      VariableOp::create(builder, loc, builder.getStringAttr(symbol),
                         spec::RoleAttr::get(builder.getContext(), role), logical, init, key,
                         TypeAttr::get(type), /*padding_rows=*/DenseI64ArrayAttr());
  symbols.insert(variable);
  return variable;
}

std::string VariableTable::findName(StringRef name, function_ref<bool(VariableOp)> isIt) {
  std::string symbol = name.str();
  for (unsigned i = 0;; ++i) {
    Operation *known = symbols.lookup(symbol);
    auto variable = dyn_cast_or_null<VariableOp>(known);
    if (known ? variable && isIt(variable) : !reserved.contains(symbol))
      return symbol;
    symbol = (name + "_" + Twine(i)).str();
  }
}

FailureOr<VariableOp> VariableTable::share(OpBuilder &builder, Location loc, const Twine &name,
                                           spec::Role role, StringAttr logical, spec::InitAttr init,
                                           IntegerAttr key, RankedTensorType type) {
  std::string symbol = findName(name.str(), [&](VariableOp other) {
    return other.getRole() == role && other.getLogicalAttr() == logical;
  });
  auto known = symbols.lookup<VariableOp>(symbol);
  if (!known)
    return create(builder, loc, symbol, role, logical, init, key, type);
  if (known.getInit() == init && known.getKeyAttr() == key && known.getTensorType() == type)
    return known;
  InFlightDiagnostic error = emitError(loc)
                             << "parameter '" << logical.getValue()
                             << "' has another type, init or key than in another model; "
                                "parameters of one name are one parameter";
  error.attachNote(known.getLoc()) << "the other is here";
  return error;
}

static spec::InitAttr getZeros(OpBuilder &builder) {
  return spec::InitAttr::get(builder.getContext(), spec::InitKind::Zeros, 0.0);
}

VariableOp VariableTable::createZeros(OpBuilder &builder, Location loc, const Twine &name,
                                      spec::Role role, RankedTensorType type) {
  std::string symbol = findName(name.str(), [](VariableOp) { return false; });
  return create(builder, loc, symbol, role, StringAttr(), getZeros(builder), IntegerAttr(), type);
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
