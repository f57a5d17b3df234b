#include "InputTable.h"

using namespace mlir;
using namespace weft;

InputTable::InputTable(ModuleOp module) {
  // What stands beside the inputs in the exec.module.
  symbols.insert("init");
  for (auto variable : module.getOps<VariableOp>())
    symbols.insert(variable.getSymName());
  for (auto graph : module.getOps<GraphOp>())
    symbols.insert(graph.getSymName());
  for (auto entry : module.getOps<EntryOp>())
    for (auto graph : entry.getGraphs().getAsRange<FlatSymbolRefAttr>())
      models[graph.getValue()] = entry.getModel();
}

std::string InputTable::takeSymbol(StringRef name) {
  std::string symbol = name.str();
  for (unsigned i = 0; !symbols.insert(symbol).second; ++i)
    symbol = (name + "_" + Twine(i)).str();
  return symbol;
}

LogicalResult InputTable::addArguments(GraphOp graph, OpBuilder &builder) {
  StringRef model = modelOf(graph);
  for (auto [i, type] : llvm::enumerate(graph.getArgumentTypes())) {
    auto tensor = cast<RankedTensorType>(type);
    auto memref = MemRefType::get(tensor.getShape(), tensor.getElementType());
    std::string name = getArgumentName(graph, i);
    llvm::StringMap<exec::InputOp> &sameName = inputs[name];
    bool isFirst = sameName.empty();
    exec::InputOp &input = sameName[model];
    if (!input) {
      // Another model may have an argument of this name.
      std::string symbol = takeSymbol(isFirst ? name : name + "." + model.str());
      input = exec::InputOp::create(builder, graph.getLoc(), builder.getStringAttr(symbol),
                                    symbol == name ? StringAttr() : builder.getStringAttr(name),
                                    TypeAttr::get(memref), IntegerAttr(),
                                    graph.getArgAttrOfType<IntegerAttr>(i, kLimitAttr),
                                    graph.getArgAttrOfType<IntegerAttr>(i, kIgnoredAttr),
                                    graph.getArgAttrOfType<UnitAttr>(i, kFromDataAttr));
    } else if (input.getType() != memref) {
      return graph.emitOpError() << "expected input '" << name
                                 << "' to have the same type in all graphs: " << input.getType()
                                 << ", got " << memref;
    }
  }
  return success();
}

exec::InputOp InputTable::lookup(GraphOp graph, unsigned argument) {
  return inputs[getArgumentName(graph, argument)].lookup(modelOf(graph));
}
