// Verifiers of layers, models, graphs, and of the ops that refer to them.
#include "dialects/Weft/Weft.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace weft;

// Proves: the first dimension of a `weft.from_data` counts the sequences of an argument of the
// data.
static LogicalResult verifySequences(ModelOp model) {
  auto isOfData = [&](unsigned i) { return !model.getArgAttr(i, kFromDataAttr); };
  auto sequences = [&](unsigned i) {
    auto type = cast<RankedTensorType>(model.getArgumentTypes()[i]);
    return type.getRank() ? type.getDimSize(0) : 1;
  };
  auto all = llvm::seq(model.getNumArguments());
  auto data = llvm::find_if(all, isOfData);
  for (unsigned i : llvm::make_filter_range(all, std::not_fn(isOfData))) {
    if (data == all.end())
      return model.emitOpError("expects an argument of the data beside #")
             << i << ", which says "
             << "what of it is the data's";
    if (sequences(i) != sequences(*data))
      return model.emitOpError("expects argument #")
             << i << " to have " << sequences(*data) << " sequences, as argument #" << *data
             << ", got " << sequences(i);
  }
  return success();
}

// Proves: two results, both scalars of one float type; as many sequences everywhere.
LogicalResult ModelOp::verify() {
  if (failed(verifySequences(*this)))
    return failure();
  ArrayRef<Type> results = getResultTypes();
  auto isScalar = [](Type type) {
    auto tensor = cast<RankedTensorType>(type);
    return tensor.getRank() == 0 && isa<FloatType>(tensor.getElementType());
  };
  if (results.size() == 2 && results[0] == results[1] && isScalar(results[0]))
    return success();
  return emitOpError("expects two results, the loss sum and its weight, both scalars of one float "
                     "type, got (")
         << results << ")";
}

// Proves: no results; at most one set of each variable.
LogicalResult GraphOp::verify() {
  if (!getResultTypes().empty())
    return emitOpError("expects no results: a graph leaves what it computes in variables");
  llvm::DenseMap<StringAttr, SetOp> sets;
  for (SetOp set : getBody().front().getOps<SetOp>()) {
    auto [first, isNew] = sets.try_emplace(set.getVariableAttr().getAttr(), set);
    if (isNew)
      continue;
    InFlightDiagnostic diagnostic = set.emitOpError("is the second set of ")
                                    << set.getVariableAttr() << " in this graph";
    diagnostic.attachNote(first->second.getLoc()) << "the first is here";
    return diagnostic;
  }
  return success();
}

// Proves: values of the types that the layer, model or graph returns.
LogicalResult ReturnOp::verify() {
  auto function = cast<FunctionOpInterface>((*this)->getParentOp());
  if (TypeRange(getOperandTypes()) != TypeRange(function.getResultTypes()))
    return emitOpError("expects values of the types that @")
           << function.getName() << " returns, (" << function.getResultTypes() << "), got ("
           << getOperandTypes() << ")";
  return success();
}

// Proves: the name is not empty.
LogicalResult CallOp::verify() {
  if (getName().empty())
    return emitOpError("expects a name for the call, as in \"h.0\"");
  return success();
}

// Proves: the callee is another layer, of this type.
LogicalResult CallOp::verifySymbolUses(SymbolTableCollection &symbols) {
  Operation *symbol = symbols.lookupNearestSymbolFrom(*this, getCalleeAttr());
  auto layer = dyn_cast_or_null<LayerOp>(symbol);
  if (!layer) {
    InFlightDiagnostic diagnostic = emitOpError("expects a weft.layer, found ")
                                    << (symbol ? "another op" : "nothing") << " named "
                                    << getCalleeAttr();
    if (symbol)
      diagnostic.attachNote(symbol->getLoc()) << "it is defined here";
    return diagnostic;
  }
  if (layer->isAncestor(*this))
    return emitOpError("calls the layer that it is part of, ") << getCalleeAttr();
  auto type = FunctionType::get(getContext(), getOperandTypes(), getResultTypes());
  if (type == layer.getFunctionType())
    return success();
  InFlightDiagnostic diagnostic = emitOpError("expects the type of ")
                                  << getCalleeAttr() << ", " << layer.getFunctionType() << ", got "
                                  << type;
  diagnostic.attachNote(layer.getLoc()) << "the layer is defined here";
  return diagnostic;
}

// Proves: the name is not empty.
LogicalResult ParameterOp::verify() {
  if (getName().empty())
    return emitOpError("expects a name, as in \"wte.weight\"");
  return spec::verifyRows(*this, getInit(), {}, getResult().getType().getShape());
}

// Proves: rows that are named are there.
LogicalResult VariableOp::verify() {
  return spec::verifyRows(*this, getInit(), getPaddingRows().value_or(ArrayRef<int64_t>()),
                          getTensorType().getShape());
}

double TrainOp::getWeightDecay() {
  return llvm::TypeSwitch<Attribute, double>(getOptimizer())
      .Case<AdamWAttr, SGDAttr>([](auto optimizer) { return optimizer.getWeightDecay(); });
}

// A name that is given says something.
static LogicalResult verifyEntryName(Operation *op, std::optional<StringRef> name) {
  if (name && name->empty())
    return op->emitOpError("expects a name that is not empty, as in \"long\"");
  return success();
}

// Proves: clip_norm > 0; a name that is not empty.
LogicalResult TrainOp::verify() {
  std::optional<APFloat> clip = getClipNorm();
  if (clip && (!clip->isFiniteNonZero() || clip->isNegative()))
    return emitOpError("expects clip_norm above 0, got ") << clip->convertToDouble();
  return verifyEntryName(*this, getName());
}

// Proves: a name that is not empty.
LogicalResult EvalOp::verify() { return verifyEntryName(*this, getName()); }

// The symbol that `op` names is one of `OpTs`, the first of which is what the user writes.
template <typename... OpTs>
static LogicalResult verifySymbol(Operation *op, SymbolTableCollection &symbols,
                                  FlatSymbolRefAttr name, StringRef expected) {
  Operation *symbol = symbols.lookupNearestSymbolFrom(op, name);
  if (isa_and_nonnull<OpTs...>(symbol))
    return success();
  InFlightDiagnostic diagnostic = op->emitOpError("expects a ")
                                  << expected << ", found " << (symbol ? "another op" : "nothing")
                                  << " named " << name;
  if (symbol)
    diagnostic.attachNote(symbol->getLoc()) << "it is defined here";
  return diagnostic;
}

// Proves: the symbol is a model, or the graph that autodiff has made of it.
LogicalResult TrainOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return verifySymbol<ModelOp, GraphOp>(*this, symbols, getModelAttr(), "weft.model");
}

// Proves: the symbol is a model.
LogicalResult EvalOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return verifySymbol<ModelOp>(*this, symbols, getModelAttr(), "weft.model");
}

// Proves: at least one graph.
LogicalResult EntryOp::verify() {
  if (getGraphs().empty())
    return emitOpError("expects at least one graph");
  return success();
}

// Proves: graphs and metrics exist.
LogicalResult EntryOp::verifySymbolUses(SymbolTableCollection &symbols) {
  for (auto graph : getGraphs().getAsRange<FlatSymbolRefAttr>())
    if (failed(verifySymbol<GraphOp>(*this, symbols, graph, "weft.graph")))
      return failure();
  for (auto metric : getMetrics().getAsRange<FlatSymbolRefAttr>())
    if (failed(verifySymbol<VariableOp>(*this, symbols, metric, "weft.variable")))
      return failure();
  return success();
}

// The variable that `op` names has the type of `value`.
static LogicalResult verifyVariable(Operation *op, SymbolTableCollection &symbols,
                                    FlatSymbolRefAttr name, Value value) {
  auto variable = symbols.lookupNearestSymbolFrom<VariableOp>(op, name);
  if (!variable)
    return op->emitOpError("expects a weft.variable, found none named ") << name;
  if (variable.getTensorType() == value.getType())
    return success();
  InFlightDiagnostic diagnostic = op->emitOpError("expects the variable's type, ")
                                  << variable.getTensorType() << ", got " << value.getType();
  diagnostic.attachNote(variable.getLoc()) << "the variable is defined here";
  return diagnostic;
}

LogicalResult GetOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return verifyVariable(*this, symbols, getVariableAttr(), getResult());
}

LogicalResult SetOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return verifyVariable(*this, symbols, getVariableAttr(), getValue());
}
